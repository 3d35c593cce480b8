import type { FieldInfo, Filter } from '@/api/types';
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

/** A filter's value in words. Titles of linked records are kept beside their ids, see {@link withTitle}. */
function objectText(kind: string, field: FieldInfo, filter: Filter): string {
  const values = Array.isArray(filter.value) ? filter.value : [filter.value];
  const words = values.map((value) => valueText(kind, field, titled(value)));
  const last = words.pop() ?? '';
  return words.length === 0 ? last : m.label_either({ first: words.join(', '), last });
}

const titles = new Map<string, string>();

/** Remembers what a linked record is called, so that a filter on its id can be read. */
export function withTitle(id: string, title: string): string {
  titles.set(id, title);
  return id;
}

const titled = (value: unknown): unknown =>
  typeof value === 'string' && titles.has(value) ? { id: value, title: titles.get(value) } : value;

/** The filter as a sentence in three parts: “Stage” “is” “Proposal or Negotiation”. */
export function filterSentence(kind: string, field: FieldInfo, filter: Filter): [string, string, string] {
  const many = Array.isArray(filter.value) && filter.value.length > 1;
  const op = filter.op === 'any_of' && !many ? 'is' : filter.op === 'none_of' && !many ? 'is_not' : filter.op;
  const object = needsValue(filter.op) ? objectText(kind, field, filter) : '';
  return [
    fieldLabel(kind, field),
    operatorLabel(op, field.type),
    isSpoken(field, object) ? object : m.label_unknown_record(),
  ];
}

/** An id nobody has told us the title of is not a word. */
const isSpoken = (field: FieldInfo, object: string) =>
  !((field.type === 'link' || field.type === 'roles') && /^[0-9a-f]{8}-/.test(object));
