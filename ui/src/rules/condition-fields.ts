import { findField } from '@/api/schema';
import type { FieldInfo, SchemaInfo } from '@/api/types';
import { fieldLabel, kindLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import type { ActivityCondition } from './conditions';

/** Whose fields conditions may look at, and which; the workspace's own ones besides. */
const FIELDS: Record<string, string[]> = {
  opportunity: [
    'name',
    'stage',
    'type',
    'value',
    'currency',
    'source',
    'campaign',
    'product',
    'account',
    'owner',
    'people',
    'opened_on',
    'close_date',
    'next_step',
    'next_step_date',
    'renewal_on',
    'return_on',
    'exit_reason',
    'parent',
  ],
  account: ['name', 'industry', 'country', 'type', 'employees', 'annual_revenue'],
  person: ['job_title', 'seniority', 'language', 'role'],
};

/** The kind and the name in a field's path. */
export function placeOf(path: string): [kind: string, name: string] {
  const [first, ...rest] = path.split('.');
  return (first === 'account' || first === 'person') && rest.length > 0
    ? [first, rest.join('.')]
    : ['opportunity', path];
}

const pathOf = (kind: string, name: string) => (kind === 'opportunity' ? name : `${kind}.${name}`);

/** The field that a path names. A person's role stands with the opportunity. */
export function fieldAt(schema: SchemaInfo, path: string): FieldInfo | undefined {
  const [kind, name] = placeOf(path);
  const known = (of: string) => schema.kinds.find((candidate) => candidate.name === of);
  if (kind === 'person' && name === 'role') {
    const people = findField(known('opportunity'), 'people');
    return people && { ...people, name, type: 'choice', target: null, label: m.condition_role(), open: true };
  }
  return findField(known(kind), name);
}

/** What a path's field is called, and whose it is: “Employees of the account”. */
export function pathLabel(schema: SchemaInfo, path: string): string {
  const [kind, name] = placeOf(path);
  const field = fieldLabel(kind, fieldAt(schema, path) ?? name);
  if (kind === 'account') return m.condition_of_account({ field });
  return kind === 'person' ? m.condition_of_person({ field }) : field;
}

export interface Subject {
  value: string;
  label: string;
}

/** What a condition may be about, by whose it is. */
export function subjects(schema: SchemaInfo): { label: string; options: Subject[] }[] {
  const fields = Object.entries(FIELDS).map(([kind, names]) => {
    const own = schema.kinds.find((candidate) => candidate.name === kind)?.fields ?? [];
    const usable = [...names, ...own.filter((field) => field.custom).map((field) => field.name)];
    return {
      label: kindLabel(kind),
      options: usable
        .map((name) => pathOf(kind, name))
        .flatMap((path) => {
          return fieldAt(schema, path) === undefined ? [] : [{ value: path, label: pathLabel(schema, path) }];
        }),
    };
  });
  const other = [
    { value: ACTIVITY, label: m.condition_subject_activity() },
    { value: GATE, label: m.condition_subject_gate() },
  ];
  return [{ label: m.condition_subject_other(), options: other }, ...fields];
}

/** Subjects that are no field. No field's name holds a colon. */
export const ACTIVITY = ':activity';
export const GATE = ':gate';

/** How a field may be compared, the most useful first. */
export function comparisons(field: FieldInfo | undefined): string[] {
  switch (field?.type) {
    case 'money':
    case 'integer':
      return ['over', 'at_least', 'under', 'at_most', 'between', 'is', 'is_not', 'not_empty', 'empty'];
    case 'date':
    case 'instant':
      return ['over', 'at_least', 'under', 'at_most', 'between', 'is', 'not_empty', 'empty'];
    case 'boolean':
      return ['is', 'not_empty', 'empty'];
    case 'choice':
    case 'link':
    case 'country':
    case 'currency':
    case 'language':
      return ['any_of', 'none_of', 'not_empty', 'empty'];
    case 'roles':
    case 'tags':
      return ['not_empty', 'empty', 'any_of', 'none_of'];
    default:
      return ['contains', 'is', 'is_not', 'any_of', 'none_of', 'not_empty', 'empty'];
  }
}

/** What a new condition about activities asks, so that it says something at once. */
export const NEW_ACTIVITY: ActivityCondition = {
  activity: ['form', 'meeting', 'call'],
  direction: 'inbound',
  within_days: 90,
};
