import { useQuery } from '@tanstack/react-query';
import { schemaQuery } from './queries';
import type { FieldInfo, KindInfo, SchemaInfo } from './types';

const NONE: SchemaInfo = { kinds: [], stages: [] };

/** The schema; empty while it is being read. */
export function useSchema(): SchemaInfo {
  return useQuery(schemaQuery()).data ?? NONE;
}

export function useKind(kind: string): KindInfo | undefined {
  return useSchema().kinds.find((candidate) => candidate.name === kind);
}

/** What every record has besides its fields; lists sort and filter by these too. */
export const GENERAL_FIELDS: readonly FieldInfo[] = [
  { name: 'created_at', type: 'instant' },
  { name: 'updated_at', type: 'instant' },
].map((field) => ({
  options: [],
  open: false,
  target: null,
  required: false,
  listed: false,
  custom: false,
  label: null,
  internal: true,
  by_doing: false,
  ...field,
}));

export function findField(kind: KindInfo | undefined, name: string): FieldInfo | undefined {
  return (
    kind?.fields.find((field) => field.name === name) ?? GENERAL_FIELDS.find((field) => field.name === name)
  );
}

/** Kinds whose records show titles of this kind: they change when its titles do. */
export function kindsLinkingTo(schema: SchemaInfo, kinds: ReadonlySet<string>): Set<string> {
  const found = new Set(kinds);
  for (const kind of schema.kinds) {
    if (kind.fields.some((field) => field.target !== null && kinds.has(field.target))) found.add(kind.name);
  }
  return found;
}

/** Fields that hold the record's name; the title column edits the first of them. */
const TITLE_FIELDS: Record<string, string[]> = {
  person: ['first_name', 'last_name'],
  activity: ['subject'],
};

export const titleFields = (kind: string): string[] => TITLE_FIELDS[kind] ?? ['name'];
