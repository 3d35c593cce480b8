import { useNavigate, useSearch } from '@tanstack/react-router';
import { FileUp, Plus } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { Selection } from '@/api/queries';
import { rpc } from '@/api/rpc';
import type { KindInfo, RecordInfo } from '@/api/types';
import { Button } from '@/components/button';
import { EmptyState } from '@/components/empty-state';
import { kindInSentence, kindsLabel, message } from '@/i18n/labels';
import { language } from '@/i18n/locale';
import { m } from '@/paraglide/messages.js';
import { KIND_ICONS } from '@/shell/navigation';
import { useKept } from '@/state/preferences';
import { failureText } from '@/state/toasts';
import { useWindow } from '@/state/window';
import { BulkBar } from './bulk-bar';
import { ColumnMenu } from './column-menu';
import { addsUp, shownColumns, TITLE_WIDTH } from './columns';
import { FilterBar } from './filter-bar';
import { Grid } from './grid';
import { GridFooter } from './grid-footer';
import type { Cursor } from './grid-keys';
import { type ListView, nextSort } from './list-state';
import { allIds, useSelection, useTableFocus } from './use-selection';
import { useRows } from './window-rows';

function NothingHere({ kind, filtered, onClear }: { kind: string; filtered: boolean; onClear: () => void }) {
  const create = useWindow((state) => state.create);
  const Icon = KIND_ICONS[kind];
  if (filtered) {
    return (
      <EmptyState
        title={m.empty_filtered()}
        actions={<Button onClick={onClear}>{m.action_clear_filters()}</Button>}
      >
        {m.empty_filtered_explained()}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Icon && <Icon className="size-5" />}
      title={m.empty_list({ kind: language() === 'de' ? kindsLabel(kind) : kindsLabel(kind).toLowerCase() })}
      actions={
        <>
          <Button
            look="primary"
            icon={<FileUp className="size-3.5" aria-hidden />}
            onClick={() => useWindow.setState({ importing: { kind } })}
          >
            {m.action_import()}
          </Button>
          <Button icon={<Plus className="size-3.5" aria-hidden />} onClick={() => create(kind)}>
            {m.action_new({ kind: kindInSentence(kind) })}
          </Button>
        </>
      }
    >
      {message(`empty_${kind}`) ?? m.empty_any()}
    </EmptyState>
  );
}

/** A table of a kind's records with everything around it: filters, columns, selection, footer. */
export function RecordList({
  kind,
  view,
  onView,
}: {
  kind: KindInfo;
  view: ListView;
  onView: (change: Partial<ListView>) => void;
}) {
  const navigate = useNavigate();
  const openId = useSearch({ strict: false }).record;
  const [kept, keep] = useKept<Record<string, number>>(`widths_${kind.name}`, {});
  const [dragged, setDragged] = useState<Record<string, number>>({});
  const widths = { ...kept, ...dragged };
  const columns = useMemo(
    () => shownColumns(kind, view.columns, { ...kept, ...dragged }),
    [kind, view.columns, kept, dragged],
  );
  const selection: Selection = useMemo(
    () => ({ kind: kind.name, filters: view.filters, sort: view.sort, text: view.text }),
    [kind.name, view.filters, view.sort, view.text],
  );
  const summed = columns.filter((column) => addsUp(column.field)).map((column) => column.field.name);
  const [range, setRange] = useState<[number, number]>([0, 0]);
  const onRange = useCallback((first: number, last: number) => setRange([first, last]), []);
  const rows = useRows(selection, range[0], range[1], summed);

  const [cursor, setCursor] = useState<Cursor>({ row: 0, column: 0 });
  const at: Cursor = {
    row: Math.max(0, Math.min(cursor.row, rows.total - 1)),
    column: Math.min(cursor.column, columns.length),
  };
  const { selected, select, clear } = useSelection(rows, at.row, () =>
    allIds((offset, limit) => rpc('list', { ...selection, text: selection.text || null, offset, limit })),
  );
  // What is selected is what can be seen: other conditions begin another selection.
  const [selectedIn, setSelectedIn] = useState(selection);
  if (
    selectedIn !== selection &&
    (selectedIn.filters !== selection.filters || selectedIn.text !== selection.text)
  ) {
    setSelectedIn(selection);
    clear();
  }
  const current = rows.at(at.row);

  const show = useCallback(
    (record: string | undefined) =>
      void navigate({
        to: '.',
        search: (now) => ({ ...(now.view ? { view: now.view } : {}), ...(record ? { record } : {}) }),
        replace: true,
      }),
    [navigate],
  );

  // The panel follows the cursor while it is open.
  const follow = (next: Cursor) => {
    setCursor(next);
    const record = rows.at(next.row);
    if (openId !== undefined && record !== undefined && record.id !== openId) show(record.id);
  };

  useTableFocus(kind.name, current, selected);

  const setWidth = (field: string, width: number, done = true) => {
    if (!done) setDragged((now) => ({ ...now, [field]: width }));
    else {
      setDragged({});
      keep({ ...widths, [field]: Math.round(width) });
    }
  };

  const names = columns.map((column) => column.field.name);
  const filtered = view.filters.length > 0 || view.text !== '';
  const none = !rows.first && rows.total === 0;
  return (
    <div className="relative flex min-h-0 min-w-0 flex-1 flex-col">
      <FilterBar
        kind={kind}
        filters={view.filters}
        text={view.text}
        onFilters={(filters) => onView({ filters })}
        onText={(text) => onView({ text })}
      >
        <ColumnMenu
          kind={kind}
          columns={columns}
          onColumns={(chosen) => onView({ columns: chosen })}
          onWidth={setWidth}
        />
      </FilterBar>
      {rows.error !== null ? (
        <EmptyState title={failureText(rows.error)}>{rows.error.message}</EmptyState>
      ) : none ? (
        <div className="min-h-0 flex-1">
          <NothingHere
            kind={kind.name}
            filtered={filtered}
            onClear={() => onView({ filters: [], text: '' })}
          />
        </div>
      ) : (
        <Grid
          kind={kind}
          label={kindsLabel(kind.name)}
          rows={rows}
          columns={columns}
          titleWidth={widths.title ?? TITLE_WIDTH}
          sort={view.sort}
          selected={selected}
          openId={openId}
          cursor={at}
          onCursor={follow}
          onRange={onRange}
          onOpen={(record: RecordInfo) => show(record.id)}
          onClose={() => show(undefined)}
          onSelect={select}
          onSort={(field, add) => onView({ sort: nextSort(view.sort, field, add) })}
          onWidth={setWidth}
          onMove={(from, to) => {
            const next = [...names];
            const [name] = next.splice(from, 1);
            if (name !== undefined) next.splice(to, 0, name);
            onView({ columns: next });
          }}
        />
      )}
      <BulkBar kind={kind} selected={selected} onClear={clear} />
      <GridFooter
        kind={kind}
        selection={selection}
        total={rows.total}
        sums={rows.sums}
        columns={columns}
        selected={selected.size}
      />
    </div>
  );
}
