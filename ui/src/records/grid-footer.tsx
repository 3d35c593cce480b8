import { useQueries } from '@tanstack/react-query';
import { type Selection, totalQuery } from '@/api/queries';
import type { KindInfo, RecordPage } from '@/api/types';
import { sums as formatSums, money, number } from '@/i18n/format';
import { fieldLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { addsUp, type Column } from './columns';

/** How many records have a value in each of these fields. */
function useFilled(selection: Selection, fields: string[]): Record<string, number | undefined> {
  const counts = useQueries({
    queries: fields.map((field) =>
      totalQuery({ ...selection, filters: [...selection.filters, { field, op: 'not_empty', value: null }] }),
    ),
  });
  return Object.fromEntries(fields.map((field, index) => [field, counts[index]?.data]));
}

/**
 * How many there are, and what the number columns add up to over all of them. The average is over those that have a value,
 * and only where all are in one currency. What has no room is left out whole: half a number would be a wrong one.
 */
export function GridFooter({
  kind,
  selection,
  total,
  sums,
  columns,
  selected,
}: {
  kind: KindInfo;
  selection: Selection;
  total: number;
  sums: RecordPage['sums'];
  columns: Column[];
  selected: number;
}) {
  const summed = columns.filter(({ field }) => addsUp(field) && formatSums(sums[field.name] ?? {}) !== '');
  const inOne = summed
    .map(({ field }) => field.name)
    .filter((name) => Object.keys(sums[name] ?? {}).length === 1);
  const filled = useFilled(selection, inOne);
  return (
    <footer className="numeric flex h-8 shrink-0 flex-wrap gap-x-5 overflow-hidden whitespace-nowrap border-line border-t bg-canvas px-4 text-quiet text-small leading-8">
      <span aria-live="polite">
        {m.label_records({ count: total, number: number(total) })}
        {selected > 0 && ` · ${m.label_selected({ count: selected })}`}
      </span>
      {summed.map(({ field }) => {
        const byCurrency = sums[field.name] ?? {};
        const [currency = '', sum = 0] = Object.entries(byCurrency)[0] ?? [];
        const count = filled[field.name] ?? 0;
        const average = count > 1 ? Math.round(sum / count) : null;
        return (
          <span key={field.name} className="flex gap-x-2">
            {fieldLabel(kind.name, field)}{' '}
            <Figure
              name={m.label_sum()}
              words={formatSums(byCurrency, Object.keys(byCurrency).length > 1)}
              exact={formatSums(byCurrency)}
            />{' '}
            {average !== null && (
              <Figure
                name={m.label_average()}
                words={field.type === 'money' ? money(average, currency) : number(average)}
              />
            )}
          </span>
        );
      })}
    </footer>
  );
}

function Figure({ name, words, exact = words }: { name: string; words: string; exact?: string }) {
  return (
    <span title={exact}>
      {name} <span className="font-medium text-text">{words}</span>
    </span>
  );
}
