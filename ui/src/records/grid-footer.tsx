import type { KindInfo, RecordPage } from '@/api/types';
import { sums as formatSums, number } from '@/i18n/format';
import { fieldLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { addsUp, type Column } from './columns';

/** How many there are, and what the number columns add up to over all of them. */
export function GridFooter({
  kind,
  total,
  sums,
  columns,
  selected,
}: {
  kind: KindInfo;
  total: number;
  sums: RecordPage['sums'];
  columns: Column[];
  selected: number;
}) {
  return (
    <footer className="numeric flex h-8 shrink-0 items-center gap-5 overflow-hidden whitespace-nowrap border-line border-t bg-canvas px-4 text-quiet text-small">
      <span aria-live="polite">
        {m.label_records({ count: total, number: number(total) })}
        {selected > 0 && ` · ${m.label_selected({ count: selected })}`}
      </span>
      {columns
        .filter((column) => addsUp(column.field))
        .map(({ field }) => {
          const sum = formatSums(sums[field.name] ?? {});
          if (sum === '') return null;
          return (
            <span key={field.name} className="truncate">
              {m.label_sum_of({ field: fieldLabel(kind.name, field) })}{' '}
              <span className="font-medium text-text">{sum}</span>
            </span>
          );
        })}
    </footer>
  );
}
