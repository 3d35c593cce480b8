import type { Patch } from './optimistic';
import type { JsonValue } from './serde_json/JsonValue';

export interface Edit {
  kind: string;
  ids: string[];
  /** As shown: a link is `{id, title}`; what is written is derived from it. */
  fields: Patch;
  reason?: string;
  /** Why, although a rule holds a move back; counted. */
  override?: string;
  /** The rules that were shown to who says so: opportunity → names. */
  overrides?: { [id: string]: string[] };
  /** The editor shows what went wrong itself, beside the field. */
  quiet?: boolean;
  /** Something was written, whether at once or once a reason was given. */
  onWritten?: (change: string) => void;
}

/** A value as it is written: links by their id. */
export function toWire(value: unknown): JsonValue {
  if (Array.isArray(value)) {
    return value.map((item) =>
      typeof item === 'object' && item !== null && 'id' in item
        ? { id: item.id as string, role: ((item as { role?: string }).role ?? '') as string }
        : (item as JsonValue),
    );
  }
  if (typeof value === 'object' && value !== null && 'id' in value) return value.id as string;
  return (value ?? null) as JsonValue;
}
