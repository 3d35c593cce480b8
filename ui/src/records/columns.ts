import { titleFields } from '@/api/schema';
import type { FieldInfo, KindInfo } from '@/api/types';
import { isNumeric } from './value';

export interface Column {
  /** `title` is the record's name, which stays in sight; the rest are fields. */
  field: FieldInfo;
  width: number;
}

const WIDTHS: Record<string, number> = {
  money: 136,
  integer: 104,
  boolean: 88,
  date: 112,
  instant: 140,
  currency: 88,
  country: 136,
  email: 208,
  phone: 144,
  url: 184,
  domain: 152,
  link: 168,
  choice: 140,
  tags: 176,
  roles: 216,
  prose: 240,
};

export const MIN_WIDTH = 64;
export const TITLE_WIDTH = 248;

export const defaultWidth = (field: FieldInfo): number => WIDTHS[field.type] ?? 160;

/** Fields that may be columns: all but those that are the title already, and long texts. */
export function possibleColumns(kind: KindInfo): FieldInfo[] {
  const title = new Set(titleFields(kind.name));
  return kind.fields.filter((field) => !title.has(field.name) && field.type !== 'text' && !field.internal);
}

/** The columns to show, in order: what was chosen, as far as it still exists, else what the schema lists. */
export function shownColumns(
  kind: KindInfo,
  chosen: string[] | null,
  widths: Record<string, number>,
): Column[] {
  const possible = possibleColumns(kind);
  const fields =
    chosen === null
      ? possible.filter((field) => field.listed)
      : chosen.flatMap((name) => possible.find((field) => field.name === name) ?? []);
  return fields.map((field) => ({ field, width: widths[field.name] ?? defaultWidth(field) }));
}

/** Amounts and counts add up; a founding year does not. */
export const addsUp = (field: FieldInfo): boolean => isNumeric(field.type) && field.name !== 'founded';
