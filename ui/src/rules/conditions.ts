import type { JsonValue } from '@/api/serde_json/JsonValue';

/** A field compared with a value. `account.` and `person.` before its name say whose it is. */
export interface FieldCondition {
  field: string;
  op: string;
  value?: JsonValue;
}

/** Something that happened. */
export interface ActivityCondition {
  activity: string[];
  direction?: string;
  within_days?: number;
  at_least?: number;
}

/** The lead passes the gate, or does not. */
export interface GateCondition {
  gate: boolean;
}

export type Condition = FieldCondition | ActivityCondition | GateCondition;

export const isField = (one: Condition): one is FieldCondition => 'field' in one;
export const isActivity = (one: Condition): one is ActivityCondition => 'activity' in one;

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isText = (value: unknown): value is string => typeof value === 'string';

/** One condition as the engine reads it; null where it is none that this window knows. */
function understood(json: unknown): Condition | null {
  if (typeof json !== 'object' || json === null) return null;
  const one = json as Record<string, unknown>;
  if (isText(one.field) && isText(one.op)) {
    const value = one.value as JsonValue | undefined;
    return { field: one.field, op: one.op, ...(value === undefined ? {} : { value }) };
  }
  if (Array.isArray(one.activity) && one.activity.every(isText)) {
    return {
      activity: one.activity,
      ...(isText(one.direction) ? { direction: one.direction } : {}),
      ...(isNumber(one.within_days) ? { within_days: one.within_days } : {}),
      ...(isNumber(one.at_least) ? { at_least: one.at_least } : {}),
    };
  }
  return typeof one.gate === 'boolean' ? { gate: one.gate } : null;
}

/** The conditions that a rule's record holds; null where they cannot be read. */
export function readConditions(text: unknown): Condition[] | null {
  if (!isText(text) || text.trim() === '') return [];
  try {
    const json: unknown = JSON.parse(text);
    if (!Array.isArray(json)) return null;
    const all = json.map(understood);
    return all.every((one) => one !== null) ? all : null;
  } catch {
    return null;
  }
}

/** As the record holds them; nothing where there are none. */
export const writeConditions = (all: Condition[]): string | null =>
  all.length === 0 ? null : JSON.stringify(all);

/** What is wrong with a condition, as the name of a message; null where nothing is. */
export type Problem = 'no_value' | 'no_span' | 'span_turned' | 'no_activity';

const isMissing = (value: JsonValue | undefined) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

export function problemOf(one: Condition): Problem | null {
  if (isActivity(one)) return one.activity.length === 0 ? 'no_activity' : null;
  if (!isField(one) || one.op === 'empty' || one.op === 'not_empty') return null;
  if (one.op !== 'between') return isMissing(one.value) ? 'no_value' : null;
  const [from, to] = Array.isArray(one.value) ? one.value : [];
  if (isMissing(from) || isMissing(to)) return 'no_span';
  return (isNumber(from) && isNumber(to) && from > to) || (isText(from) && isText(to) && from > to)
    ? 'span_turned'
    : null;
}

/** What is wrong with the conditions of a record; unreadable ones are `unreadable`. */
export function problemIn(text: unknown): Problem | 'unreadable' | null {
  const all = readConditions(text);
  if (all === null) return 'unreadable';
  return all.map(problemOf).find((one) => one !== null) ?? null;
}

/** A value kept as the other comparison takes it: a list, two ends, or one. */
export function valueFor(op: string, value: JsonValue | undefined): JsonValue | undefined {
  const several = Array.isArray(value) ? value : isMissing(value) ? [] : [value as JsonValue];
  if (op === 'empty' || op === 'not_empty') return undefined;
  if (op === 'any_of' || op === 'none_of') return several;
  if (op === 'between') return [several[0] ?? null, several[1] ?? null];
  return several[0] ?? null;
}
