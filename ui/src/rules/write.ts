import { sayDone, useEdit } from '@/api/actions';
import { toWire } from '@/api/edits';
import { noteChanged } from '@/api/events';
import { patchCaches } from '@/api/optimistic';
import { rpc } from '@/api/rpc';
import type { RecordInfo } from '@/api/types';
import { m } from '@/paraglide/messages.js';
import { complain } from '@/state/toasts';
import { moved } from './records';

/** Writes fields of a rule at once; a refusal is left to the field that was written. */
export function useWrite() {
  const edit = useEdit();
  return (record: RecordInfo, fields: Record<string, unknown>): Promise<unknown> =>
    edit.mutateAsync({ kind: record.kind, ids: [record.id], fields, quiet: true });
}

/** Writes where the refusal has no field to stand at: it is told. */
export function useTell() {
  const write = useWrite();
  return (record: RecordInfo, fields: Record<string, unknown>): Promise<unknown> =>
    write(record, fields).catch(complain);
}

/** Makes a rule; a refusal is left to the line it was written in. */
export async function makeRule(kind: string, fields: Record<string, unknown>): Promise<RecordInfo> {
  const wire = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, toWire(value)]));
  const record = await rpc('create', { kind, fields: wire, reason: null });
  noteChanged({ kinds: [kind], ids: [record.id] });
  sayDone(m.said_created({ title: record.title }), record.change);
  return record;
}

/** Sets a record aside, or takes it back. */
export async function setAside(record: { id: string; kind: string }, archived: boolean): Promise<void> {
  try {
    const done = await rpc('archive', { ids: [record.id], archived, reason: null });
    noteChanged({ kinds: [record.kind], ids: [record.id] });
    if (archived) sayDone(m.rules_set_aside_done(), done.change);
  } catch (cause) {
    complain(cause);
  }
}

/** Moves a rule among its peers: shown at once, and one action however many places change. */
export async function moveRule(records: RecordInfo[], from: number, to: number): Promise<void> {
  const ranks = moved(records, from, to);
  if (ranks.length === 0) return;
  const back = await Promise.all(
    ranks.map(({ record, rank }) => patchCaches(record.kind, new Set([record.id]), { rank })),
  );
  try {
    await rpc('switch_on', {
      drafts: ranks.map(({ record: { kind, id }, rank }) => ({
        kind,
        id,
        draft: null,
        fields: { rank },
        archived: false,
      })),
      reason: null,
    });
  } catch (cause) {
    for (const undo of back.reverse()) undo();
    complain(cause);
  }
  noteChanged({ kinds: [records[0]?.kind ?? ''], ids: null });
}
