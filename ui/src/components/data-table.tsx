import type { ReactNode } from 'react';
import { m } from '@/paraglide/messages.js';
import { cx } from './cx';
import { SideScroll } from './side-scroll';

export interface DataColumn<Row> {
  key: string;
  label: string;
  /** What exactly the column says, where its head is short. */
  hint?: string;
  numeric?: boolean;
  className?: string;
  render: (row: Row, index: number) => ReactNode;
}

/** A small table of computed figures: the first column names the row. It scrolls sideways where there is no room. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  keyOf,
  foot,
}: {
  label: string;
  columns: DataColumn<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string;
  /** A last line that adds the others up, a cell for every column. */
  foot?: ReactNode[];
}) {
  const cell = (column: DataColumn<Row> | undefined, first: boolean) =>
    cx(
      'border-line border-b px-2.5 py-1.5 align-top first:pl-0 last:pr-0',
      column?.numeric === true && 'numeric whitespace-nowrap text-right',
      first && 'sticky left-0 z-10 max-w-72 min-w-32 bg-surface',
      column?.className,
    );
  return (
    <SideScroll label={m.label_table({ of: label })}>
      <table className="w-full border-separate border-spacing-0 text-left">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th
                key={column.key}
                scope="col"
                title={column.hint}
                className={cx(cell(column, index === 0), 'caps whitespace-nowrap !align-bottom')}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={keyOf(row)}>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.key} scope="row" className={cx(cell(column, true), 'font-normal')}>
                    {column.render(row, at)}
                  </th>
                ) : (
                  <td key={column.key} className={cell(column, false)}>
                    {column.render(row, at)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {foot !== undefined && (
          <tfoot>
            <tr>
              {foot.map((content, index) => (
                <td
                  key={columns[index]?.key ?? index}
                  className={cx(cell(columns[index], index === 0), '!border-b-0 font-medium')}
                >
                  {content}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </SideScroll>
  );
}
