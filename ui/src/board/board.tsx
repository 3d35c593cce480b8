import { Accessibility, PointerActivationConstraints, PointerSensor } from '@dnd-kit/dom';
import { DragDropProvider, DragOverlay } from '@dnd-kit/react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useEdit } from '@/api/actions';
import { noteChanged } from '@/api/events';
import { boardQuery } from '@/api/queries';
import { useSchema } from '@/api/schema';
import type { BoardColumn, Filter, RecordInfo } from '@/api/types';
import { PHASE_FILL, PHASE_TEXT } from '@/components/badges';
import { cx } from '@/components/cx';
import { number, sums } from '@/i18n/format';
import { phaseLabel, stageLabel } from '@/i18n/labels';
import { useKeyboardHome } from '@/keys/home';
import { m } from '@/paraglide/messages.js';
import { useKept } from '@/state/preferences';
import { useWindow } from '@/state/window';
import { CARD_LOOK, CardFace } from './card';
import { Column, NarrowColumn } from './column';
import { type At, aim, type Cursor, type Lifted, locate, step } from './keys';
import { FIRST_CARDS, placeIn } from './use-column-rows';

interface Phase {
  name: string;
  columns: BoardColumn[];
}

function byPhase(columns: BoardColumn[]): Phase[] {
  const phases: Phase[] = [];
  for (const column of columns) {
    const last = phases.at(-1);
    if (last?.name === column.phase) last.columns.push(column);
    else phases.push({ name: column.phase, columns: [column] });
  }
  return phases;
}

function addUp(columns: BoardColumn[]) {
  const total: Record<string, number> = {};
  for (const column of columns) {
    for (const [currency, value] of Object.entries(column.sums))
      total[currency] = (total[currency] ?? 0) + (value ?? 0);
  }
  return total;
}

/** The band over a phase's stages: whose part of the process it is, how much is in it. Click makes it narrow or wide. */
function PhaseBand({ phase, narrow, onToggle }: { phase: Phase; narrow: boolean; onToggle: () => void }) {
  const count = phase.columns.reduce((total, column) => total + column.count, 0);
  return (
    <h2 className="relative h-7 shrink-0">
      <button
        type="button"
        aria-expanded={!narrow}
        onClick={onToggle}
        className={cx(
          'flex h-6 w-full min-w-0 items-center gap-2 rounded-control px-1 text-small hover:bg-hover',
          PHASE_TEXT[phase.name],
        )}
      >
        <span className="truncate font-semibold">{phaseLabel(phase.name)}</span>
        <span className="numeric text-quiet">{number(count)}</span>
        {!narrow && (
          <span className="numeric ml-auto truncate text-quiet">{sums(addUp(phase.columns), true)}</span>
        )}
      </button>
      <span
        aria-hidden
        className={cx('absolute inset-x-0 bottom-0 h-0.5 rounded-full', PHASE_FILL[phase.name])}
      />
    </h2>
  );
}

/** The pipeline by stage. */
export function Board({ filters, text }: { filters: Filter[]; text: string }) {
  const { data } = useQuery(boardQuery({ filters, text: text === '' ? null : text, cards: FIRST_CARDS }));
  const columns = data?.columns ?? [];
  const openId = useSearch({ strict: false }).record;
  const navigate = useNavigate();
  const edit = useEdit();
  const [phases, keepPhases] = useKept<Record<string, boolean>>('narrow_phases', {});
  const [emptyAtFirst, setEmptyAtFirst] = useState<string[] | null>(null);
  // Decided once: a phase does not close under the hand that moves its last card.
  if (emptyAtFirst === null && data !== undefined) {
    const all = byPhase(data.columns);
    setEmptyAtFirst(
      all.filter((phase) => phase.columns.every((column) => column.count === 0)).map((phase) => phase.name),
    );
  }
  const isNarrow = (phase: string) =>
    phases[phase] ?? (phase === 'exit' || emptyAtFirst?.includes(phase) === true);
  const [at, setAt] = useState<Cursor>({ stage: '', index: 0, id: null });
  const [hasFocus, setHasFocus] = useState(false);
  const [lifted, setLifted] = useState<Lifted | null>(null);
  const [said, setSaid] = useState('');
  const board = useRef<HTMLDivElement>(null);
  // The card that was just dropped, until the cursor has followed it or went elsewhere.
  const dropped = useRef<string | null>(null);
  const lookUp = useRef(new Map<string, (index: number) => RecordInfo | undefined>());
  const register = useCallback((stage: string, look: (index: number) => RecordInfo | undefined) => {
    lookUp.current.set(stage, look);
  }, []);

  const { stages } = useSchema();
  /** Nothing comes to a stage that was set aside; a card that stands there can be put back. */
  const takesCards = ({ stage }: BoardColumn) =>
    stage === lifted?.from || stages.find(({ name }) => name === stage)?.set_aside !== true;
  const visible = columns.filter((column) => !isNarrow(column.phase));
  const recordAt = ({ stage, index }: At) =>
    columns.find((column) => column.stage === stage)?.records[index] ?? lookUp.current.get(stage)?.(index);
  const cursor = locate(visible, at, (where) => recordAt(where)?.id);
  const goTo = (where: At) => setAt({ ...where, id: recordAt(where)?.id ?? null });
  const current = recordAt(cursor);
  // The card at the cursor takes the focus; where it is not drawn yet, as soon as it is.
  useKeyboardHome(() => {
    goTo(cursor);
    setHasFocus(true);
    board.current?.querySelector<HTMLElement>('[data-card][tabindex="0"]')?.focus();
  });

  useEffect(() => {
    useWindow.setState({
      focus: {
        kind: 'opportunity',
        record: current === undefined ? null : { id: current.id, title: current.title },
        selected: [],
      },
    });
    return () => useWindow.setState({ focus: null });
  }, [current]);

  const show = (record: RecordInfo | undefined) => {
    if (record === undefined) return;
    void navigate({ to: '.', search: (now) => ({ ...now, record: record.id }), replace: true });
  };
  const openCard = (stage: string, index: number) => {
    dropped.current = null;
    goTo({ stage, index });
    setHasFocus(true);
    show(recordAt({ stage, index }));
  };
  const latest = useRef(openCard);
  useEffect(() => {
    latest.current = openCard;
  });
  const onOpen = useCallback((stage: string, index: number) => latest.current(stage, index), []);

  const move = (id: string, stage: string, onWritten?: () => void) =>
    edit.mutate({ kind: 'opportunity', ids: [id], fields: { stage }, ...(onWritten && { onWritten }) });

  /** Takes the cursor to a card that may stand deeper in its new column than the board has read. */
  const follow = async (id: string, stage: string) => {
    if (!visible.some((column) => column.stage === stage)) return;
    // Until the board is read again the card is shown first in its column, and would take the cursor back there.
    await noteChanged({ kinds: ['opportunity'], ids: [id] });
    const index = await placeIn(stage, id, filters, text);
    if (index === null || dropped.current !== id) return;
    setAt({ stage, index, id });
    setHasFocus(true);
  };

  // The cursor goes with the card; that it came there is told once it did, and a dialog that asked why gives the focus back.
  const drop = ({ id, title, from, to }: Lifted) => {
    setLifted(null);
    setSaid(from === to ? m.board_cancelled({ title }) : '');
    if (from === to) return;
    dropped.current = id;
    move(id, to, () => {
      setSaid(m.board_dropped({ title, stage: stageLabel(to) }));
      setHasFocus(true);
      // Where it cannot be read, the column says so.
      follow(id, to).catch(() => undefined);
    });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset.card === undefined) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    dropped.current = null;
    // A card is picked up and dropped once for each press.
    if (event.repeat && (event.key === ' ' || event.key === 'Enter')) return event.preventDefault();
    const arrow = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
    if (lifted !== null) {
      if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
        const to = aim(columns.filter(takesCards), lifted.to, event.key);
        setLifted({ ...lifted, to });
        setSaid(m.board_over({ stage: stageLabel(to) }));
      } else if (event.key === ' ' || event.key === 'Enter') drop(lifted);
      else if (event.key === 'Escape') {
        setLifted(null);
        setSaid(m.board_cancelled({ title: lifted.title }));
      } else if (!event.key.startsWith('Arrow')) return;
    } else if (event.key === ' ' && current !== undefined) {
      goTo(cursor);
      setLifted({ id: current.id, title: current.title, from: cursor.stage, to: cursor.stage });
      setSaid(m.board_lifted({ title: current.title, stage: stageLabel(cursor.stage) }));
    } else if (event.key === 'Enter') show(current);
    else if (arrow || ['ArrowUp', 'ArrowDown', 'j', 'k', 'Home', 'End'].includes(event.key)) {
      const next = step(visible, cursor, event.key);
      goTo(next);
      setHasFocus(true);
      const record = recordAt(next);
      if (openId !== undefined && record !== undefined) show(record);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const toggle = (phase: string) => keepPhases({ ...phases, [phase]: !isNarrow(phase) });

  return (
    <DragDropProvider
      sensors={[
        PointerSensor.configure({
          activationConstraints: [new PointerActivationConstraints.Distance({ value: 5 })],
        }),
      ]}
      plugins={(defaults) => defaults.filter((plugin) => plugin !== Accessibility)}
      onDragEnd={({ operation: { source, target }, canceled }) => {
        const record = source?.data.record as RecordInfo | undefined;
        if (canceled || record === undefined || !target || record.fields.stage === target.id) return;
        move(record.id, String(target.id));
      }}
    >
      <p id="board-keys" className="sr-only">
        {m.board_keys()}
      </p>
      <div role="status" aria-live="assertive" className="sr-only">
        {said}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows move between the cards inside */}
      <div
        ref={board}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          const [stage, index] = event.target.dataset.card?.split('/') ?? [];
          setHasFocus(stage !== undefined);
          // The cursor is where the focus is, however it came there.
          if (stage !== undefined) goTo({ stage, index: Number(index) });
        }}
        onBlur={() => setHasFocus(false)}
        className="flex min-h-0 flex-1 gap-4 overflow-x-auto bg-canvas px-4 pt-2 pb-3"
      >
        {byPhase(columns).map((phase) => {
          const narrow = isNarrow(phase.name);
          return (
            <div key={phase.name} className="flex h-full shrink-0 flex-col gap-2">
              <PhaseBand phase={phase} narrow={narrow} onToggle={() => toggle(phase.name)} />
              <div className="flex min-h-0 flex-1 gap-2">
                {phase.columns.map((column) =>
                  narrow ? (
                    <NarrowColumn
                      key={column.stage}
                      column={column}
                      aimed={lifted?.to === column.stage}
                      onWiden={() => toggle(phase.name)}
                    />
                  ) : (
                    <Column
                      key={column.stage}
                      column={column}
                      filters={filters}
                      text={text}
                      active={cursor.stage === column.stage ? cursor.index : null}
                      hasFocus={hasFocus}
                      lifted={lifted?.id ?? null}
                      aimed={lifted?.to === column.stage}
                      openId={openId}
                      onOpen={onOpen}
                      register={register}
                    />
                  ),
                )}
              </div>
            </div>
          );
        })}
      </div>
      <DragOverlay dropAnimation={null}>
        {(source) => (
          <div className={cx(CARD_LOOK, 'w-60 rotate-1 shadow-float')}>
            <CardFace record={source.data.record as RecordInfo} open={false} />
          </div>
        )}
      </DragOverlay>
    </DragDropProvider>
  );
}
