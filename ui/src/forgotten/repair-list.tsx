import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { sayDone, useEdit } from '@/api/actions';
import type { ForgottenItem } from '@/api/types';
import { ContactDialog } from '@/contact/contact-dialog';
import { day } from '@/i18n/format';
import { fieldLabel } from '@/i18n/labels';
import { StepDialog } from '@/journey/step-dialog';
import { m } from '@/paraglide/messages.js';
import type { After } from '@/records/editor';
import { isLink } from '@/records/value';
import { Unread } from '@/today/line';
import { type Held, withHeld } from '@/worklist/held';
import type { Range, WorkRows } from '@/worklist/use-paged';
import { useStable } from '@/worklist/use-stable';
import { useWork } from '@/worklist/use-work';
import { WorkList } from '@/worklist/work-list';
import { beside, type Cell, firstToRepair, written } from './cells';
import { Line } from './line';
import { RepairHints } from './repair-hints';

/** What was set, in a few words. */
function said(title: string, cell: Cell, value: unknown): string {
  const shown = isLink(value)
    ? value.title
    : cell === 'next_step_date'
      ? day(String(value))
      : String(value ?? '');
  return m.said_repaired({ title, field: fieldLabel('opportunity', cell), value: shown });
}

/** What nobody looks after, repaired where it stands: owner, next step and day are set in the list. */
export function RepairList({
  rows: listed,
  onRange,
  empty,
}: {
  rows: WorkRows<ForgottenItem>;
  /** Stands in the place of a list without lines. */
  empty: ReactNode;
  onRange: (range: Range) => void;
}) {
  const edit = useEdit();
  const [cell, setCell] = useState<Cell>('owner');
  const [editing, setEditing] = useState<(Held<ForgottenItem> & { cell: Cell }) | null>(null);
  const rows = withHeld(listed, editing);
  const work = useWork(rows.total, rows);
  const [asking, setAsking] = useState<'log' | 'step' | null>(null);
  const { current } = work;

  const startEdit = (item: ForgottenItem, index: number, at: Cell) => {
    setCell(at);
    setEditing({ item, index, cell: at });
  };
  const isEditing = (item: ForgottenItem, at: Cell) => editing?.item.id === item.id && editing.cell === at;
  const commit = async (item: ForgottenItem, at: Cell, value: unknown) => {
    const done = await edit.mutateAsync({
      kind: 'opportunity',
      ids: [item.id],
      fields: { [at]: value },
      quiet: true,
    });
    setEditing((now) => (now?.item.id === item.id ? { ...now, item: written(now.item, at, value) } : now));
    sayDone(said(item.title, at, value), done.change);
  };
  // Tab goes on with the next cell of the same record, Enter and a choice come back to the list.
  const close = (item: ForgottenItem, at: Cell, after: After) => {
    // Another cell may be edited by now: leaving this one by a click is what opened it.
    if (editing === null || !isEditing(item, at)) return;
    const next = after === 'right' ? beside(at, 1) : after === 'left' ? beside(at, -1) : at;
    if (next !== at) return startEdit(editing.item, editing.index, next);
    setEditing(null);
    work.focus();
  };

  const onEdit = useStable((item: ForgottenItem, index: number, at: Cell) => {
    work.move(index);
    startEdit(item, index, at);
  });
  const onCommit = useStable(commit);
  const onClose = useStable(close);

  const onKey = (event: KeyboardEvent): boolean => {
    if (current === undefined) return false;
    if (event.key === 'ArrowRight') setCell(beside(cell, 1));
    else if (event.key === 'ArrowLeft') setCell(beside(cell, -1));
    else if (event.key === 'e') startEdit(current, work.at, firstToRepair(current));
    else if (event.key === 'F2') startEdit(current, work.at, cell);
    else if (event.key === 'n') setAsking('step');
    else if (event.key === 'l') setAsking('log');
    else return false;
    return true;
  };
  const done = () => {
    setAsking(null);
    work.focus();
  };
  if (rows.total === 0) return empty;
  const dialog = current && { id: current.id, title: current.title, onClose: done, onDone: done };
  return (
    <>
      <WorkList
        label={m.nav_forgotten()}
        sections={[{ name: 'all', count: rows.total }]}
        at={work.at}
        scroller={work.scroller}
        onMove={work.move}
        onRange={onRange}
        onKey={onKey}
        onOpen={work.open}
        renderLine={(index, isCurrent) => {
          const item = rows.at(index);
          if (item === undefined) return <Unread />;
          const open = editing?.item.id === item.id ? editing.cell : null;
          return (
            <Line
              item={item}
              index={index}
              active={isCurrent ? cell : null}
              editing={open}
              onEdit={onEdit}
              onCommit={onCommit}
              onClose={onClose}
            />
          );
        }}
      />
      <RepairHints />
      {asking === 'step' && dialog && <StepDialog {...dialog} />}
      {asking === 'log' && dialog && <ContactDialog {...dialog} />}
    </>
  );
}
