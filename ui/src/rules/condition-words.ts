import type { JsonValue } from '@/api/serde_json/JsonValue';
import type { SchemaInfo } from '@/api/types';
import { optionLabel, roleLabel } from '@/i18n/labels';
import { asSentence } from '@/i18n/remarks';
import { m } from '@/paraglide/messages.js';
import { operatorLabel, type Titles } from '@/records/filter-sentence';
import { valueText } from '@/records/value';
import { fieldAt, pathLabel, placeOf } from './condition-fields';
import {
  type ActivityCondition,
  type Condition,
  type FieldCondition,
  isActivity,
  isField,
  readConditions,
} from './conditions';

/** “Form, Meeting or Call”. */
export function either(words: string[]): string {
  const last = words.at(-1) ?? '';
  const before = words.slice(0, -1).join(', ');
  return before === '' ? last : m.label_either({ first: before, last });
}

function activitySentence({ activity, direction, within_days, at_least }: ActivityCondition): string {
  const what = either(activity.map((type) => optionLabel('activity', 'type', type)));
  const whose =
    direction === 'inbound' ? m.condition_inbound() : direction === 'outbound' ? m.condition_outbound() : '';
  const parts = [
    [what, whose].filter((part) => part !== '').join(' '),
    within_days === undefined ? '' : m.condition_within({ count: within_days }),
    at_least === undefined || at_least <= 1 ? '' : m.condition_times({ count: at_least }),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

const asList = (value: JsonValue | undefined): JsonValue[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

/** The records that conditions name by their ids. */
export function idsIn(schema: SchemaInfo, all: Condition[]): string[] {
  const fields = all.filter(isField).filter((one) => fieldAt(schema, one.field)?.target != null);
  return fields.flatMap((one) => asList(one.value)).filter((value) => typeof value === 'string');
}

/** A value of a field's condition in words. */
export function conditionValue(schema: SchemaInfo, path: string, value: JsonValue, titles: Titles): string {
  const [kind, name] = placeOf(path);
  const field = fieldAt(schema, path);
  if (field === undefined) return String(value);
  if (kind === 'person' && name === 'role') return roleLabel(String(value));
  // A link may also be compared with a name.
  if (field.target !== null) return titles.get(String(value)) ?? String(value);
  return valueText(kind, field, value);
}

function fieldSentence(schema: SchemaInfo, one: FieldCondition, titles: Titles): string {
  const type = fieldAt(schema, one.field)?.type ?? 'line';
  const values = asList(one.value).map((value) => conditionValue(schema, one.field, value, titles));
  // That it is any of them, the “or” between them says.
  const op = one.op === 'any_of' ? 'is' : one.op === 'none_of' ? 'is_not' : one.op;
  const object =
    one.op === 'between'
      ? m.condition_span({ from: values[0] ?? '…', to: values[1] ?? '…' })
      : one.op === 'empty' || one.op === 'not_empty'
        ? ''
        : values.length === 0
          ? '…'
          : either(values);
  return [pathLabel(schema, one.field), operatorLabel(op, type), object]
    .filter((part) => part !== '')
    .join(' ');
}

/** A condition as a sentence. */
export function conditionSentence(schema: SchemaInfo, one: Condition, titles: Titles): string {
  if (isActivity(one)) return activitySentence(one);
  if (isField(one)) return fieldSentence(schema, one, titles);
  return one.gate ? m.condition_gate_passes() : m.condition_gate_fails();
}

/** All of a record's conditions as one sentence; empty where there are none. */
export function conditionsSentence(schema: SchemaInfo, text: unknown, titles: Titles): string {
  const all = readConditions(text);
  if (all === null) return m.condition_unreadable();
  return asSentence(all.map((one) => conditionSentence(schema, one, titles)).join(m.condition_and()));
}
