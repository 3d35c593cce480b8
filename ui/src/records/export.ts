import type { KindInfo, RecordInfo } from '@/api/types';
import { fieldLabel } from '@/i18n/labels';
import { isLink } from './value';

/** A spreadsheet takes a cell that starts with one of these for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

export function csvCell(value: unknown): string {
  const plain = (one: unknown): string => (isLink(one) ? one.title : String(one ?? ''));
  const text = Array.isArray(value) ? value.map(plain).join('; ') : plain(value);
  const safe = typeof value !== 'number' && FORMULA.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Some records as a CSV text with their fields' labels as headings. */
export function toCsv(kind: KindInfo, records: RecordInfo[]): string {
  const fields = kind.fields.filter((field) => field.type !== 'text');
  const head = ['id', ...fields.map((field) => fieldLabel(kind.name, field))];
  const lines = records.map((record) => [record.id, ...fields.map((field) => record.fields[field.name])]);
  return `${[head, ...lines].map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`;
}
