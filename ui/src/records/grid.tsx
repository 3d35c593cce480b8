import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useEdit } from '@/api/actions';
import type { FieldInfo, KindInfo, RecordInfo, Sort } from '@/api/types';
import { isMac } from '@/keys/chord';
import { useKeyboardHome } from '@/keys/home';
import { useRowHeight } from '@/state/density';
import type { Column } from './columns';
import { type After, Editor, isEditable, opensList } from './editor';
import { GridHeader } from './grid-header';
import { type Cursor, type GridAction, gridAction } from './grid-keys';
import { GridRow } from './grid-row';
import { editTitle, titleEditorField, titleText } from './title';
import { Value } from './value';
import type { Rows } from './window-rows';

export interface GridProps {
  kind: KindInfo;
  label: string;
  rows: Rows;
  columns: Column[];
  titleWidth: number;
  sort: Sort[];
  selected: ReadonlySet<string>;
  /** The record that is open beside the list. */
  openId: string | undefined;
  cursor: Cursor;
  onCursor: (cursor: Cursor) => void;
  onRange: (first: number, last: number) => void;
  onOpen: (record: RecordInfo) => void;
  onClose: () => void;
  onSelect: (index: number, mode: 'toggle' | 'extend' | 'all' | 'none') => void;
  /** Absent where the order is not one to choose. */
  onSort?: (field: string, add: boolean) => void;
  onWidth: (field: string, width: number, done: boolean) => void;
  onMove: (from: number, to: number) => void;
}

const HEAD = 32;

/** A list that opens as editor hangs below its cell; the value stays to be seen. */
function EditCell({
  kind,
  field,
  record,
  value,
  initialText,
  onCommit,
  onClose,
}: {
  kind: string;
  field: FieldInfo;
  record: RecordInfo;
  value: unknown;
  initialText: string | undefined;
  onCommit: (value: unknown) => Promise<void>;
  onClose: (after: After) => void;
}) {
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <span ref={anchor} className="flex h-full min-w-0 flex-1 items-center">
      {opensList(field.type) && (
        <span className="flex min-w-0 flex-1 px-2.5">
          <Value kind={kind} field={field} record={record} />
        </span>
      )}
      <Editor
        kind={kind}
        field={field}
        value={value}
        anchor={anchor}
        onCommit={onCommit}
        onClose={onClose}
        {...(initialText === undefined ? {} : { initialText })}
      />
    </span>
  );
}

/**
 * A table of records: only the rows in view exist, one cell is active and the grid itself holds the focus
 * (aria-activedescendant), so that scrolling never loses it.
 */
export function Grid(props: GridProps) {
  const { kind, rows, columns, titleWidth, sort, selected, openId, cursor } = props;
  const { onCursor, onRange, onOpen, onClose, onSelect } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const edit = useEdit();
  const [editing, setEditing] = useState<(Cursor & { initialText?: string }) | null>(null);
  const [focused, setFocused] = useState(false);
  useKeyboardHome(() => scroller.current?.focus({ preventScroll: true }));

  const rowHeight = useRowHeight();
  const virtualizer = useVirtualizer({
    count: rows.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: HEAD,
    scrollPaddingStart: HEAD,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onRange(first, last), [onRange, first, last]);

  const template = `${titleWidth}px ${columns.map((column) => `${column.width}px`).join(' ')} minmax(0, 1fr)`;
  const width = titleWidth + columns.reduce((sum, column) => sum + column.width, 0);

  const reveal = useCallback(
    (to: Cursor) => {
      virtualizer.scrollToIndex(to.row, { align: 'auto' });
      const box = scroller.current;
      const left = columns
        .slice(0, Math.max(0, to.column - 1))
        .reduce((sum, column) => sum + column.width, 0);
      if (box === null || to.column === 0) return;
      const right = left + (columns[to.column - 1]?.width ?? 0);
      if (left < box.scrollLeft) box.scrollLeft = left;
      else if (titleWidth + right > box.scrollLeft + box.clientWidth)
        box.scrollLeft = titleWidth + right - box.clientWidth;
    },
    [virtualizer, columns, titleWidth],
  );
  const go = (to: Cursor) => {
    onCursor(to);
    reveal(to);
  };

  const fieldAt = (column: number): FieldInfo | undefined =>
    column === 0 ? titleEditorField(kind) : columns[column - 1]?.field;

  const startEdit = (at: Cursor, initialText?: string) => {
    const field = fieldAt(at.column);
    if (field === undefined || !isEditable(field) || rows.at(at.row) === undefined) return;
    setEditing({ ...at, ...(initialText === undefined ? {} : { initialText }) });
  };

  const endEdit = (after: After) => {
    setEditing(null);
    const bounds = { rows: rows.total, columns: columns.length + 1 };
    if (after === 'down') go({ row: Math.min(bounds.rows - 1, cursor.row + 1), column: cursor.column });
    if (after === 'right') go({ row: cursor.row, column: Math.min(bounds.columns - 1, cursor.column + 1) });
    if (after === 'left') go({ row: cursor.row, column: Math.max(0, cursor.column - 1) });
    scroller.current?.focus({ preventScroll: true });
  };

  const carryOut = (action: NonNullable<GridAction>) => {
    const record = rows.at(cursor.row);
    switch (action.do) {
      case 'move':
        if (action.extend && action.to.row !== cursor.row) onSelect(action.to.row, 'extend');
        go(action.to);
        break;
      case 'edit':
        startEdit(cursor, action.initialText);
        break;
      case 'clear': {
        const field = fieldAt(cursor.column);
        if (record && field && isEditable(field) && !field.required) {
          edit.mutate({ kind: kind.name, ids: [record.id], fields: { [field.name]: null } });
        }
        break;
      }
      case 'open':
        if (record) onOpen(record);
        break;
      case 'select':
        onSelect(cursor.row, 'toggle');
        break;
      case 'select_all':
        onSelect(cursor.row, 'all');
        break;
      case 'escape':
        if (selected.size > 0) onSelect(cursor.row, 'none');
        else onClose();
        break;
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroller.current || editing !== null) return;
    const press = {
      key: event.key,
      mod: isMac ? event.metaKey : event.ctrlKey,
      shift: event.shiftKey,
      alt: event.altKey,
    };
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD) / rowHeight) - 1);
    const action = gridAction(press, cursor, { rows: rows.total, columns: columns.length + 1, page });
    if (action === null) return;
    event.preventDefault();
    carryOut(action);
  };

  // The rows are memoised: what they call stays the same and looks up the latest state here.
  const latest = useRef({ rows, onCursor, onOpen, onSelect, startEdit });
  useLayoutEffect(() => {
    latest.current = { rows, onCursor, onOpen, onSelect, startEdit };
  });
  const onCell = useCallback((event: MouseEvent, index: number, column: number) => {
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea')) return;
    const now = latest.current;
    now.onCursor({ row: index, column });
    const record = now.rows.at(index);
    if (event.shiftKey) now.onSelect(index, 'extend');
    else if (isMac ? event.metaKey : event.ctrlKey) now.onSelect(index, 'toggle');
    else if (column === 0 && record) now.onOpen(record);
    scroller.current?.focus({ preventScroll: true });
  }, []);
  const onEditCell = useCallback(
    (row: number, column: number) => latest.current.startEdit({ row, column }),
    [],
  );
  const onSelectRow = useCallback((event: MouseEvent, index: number) => {
    event.stopPropagation();
    latest.current.onCursor({ row: index, column: 0 });
    latest.current.onSelect(index, event.shiftKey ? 'extend' : 'toggle');
    scroller.current?.focus({ preventScroll: true });
  }, []);

  const editorFor = (index: number) => {
    if (editing === null || editing.row !== index) return null;
    const record = rows.at(index);
    const field = fieldAt(editing.column);
    if (record === undefined || field === undefined) return null;
    const isTitle = editing.column === 0;
    return {
      column: editing.column,
      editor: (
        <EditCell
          kind={kind.name}
          field={field}
          record={record}
          value={isTitle ? titleText(kind.name, record) : record.fields[field.name]}
          initialText={editing.initialText}
          onClose={endEdit}
          onCommit={async (value) => {
            const fields = isTitle ? editTitle(kind.name, String(value ?? '')) : { [field.name]: value };
            await edit.mutateAsync({ kind: kind.name, ids: [record.id], fields, quiet: true });
          }}
        />
      ),
    };
  };

  const titleField = titleEditorField(kind);
  const activeInView = cursor.row >= first && cursor.row <= last && rows.total > 0;
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.total + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      aria-busy={rows.stale}
      aria-activedescendant={activeInView ? `${gridId}-${cursor.row}-${cursor.column}` : undefined}
      tabIndex={0}
      data-resting={focused ? undefined : true}
      onFocus={(event) => setFocused(event.target === event.currentTarget)}
      onBlur={() => setFocused(false)}
      onKeyDown={onKeyDown}
      className="group/grid relative min-h-0 flex-1 overflow-auto overscroll-none bg-surface outline-none"
    >
      <div
        style={{ height: virtualizer.getTotalSize() + HEAD, minWidth: width }}
        className="relative"
        role="presentation"
      >
        <GridHeader
          kind={kind.name}
          titleField={titleField?.name ?? 'name'}
          titleLabel={props.label}
          titleWidth={titleWidth}
          columns={columns}
          template={template}
          sort={sort}
          onSort={props.onSort}
          onWidth={props.onWidth}
          onMove={props.onMove}
        />
        <div role="rowgroup">
          {items.map((item) => {
            const record = rows.at(item.index);
            return (
              <GridRow
                key={item.key}
                gridId={gridId}
                kind={kind.name}
                index={item.index}
                top={item.start - HEAD}
                record={record}
                columns={columns}
                template={template}
                activeColumn={cursor.row === item.index ? cursor.column : null}
                selected={record !== undefined && selected.has(record.id)}
                open={record !== undefined && record.id === openId}
                editing={editorFor(item.index)}
                onCell={onCell}
                onEdit={onEditCell}
                onSelect={onSelectRow}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
