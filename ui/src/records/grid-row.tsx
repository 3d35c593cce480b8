import { Check } from 'lucide-react';
import { type MouseEvent, memo, type ReactNode } from 'react';
import type { RecordInfo } from '@/api/types';
import { Avatar, ConflictMark, initials } from '@/components/badges';
import { cx } from '@/components/cx';
import { m } from '@/paraglide/messages.js';
import type { Column } from './columns';
import { isNumeric, Value } from './value';

export interface RowProps {
  gridId: string;
  kind: string;
  index: number;
  top: number;
  record: RecordInfo | undefined;
  columns: Column[];
  template: string;
  /** The column with the cursor, where the cursor is in this row. */
  activeColumn: number | null;
  selected: boolean;
  open: boolean;
  /** The editor, where one is open in this row. */
  editing: { column: number; editor: ReactNode } | null;
  onCell: (event: MouseEvent, index: number, column: number) => void;
  onEdit: (index: number, column: number) => void;
  onSelect: (event: MouseEvent, index: number) => void;
}

const CELL = 'flex h-full min-w-0 items-center whitespace-nowrap border-line border-b';
const AT_REST = 'overflow-hidden px-3';

function TitleCell({ kind, record }: { kind: string; record: RecordInfo }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      {(kind === 'person' || kind === 'member') && (
        <Avatar name={record.title} agent={record.fields.type === 'agent'} size={20} />
      )}
      {kind === 'account' && (
        <span
          aria-hidden
          className="flex size-5 shrink-0 items-center justify-center rounded-mark bg-sunken font-semibold text-caps text-quiet"
        >
          {initials(record.title).charAt(0)}
        </span>
      )}
      <span className="truncate font-medium">{record.title || m.label_untitled()}</span>
      {Object.keys(record.conflicts).length > 0 && (
        <>
          <ConflictMark />
          <span className="sr-only">{m.label_has_conflict()}</span>
        </>
      )}
    </span>
  );
}

/** A row of the table. It renders again only when something of its own changed. */
export const GridRow = memo(function GridRow(props: RowProps) {
  const { gridId, kind, index, top, record, columns, template, activeColumn, selected, open, editing } =
    props;
  const surface = selected ? 'bg-selected' : open ? 'bg-hover' : 'bg-surface group-hover:bg-hover';
  const active = (column: number) =>
    activeColumn === column &&
    'outline-2 outline-accent -outline-offset-2 group-data-[resting]/grid:outline-edge';
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={cx('group absolute left-0 grid h-row min-w-full', editing !== null && 'z-10')}
      style={{ transform: `translateY(${top}px)`, gridTemplateColumns: template }}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the grid answers the keyboard for all its cells */}
      <div
        role="rowheader"
        id={`${gridId}-${index}-0`}
        className={cx(
          CELL,
          'sticky left-0 z-10 border-r pl-2',
          editing?.column === 0 ? 'pr-0.5' : 'overflow-hidden pr-3',
          surface,
          active(0),
        )}
        onClick={(event) => props.onCell(event, index, 0)}
      >
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a pointer's way to what x does; aria-selected says it */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: x selects */}
        <span
          onClick={(event) => props.onSelect(event, index)}
          className="mr-1.5 flex h-full w-5 shrink-0 items-center justify-center"
        >
          <span
            className={cx(
              'flex size-3.5 items-center justify-center rounded-mark border',
              selected
                ? 'border-accent bg-accent text-on-accent'
                : 'border-edge opacity-0 group-hover:opacity-100',
            )}
          >
            {selected && <Check className="size-3" strokeWidth={3} aria-hidden />}
          </span>
        </span>
        {editing?.column === 0 ? (
          editing.editor
        ) : record === undefined ? (
          <Placeholder />
        ) : (
          <TitleCell kind={kind} record={record} />
        )}
      </div>
      {columns.map(({ field }, at) => {
        const column = at + 1;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid answers the keyboard for all its cells
          <div
            key={field.name}
            role="gridcell"
            id={`${gridId}-${index}-${column}`}
            aria-colindex={column + 1}
            className={cx(
              CELL,
              surface,
              isNumeric(field.type) && 'justify-end',
              active(column),
              editing?.column === column ? 'px-0.5' : AT_REST,
            )}
            onClick={(event) => props.onCell(event, index, column)}
            onDoubleClick={() => props.onEdit(index, column)}
          >
            {editing?.column === column ? (
              editing.editor
            ) : record === undefined ? (
              <Placeholder />
            ) : (
              <>
                <Value kind={kind} field={field} record={record} />
                {record.conflicts[field.name] !== undefined && <ConflictMark className="ml-1.5" />}
              </>
            )}
          </div>
        );
      })}
      <div aria-hidden className={cx('border-line border-b', surface)} />
    </div>
  );
});

const Placeholder = () => <span aria-hidden className="h-2 w-3/5 rounded-full bg-press" />;
