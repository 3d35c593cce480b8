import { CircleAlert, Plus } from 'lucide-react';
import { memo, type RefObject, useRef } from 'react';
import { useKind } from '@/api/schema';
import type { ForgottenItem } from '@/api/types';
import { MemberName, StageBadge } from '@/components/badges';
import { cx } from '@/components/cx';
import { ago, day } from '@/i18n/format';
import { fieldLabel } from '@/i18n/labels';
import { reasons } from '@/i18n/remarks';
import { m } from '@/paraglide/messages.js';
import { type After, Editor, opensList } from '@/records/editor';
import { isoDay } from '@/records/parse';
import { LineCell } from '@/worklist/line-cell';
import { LineTitle } from '@/worklist/line-title';
import { CELLS, type Cell, shownIn } from './cells';

const WIDTHS: Record<Cell, string> = {
  owner: 'w-36',
  next_step: 'w-48 @max-3xl:w-36',
  next_step_date: 'w-28',
};

/** What a cell that is empty asks for. */
const SET: Record<Cell, () => string> = {
  owner: () => m.forgotten_set_owner(),
  next_step: () => m.forgotten_set_next_step(),
  next_step_date: () => m.forgotten_set_next_step_date(),
};

function Shown({ item, cell }: { item: ForgottenItem; cell: Cell }) {
  const value = shownIn(item, cell);
  if (value === null) {
    return (
      <span className="inline-flex min-w-0 items-center gap-1 text-warning">
        <Plus className="size-3.5 shrink-0" aria-hidden />
        <span className="truncate">{SET[cell]()}</span>
      </span>
    );
  }
  if (cell === 'owner') return <MemberName id={item.owner?.id} name={item.owner?.title ?? ''} />;
  if (cell === 'next_step') return <span className="truncate">{item.next_step}</span>;
  const late = item.next_step_date !== null && item.next_step_date < isoDay(new Date());
  return (
    <span className={cx('numeric inline-flex items-center gap-1', late && 'text-danger')}>
      {late && <CircleAlert className="size-3.5 shrink-0" aria-hidden />}
      {day(item.next_step_date ?? '')}
      {late && <span className="sr-only">{m.label_overdue()}</span>}
    </span>
  );
}

interface Handlers {
  onEdit: (item: ForgottenItem, index: number, cell: Cell) => void;
  onCommit: (item: ForgottenItem, cell: Cell, value: unknown) => Promise<void>;
  onClose: (item: ForgottenItem, cell: Cell, after: After) => void;
}

interface OneCell extends Handlers {
  item: ForgottenItem;
  /** The line's place in the list. */
  index: number;
  cell: Cell;
}

/** The editor of a cell; a list opens beside the value, which stays where it is. */
function Repairing({
  item,
  cell,
  anchor,
  onCommit,
  onClose,
}: OneCell & { anchor: RefObject<HTMLElement | null> }) {
  const field = useKind('opportunity')?.fields.find(({ name }) => name === cell);
  if (field === undefined) return null;
  return (
    <>
      {opensList(field.type) && <Shown item={item} cell={cell} />}
      <Editor
        kind="opportunity"
        field={field}
        value={shownIn(item, cell)}
        anchor={anchor}
        onCommit={(value) => onCommit(item, cell, value)}
        onClose={(after) => onClose(item, cell, after)}
      />
    </>
  );
}

function RepairCell({ active, editing, ...one }: OneCell & { active: boolean; editing: boolean }) {
  const { item, index, cell, onEdit } = one;
  const anchor = useRef<HTMLDivElement>(null);
  return (
    <LineCell
      ref={anchor}
      label={fieldLabel('opportunity', cell)}
      onClick={(event) => {
        event.stopPropagation();
        if (!editing) onEdit(item, index, cell);
      }}
      className={cx(
        'flex h-8 shrink-0 items-center rounded-control hover:bg-press',
        editing && cell !== 'owner' ? 'px-0' : 'px-2',
        WIDTHS[cell],
        active &&
          !editing &&
          'outline-1 outline-edge group-focus/list:outline-2 group-focus/list:outline-accent',
      )}
    >
      {editing ? <Repairing {...one} anchor={anchor} /> : <Shown item={item} cell={cell} />}
    </LineCell>
  );
}

/** The cells of a forgotten opportunity: what is wrong with it in words, and what repairs it. */
export const Line = memo(function Line({
  item,
  index,
  active,
  editing,
  ...handlers
}: {
  item: ForgottenItem;
  index: number;
  /** The cell under the cursor, where the line is under it. */
  active: Cell | null;
  editing: Cell | null;
} & Handlers) {
  const why = reasons(item.why, 'opportunity');
  return (
    <>
      <LineCell className="min-w-0 flex-1">
        <LineTitle title={item.title} account={item.account} />
        <p className="truncate text-quiet text-small" title={why}>
          {why}
        </p>
      </LineCell>
      <LineCell className="@max-6xl:hidden w-28 shrink-0 text-small">
        <StageBadge stage={item.stage} />
      </LineCell>
      {CELLS.map((cell) => (
        <RepairCell
          key={cell}
          item={item}
          index={index}
          cell={cell}
          active={active === cell}
          editing={editing === cell}
          {...handlers}
        />
      ))}
      <LineCell className="@max-4xl:hidden w-24 shrink-0 text-right text-quiet text-small">
        {ago(item.since)}
      </LineCell>
    </>
  );
});
