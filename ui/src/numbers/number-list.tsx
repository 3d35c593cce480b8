import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { rpc } from '@/api/rpc';
import type { KindInfo, RecordInfo } from '@/api/types';
import { sums as formatSums, number } from '@/i18n/format';
import { fieldLabel, kindsLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { BulkBar } from '@/records/bulk-bar';
import { shownColumns, TITLE_WIDTH } from '@/records/columns';
import { Grid } from '@/records/grid';
import type { Cursor } from '@/records/grid-keys';
import { allIds, useSelection, useTableFocus } from '@/records/use-selection';
import type { Rows } from '@/records/window-rows';
import { useKept } from '@/state/preferences';
import type { NumberOf } from './number-rows';
import { isOfMoney, worth } from './number-sums';

/** The records behind a number: the usual table, in the order of the engine, with nothing to filter. */
export function NumberList({
  kind,
  of,
  rows,
  onRange,
  onLeave,
}: {
  kind: KindInfo;
  of: NumberOf;
  rows: Rows;
  onRange: (first: number, last: number) => void;
  /** Escape, where nothing is open or selected that it would close. */
  onLeave: () => void;
}) {
  const navigate = useNavigate();
  const openId = useSearch({ strict: false }).record;
  const [kept, keep] = useKept<Record<string, number>>(`widths_${kind.name}`, {});
  const [dragged, setDragged] = useState<Record<string, number>>({});
  const [chosen, setChosen] = useState<string[] | null>(null);
  const columns = useMemo(
    () => shownColumns(kind, chosen, { ...kept, ...dragged }),
    [kind, chosen, kept, dragged],
  );
  const [cursor, setCursor] = useState<Cursor>({ row: 0, column: 0 });
  const at: Cursor = {
    row: Math.max(0, Math.min(cursor.row, rows.total - 1)),
    column: Math.min(cursor.column, columns.length),
  };
  const { selected, select, clear } = useSelection(rows, at.row, () =>
    allIds((offset, limit) => rpc('number', { ...of, offset, limit })),
  );
  const current = rows.at(at.row);

  const show = useCallback(
    (record: string | undefined) =>
      void navigate({
        to: '.',
        search: ({ record: _, ...rest }) => (record === undefined ? rest : { ...rest, record }),
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
  const sum = isOfMoney(of.number) ? formatSums(worth(rows) ?? {}) : '';
  return (
    <div className="relative flex min-h-0 min-w-0 flex-1 flex-col">
      <Grid
        kind={kind}
        label={kindsLabel(kind.name)}
        rows={rows}
        columns={columns}
        titleWidth={dragged.title ?? kept.title ?? TITLE_WIDTH}
        sort={[]}
        selected={selected}
        openId={openId}
        cursor={at}
        onCursor={follow}
        onRange={onRange}
        onOpen={(record: RecordInfo) => show(record.id)}
        onClose={() => (openId === undefined ? onLeave() : show(undefined))}
        onSelect={select}
        onWidth={(field, width, done) => {
          setDragged(done ? {} : { ...dragged, [field]: width });
          if (done) keep({ ...kept, [field]: Math.round(width) });
        }}
        onMove={(from, to) => {
          const next = columns.map((column) => column.field.name);
          const [name] = next.splice(from, 1);
          if (name !== undefined) next.splice(to, 0, name);
          setChosen(next);
        }}
      />
      <BulkBar kind={kind} selected={selected} onClear={clear} />
      <footer className="numeric h-8 shrink-0 truncate border-line border-t bg-canvas px-4 text-quiet text-small leading-8">
        <span aria-live="polite">
          {m.label_records({ count: rows.total, number: number(rows.total) })}
          {selected.size > 0 && ` · ${m.label_selected({ count: selected.size })}`}
        </span>
        {sum !== '' && (
          <>
            {' · '}
            {fieldLabel(kind.name, 'value')} {m.label_sum()}{' '}
            <span className="font-medium text-text">{sum}</span>
          </>
        )}
        {of.as_of !== null && ` · ${m.number_as_they_are_now()}`}
      </footer>
    </div>
  );
}
