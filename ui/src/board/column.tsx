import { useDroppable } from '@dnd-kit/react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useSchema } from '@/api/schema';
import type { BoardColumn, Filter, RecordInfo } from '@/api/types';
import { StageMark } from '@/components/badges';
import { cx } from '@/components/cx';
import { number, sums } from '@/i18n/format';
import { stageLabel } from '@/i18n/labels';
import { wantsStep } from '@/panel/key-line';
import { m } from '@/paraglide/messages.js';
import { Card } from './card';
import { useColumnRows } from './use-column-rows';
import { useReveal } from './use-reveal';

const CARD = 76;
const GAP = 8;

export interface ColumnProps {
  column: BoardColumn;
  filters: Filter[];
  text: string;
  /** The row with the cursor, where the cursor is in this column. */
  active: number | null;
  hasFocus: boolean;
  /** The card that was picked up by keyboard. */
  lifted: string | null;
  /** The picked up card would be dropped here. */
  aimed: boolean;
  openId: string | undefined;
  onOpen: (stage: string, index: number) => void;
  /** Tells the board which record is in a row. */
  register: (stage: string, at: (index: number) => RecordInfo | undefined) => void;
}

/** Whether nothing may come to a stage any more: it shows only what still stands there. */
function useSetAside(stage: string): boolean {
  return useSchema().stages.find(({ name }) => name === stage)?.set_aside === true;
}

function ColumnHead({ column, setAside }: { column: BoardColumn; setAside: boolean }) {
  const total = sums(column.sums, true);
  return (
    <header className="shrink-0 px-1.5 pt-2 pb-1.5">
      <div className="flex items-center gap-1.5">
        <StageMark stage={column.stage} />
        <h3 className="truncate font-semibold">{stageLabel(column.stage)}</h3>
        <span className="numeric text-quiet">{number(column.count)}</span>
        {setAside && (
          <span
            className="ml-auto truncate rounded-mark bg-press px-1 text-caps text-quiet"
            title={m.board_set_aside_lead()}
          >
            {m.board_set_aside()}
          </span>
        )}
      </div>
      <p className="numeric h-4 truncate text-quiet text-small" title={sums(column.sums)}>
        {total}
      </p>
    </header>
  );
}

/** A stage without room: its name and count on edge. Cards can still be dropped on it. */
export function NarrowColumn({
  column,
  aimed,
  onWiden,
}: {
  column: BoardColumn;
  aimed: boolean;
  onWiden: () => void;
}) {
  const { ref, isDropTarget } = useDroppable({ id: column.stage, disabled: useSetAside(column.stage) });
  const reveal = useReveal(aimed, ref);
  return (
    <button
      ref={reveal}
      type="button"
      onClick={onWiden}
      aria-label={m.label_show_stage({ stage: stageLabel(column.stage), count: number(column.count) })}
      className={cx(
        'flex h-full w-9 shrink-0 flex-col items-center gap-2 rounded-panel bg-sunken py-2.5 text-quiet hover:text-text',
        (isDropTarget || aimed) && 'bg-accent-soft outline-2 outline-accent',
      )}
    >
      <StageMark stage={column.stage} />
      <span className="[writing-mode:vertical-rl]">
        <span className="font-medium">{stageLabel(column.stage)}</span>{' '}
        <span className="numeric">{number(column.count)}</span>
      </span>
    </button>
  );
}

/** A stage of the pipeline. Only the cards in view exist. */
export function Column(props: ColumnProps) {
  const { column, filters, text, active, hasFocus, lifted, aimed, openId, onOpen, register } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const setAside = useSetAside(column.stage);
  const { ref, isDropTarget } = useDroppable({ id: column.stage, disabled: setAside });
  const reveal = useReveal(aimed, ref);
  const virtualizer = useVirtualizer({
    count: column.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => CARD + GAP,
    overscan: 6,
    paddingStart: 2,
  });
  const items = virtualizer.getVirtualItems();
  const at = useColumnRows(column, filters, text, items[0]?.index ?? 0, items.at(-1)?.index ?? 0);
  useEffect(() => register(column.stage, at));
  useEffect(() => {
    if (active !== null && hasFocus) virtualizer.scrollToIndex(active, { align: 'auto' });
  }, [active, hasFocus, virtualizer]);
  const open = (column.phase === 'marketing' || column.phase === 'sales') && column.stage !== 'won';
  return (
    <section
      ref={reveal}
      aria-label={m.label_stage_count({ stage: stageLabel(column.stage), count: number(column.count) })}
      className={cx(
        'flex h-full shrink-0 flex-col rounded-panel bg-sunken px-1.5 transition-colors',
        column.count === 0 ? 'w-36' : 'w-64',
        (isDropTarget || aimed) && 'bg-accent-soft outline-2 outline-accent',
      )}
    >
      <ColumnHead column={column} setAside={setAside} />
      {column.count === 0 ? (
        <p className="px-1.5 text-quiet text-small">{m.label_no_cards()}</p>
      ) : (
        <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overflow-x-hidden px-0.5">
          <ul className="relative" style={{ height: virtualizer.getTotalSize() }}>
            {items.map((item) => {
              const record = at(item.index);
              return (
                <li
                  // The focus goes with a card that changes its place, not to the one that comes there.
                  key={record?.id ?? item.key}
                  className="absolute inset-x-0"
                  style={{ height: CARD, transform: `translateY(${item.start}px)` }}
                >
                  {record === undefined ? (
                    <div aria-hidden className="h-full rounded-control bg-press opacity-60" />
                  ) : (
                    <Card
                      record={record}
                      stage={column.stage}
                      index={item.index}
                      open={open && wantsStep(record, column.phase)}
                      active={active === item.index}
                      hasFocus={hasFocus}
                      lifted={lifted === record.id}
                      shown={openId === record.id}
                      onOpen={onOpen}
                    />
                  )}
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </section>
  );
}
