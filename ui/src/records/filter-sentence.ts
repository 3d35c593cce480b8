import { findField } from '@/api/schema';
import type { FieldInfo, Filter, KindInfo } from '@/api/types';
import { fieldLabel, message } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { valueText } from './value';

/** Which comparisons make sense for a type, the most useful first. */
export function operatorsFor(type: string): string[] {
  switch (type) {
    case 'money':
    case 'integer':
      return ['over', 'under', 'is', 'empty', 'not_empty'];
    case 'date':
    case 'instant':
      return ['under', 'over', 'is', 'empty', 'not_empty'];
    case 'boolean':
      return ['is', 'empty'];
    case 'choice':
    case 'link':
    case 'country':
    case 'currency':
    case 'language':
    case 'time_zone':
      return ['any_of', 'none_of', 'empty', 'not_empty'];
    case 'tags':
    case 'roles':
      return ['any_of', 'empty', 'not_empty'];
    default:
      return ['contains', 'starts_with', 'is', 'empty', 'not_empty'];
  }
}

export const needsValue = (op: string): boolean => op !== 'empty' && op !== 'not_empty';

/** The comparison in words; days have their own: before and after. */
export function operatorLabel(op: string, type: string): string {
  const isDay = type === 'date' || type === 'instant';
  return (isDay ? message(`op_day_${op}`) : undefined) ?? message(`op_${op}`) ?? op;
}

/** What linked records are called, by their ids. */
export type Titles = ReadonlyMap<string, string>;

const valuesOf = (filter: Filter): unknown[] => (Array.isArray(filter.value) ? filter.value : [filter.value]);

const isLinked = (field: FieldInfo) => field.type === 'link' || field.type === 'roles';

/** The records that these filters name by their ids. */
export function linkedIds(kind: KindInfo, filters: Filter[]): string[] {
  const ids = filters.flatMap((filter) => {
    const field = findField(kind, filter.field);
    return field !== undefined && isLinked(field) ? valuesOf(filter) : [];
  });
  return [...new Set(ids.filter((id) => typeof id === 'string'))];
}

/** A filter's value in words. A record that is not there, or not read yet, is “a record”. */
function objectText(kind: string, field: FieldInfo, filter: Filter, titles: Titles): string {
  const words = valuesOf(filter).map((value) =>
    isLinked(field) ? (titles.get(String(value)) ?? m.label_unknown_record()) : valueText(kind, field, value),
  );
  const last = words.pop() ?? '';
  return words.length === 0 ? last : m.label_either({ first: words.join(', '), last });
}

/** The filter as a sentence in three parts: “Stage” “is” “Proposal or Negotiation”. */
export function filterSentence(
  kind: string,
  field: FieldInfo,
  filter: Filter,
  titles: Titles,
): [string, string, string] {
  // That it is any of them, the “or” between them says.
  const op = filter.op === 'any_of' ? 'is' : filter.op === 'none_of' ? 'is_not' : filter.op;
  const object = needsValue(filter.op) ? objectText(kind, field, filter, titles) : '';
  return [fieldLabel(kind, field), operatorLabel(op, field.type), object];
}
