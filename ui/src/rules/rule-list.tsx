import { Accessibility, PointerActivationConstraints, PointerSensor } from '@dnd-kit/dom';
import { DragDropProvider } from '@dnd-kit/react';
import { isSortable, useSortable } from '@dnd-kit/react/sortable';
import { ChevronRight, GripVertical } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import { cx } from '@/components/cx';
import { useKeyboardHome } from '@/keys/home';
import { m } from '@/paraglide/messages.js';

/** Moves the focus among the heads of rows: j, k and arrows; with Alt they move the row itself. */
function onRowKeys(event: KeyboardEvent<HTMLElement>, onMove?: (from: number, to: number) => void): void {
  const { target } = event;
  if (!(target instanceof HTMLElement) || target.dataset.rule === undefined) return;
  if (event.ctrlKey || event.metaKey) return;
  const down = event.key === 'ArrowDown' || event.key === 'j';
  if (!down && event.key !== 'ArrowUp' && event.key !== 'k') return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-rule]')];
  const at = rows.indexOf(target);
  const to = at + (down ? 1 : -1);
  event.preventDefault();
  event.stopPropagation();
  if (event.altKey) {
    if (to < 0 || to >= rows.length) return;
    onMove?.(at, to);
    // A row that is put elsewhere lets go of the focus.
    window.requestAnimationFrame(() => target.focus());
  } else rows[to]?.focus();
}

/** A column of rules. Where it can be reordered, rows are dragged, or moved with Alt and the arrows. */
export function RuleList({
  label,
  children,
  onMove,
}: {
  label: string;
  children: ReactNode;
  onMove?: (from: number, to: number) => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  const hint = useId();
  useKeyboardHome(() => list.current?.querySelector<HTMLElement>('[data-rule]')?.focus());
  const column = (
    <ul
      ref={list}
      aria-label={label}
      {...(onMove === undefined ? {} : { 'aria-describedby': hint })}
      onKeyDown={(event) => onRowKeys(event, onMove)}
      className="flex flex-col"
    >
      {children}
    </ul>
  );
  if (onMove === undefined) return column;
  return (
    <DragDropProvider
      sensors={[
        PointerSensor.configure({
          activationConstraints: [new PointerActivationConstraints.Distance({ value: 4 })],
        }),
      ]}
      // The heads of the rows have the keys and say what they do.
      plugins={(defaults) => defaults.filter((plugin) => plugin !== Accessibility)}
      onDragEnd={({ operation: { source }, canceled }) => {
        if (canceled || !isSortable(source)) return;
        if (source.initialIndex !== source.index) onMove(source.initialIndex, source.index);
      }}
    >
      <p id={hint} className="sr-only">
        {m.rules_move_keys()}
      </p>
      {column}
    </DragDropProvider>
  );
}

interface RuleRowProps {
  name: string;
  /** What tells its kind before the name. */
  mark?: ReactNode;
  /** The line below the name. */
  lead?: ReactNode;
  open: boolean;
  onOpen: (open: boolean) => void;
  /** What stands beside the name: its values, each edited where it stands. */
  children?: ReactNode;
  /** What opens below it. */
  details: ReactNode;
  /** Its values differ from what is in force. */
  drafted?: boolean;
  /** It is not in use. */
  off?: boolean;
}

function RowFace({
  name,
  lead,
  open,
  onOpen,
  children,
  details,
  drafted,
  off,
  grip,
  mark,
}: RuleRowProps & { grip?: ReactNode }) {
  const id = useId();
  return (
    <>
      <div
        className={cx(
          'group grid grid-cols-[minmax(0,1fr)_auto] items-center gap-3 py-1.5 pr-2 pl-1',
          open && 'bg-canvas',
        )}
      >
        <div className="flex min-w-0 items-start gap-1">
          {grip}
          <button
            type="button"
            data-rule=""
            aria-expanded={open}
            aria-controls={id}
            onClick={() => onOpen(!open)}
            className="flex min-w-0 flex-1 items-start gap-1 rounded-control px-1 py-0.5 text-left"
          >
            <ChevronRight
              className={cx('mt-0.5 size-4 shrink-0 text-quiet transition-transform', open && 'rotate-90')}
              aria-hidden
            />
            {mark}
            <span className="min-w-0 flex-1">
              <span className={cx('flex items-center gap-1.5', off && 'text-quiet')}>
                <span className="truncate font-medium">{name}</span>
                {drafted && (
                  <span className="shrink-0 rounded-full bg-accent-soft px-1.5 font-medium text-accent text-caps">
                    {m.rules_changed_mark()}
                  </span>
                )}
              </span>
              {lead !== undefined && <span className="block text-quiet text-small">{lead}</span>}
            </span>
          </button>
        </div>
        <div className="flex items-center gap-3">{children}</div>
      </div>
      <section id={id} aria-label={name} hidden={!open} className={cx(open && 'bg-canvas px-8 pt-1 pb-4')}>
        {open && details}
      </section>
    </>
  );
}

/** A rule: one line that says what it is, and what is edited about it below. */
export function RuleRow(props: RuleRowProps) {
  return (
    <li className="border-line border-b last:border-b-0">
      <RowFace {...props} />
    </li>
  );
}

/** As a rule's row, in a list that can be reordered. */
export function MovableRow({ id, index, ...props }: RuleRowProps & { id: string; index: number }) {
  const { ref, handleRef, isDragging } = useSortable({ id, index });
  return (
    <li
      ref={ref}
      className={cx(
        'border-line border-b last:border-b-0',
        isDragging && 'relative z-20 rounded-control bg-surface shadow-float',
      )}
    >
      <RowFace
        {...props}
        grip={
          <span
            ref={handleRef}
            aria-hidden
            className="mt-1 cursor-grab text-quiet opacity-40 group-hover:opacity-100"
          >
            <GripVertical className="size-4" />
          </span>
        }
      />
    </li>
  );
}
