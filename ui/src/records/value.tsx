import { Check } from 'lucide-react';
import { memo } from 'react';
import type { FieldInfo, RecordInfo } from '@/api/types';
import { MemberName, StageBadge } from '@/components/badges';
import { cx } from '@/components/cx';
import { codeName, day, daysBetween, instant, money, number, year } from '@/i18n/format';
import { optionLabel, roleLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';

export interface LinkValue {
  id: string;
  title: string;
}

export const isLink = (value: unknown): value is LinkValue =>
  typeof value === 'object' && value !== null && 'id' in value;

/** Types that stand to the right and add up. */
export const isNumeric = (type: string) => type === 'money' || type === 'integer';

const YEARS = new Set(['founded']);

/** A value in words, without its looks: for sentences, exports to the clipboard, and reading aloud. */
export function valueText(kind: string, field: FieldInfo, value: unknown, currency?: string | null): string {
  if (value === null || value === undefined || value === '') return '';
  switch (field.type) {
    case 'money':
      return money(Number(value), currency);
    case 'integer':
      return YEARS.has(field.name) ? year(Number(value)) : number(Number(value));
    case 'boolean':
      return value === true ? m.label_yes() : m.label_no();
    case 'date':
      return day(String(value));
    case 'instant':
      return instant(String(value));
    case 'choice':
      return optionLabel(kind, field.name, String(value));
    case 'country':
      return codeName('region', String(value));
    case 'language':
      return codeName('language', String(value));
    case 'link':
      return isLink(value) ? value.title : String(value);
    case 'roles':
      return Array.isArray(value)
        ? value
            .map((one: LinkValue & { role?: string }) =>
              one.role ? `${one.title} (${roleLabel(one.role)})` : one.title,
            )
            .join(', ')
        : '';
    case 'tags':
    case 'emails':
    case 'phones':
      return Array.isArray(value) ? value.join(', ') : String(value);
    default:
      return String(value);
  }
}

const currencyOf = (record: Pick<RecordInfo, 'fields'>) => record.fields.currency as string | undefined;

/** Dates that call for action once they have passed. */
const DUE = new Set(['next_step_date', 'return_on']);

function DayValue({ name, value }: { name: string; value: string }) {
  const late = DUE.has(name) && daysBetween(new Date(), new Date(`${value}T00:00:00`)) < 0;
  return (
    <span className={cx('numeric truncate', late && 'font-medium text-danger')}>
      {day(value)}
      {late && <span className="sr-only">{m.label_overdue()}</span>}
    </span>
  );
}

/** A field's value as it is shown in tables and panels. */
export const Value = memo(function Value({
  kind,
  field,
  record,
}: {
  kind: string;
  field: FieldInfo;
  record: Pick<RecordInfo, 'fields' | 'created_at' | 'updated_at'>;
}) {
  const value =
    field.name === 'created_at'
      ? record.created_at
      : field.name === 'updated_at'
        ? record.updated_at
        : record.fields[field.name];
  if (value === null || value === undefined || value === '') return null;
  if (field.type === 'choice' && kind === 'opportunity' && field.name === 'stage')
    return <StageBadge stage={String(value)} />;
  if (field.type === 'link' && field.target === 'member' && isLink(value))
    return <MemberName id={value.id} name={value.title} />;
  if (field.type === 'boolean') {
    return value === true ? (
      <span className="inline-flex items-center gap-1">
        <Check className="size-3.5 text-accent" aria-hidden />
        {m.label_yes()}
      </span>
    ) : (
      <span className="text-quiet">{m.label_no()}</span>
    );
  }
  if (field.type === 'date') return <DayValue name={field.name} value={String(value)} />;
  if (field.type === 'tags' && Array.isArray(value)) {
    return (
      <span className="inline-flex min-w-0 gap-1 overflow-hidden">
        {value.map((tag) => (
          <span key={String(tag)} className="truncate rounded-mark bg-sunken px-1.5 text-small">
            {String(tag)}
          </span>
        ))}
      </span>
    );
  }
  const words = valueText(kind, field, value, currencyOf(record));
  if (isNumeric(field.type) || field.type === 'instant')
    return <span className="numeric truncate">{words}</span>;
  return <span className="truncate">{words}</span>;
});
