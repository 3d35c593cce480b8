import { toWire } from '@/api/edits';
import { byRank } from '@/api/rules';
import type { JsonValue } from '@/api/serde_json/JsonValue';
import type { DraftRule, RecordInfo } from '@/api/types';

/** What would be written on one rule: field → value as shown, and what stood there when it was drafted. */
export interface DraftedRule {
  fields: Record<string, unknown>;
  was: Record<string, unknown>;
  /** Not a record yet. */
  isNew?: boolean;
}

/** Changes to rules that are not in force: kind → id → what would be written. */
export type Draft = Record<string, Record<string, DraftedRule>>;

/** An id that only the draft knows begins so. */
const NEW = 'new:';

export const isNewId = (id: string): boolean => id.startsWith(NEW);

/** Nothing, an empty text and an empty list are the same to the engine. */
const plain = (value: unknown): unknown =>
  value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0)
    ? null
    : value;

export const isSame = (a: unknown, b: unknown): boolean =>
  JSON.stringify(toWire(plain(a))) === JSON.stringify(toWire(plain(b)));

const without = <T>(record: Record<string, T>, key: string): Record<string, T> => {
  const { [key]: _, ...rest } = record;
  return rest;
};

const put = (draft: Draft, kind: string, id: string, rule: DraftedRule | null): Draft => {
  const rules = rule === null ? without(draft[kind] ?? {}, id) : { ...draft[kind], [id]: rule };
  return Object.keys(rules).length === 0 ? without(draft, kind) : { ...draft, [kind]: rules };
};

/** The draft with other values for a rule; a value that stands there anyway is no change. */
export function change(
  draft: Draft,
  base: Pick<RecordInfo, 'kind' | 'id' | 'fields'>,
  patch: Record<string, unknown>,
): Draft {
  const before = draft[base.kind]?.[base.id];
  if (before?.isNew === true)
    return put(draft, base.kind, base.id, { ...before, fields: { ...before.fields, ...patch } });
  let [fields, was] = [before?.fields ?? {}, before?.was ?? {}];
  for (const [name, value] of Object.entries(patch)) {
    const stands = base.fields[name] ?? null;
    if (isSame(value, stands)) [fields, was] = [without(fields, name), without(was, name)];
    else
      [fields, was] = [
        { ...fields, [name]: value ?? null },
        { ...was, [name]: stands },
      ];
  }
  return put(draft, base.kind, base.id, Object.keys(fields).length === 0 ? null : { fields, was });
}

/** The draft with a new rule, and the id by which the draft knows it. */
export function add(draft: Draft, kind: string, fields: Record<string, unknown>): [Draft, string] {
  const taken = Object.keys(draft[kind] ?? {}).filter(isNewId);
  const id = `${NEW}${1 + Math.max(0, ...taken.map((one) => Number(one.slice(NEW.length))))}`;
  return [put(draft, kind, id, { fields, was: {}, isNew: true }), id];
}

/** The draft without what it says of a rule. */
export const drop = (draft: Draft, kind: string, id: string): Draft => put(draft, kind, id, null);

/** The rules of a kind as they would be. */
export function drafted(records: RecordInfo[], kind: string, draft: Draft): RecordInfo[] {
  const changes = draft[kind] ?? {};
  const present = records.map((record) => {
    const rule = changes[record.id];
    return rule === undefined
      ? record
      : { ...record, fields: { ...record.fields, ...(rule.fields as RecordInfo['fields']) } };
  });
  const made = Object.entries(changes)
    .filter(([, rule]) => rule.isNew === true)
    .map(
      ([id, rule]): RecordInfo => ({
        id,
        kind,
        title: String(rule.fields.name ?? ''),
        archived: false,
        created_at: '',
        updated_at: '',
        fields: rule.fields as RecordInfo['fields'],
        conflicts: {},
      }),
    );
  return [...present, ...made].sort(byRank);
}

/** How many rules the draft changes. */
export const countOf = (draft: Draft): number =>
  Object.values(draft).reduce((total, rules) => total + Object.keys(rules).length, 0);

const wireFields = (fields: Record<string, unknown>): Record<string, JsonValue> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, toWire(value)]));

/** The draft as the engine tries and writes it. */
export const wire = (draft: Draft): DraftRule[] =>
  Object.entries(draft).flatMap(([kind, rules]) =>
    Object.entries(rules).map(([id, rule]) => ({
      kind,
      id: rule.isNew === true ? null : id,
      draft: rule.isNew === true ? id : null,
      fields: wireFields(rule.fields),
      archived: false,
    })),
  );

/** Fields of a rule that somebody else has set otherwise since they were drafted. */
export function overtaken(record: RecordInfo, draft: Draft): string[] {
  const rule = draft[record.kind]?.[record.id];
  if (rule === undefined || rule.isNew === true) return [];
  return Object.keys(rule.fields).filter((name) => !isSame(rule.was[name], record.fields[name]));
}
