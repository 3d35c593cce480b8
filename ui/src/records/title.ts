import { titleFields } from '@/api/schema';
import type { FieldInfo, KindInfo, RecordInfo } from '@/api/types';

/** The field through which a record's name is edited in place. */
export function titleEditorField(kind: KindInfo): FieldInfo | undefined {
  const [first] = titleFields(kind.name);
  const field = kind.fields.find((candidate) => candidate.name === first);
  return field && { ...field, type: 'line' };
}

/** The name as it is edited: a person's first and last name in one line. */
export function titleText(kind: string, record: Pick<RecordInfo, 'fields'>): string {
  return titleFields(kind)
    .map((name) => record.fields[name])
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' ');
}

/** The fields that a written name sets. A person's last word is the last name. */
export function editTitle(kind: string, text: string): Record<string, string | null> {
  const [first = 'name', second] = titleFields(kind);
  const name = text.trim();
  if (second === undefined) return { [first]: name === '' ? null : name };
  const at = name.lastIndexOf(' ');
  if (at < 0) return { [first]: null, [second]: name === '' ? null : name };
  return { [first]: name.slice(0, at).trim(), [second]: name.slice(at + 1) };
}
