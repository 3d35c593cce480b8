import { useMutation } from '@tanstack/react-query';
import { describeChange } from '@/i18n/sentences';
import { leavesUnexplained, useGuard } from '@/journey/guard-state';
import { m } from '@/paraglide/messages.js';
import { complain, say, toasts } from '@/state/toasts';
import { type Edit, toWire } from './edits';
import { noteChanged } from './events';
import { type Patch, patchCaches } from './optimistic';
import { queryClient } from './query-client';
import { ApiFailure, rpc } from './rpc';
import type { JsonValue } from './serde_json/JsonValue';
import type { AppState, Done, Made, Undone } from './types';

export { type Edit, toWire } from './edits';

const toWireFields = (fields: Patch): { [key: string]: JsonValue } =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, toWire(value)]));

const NOTHING_YET: Done = { change: null, records: 0 };

/** Whether a rule holds back what was asked for, until there is a reason for it. */
export const isHeld = (cause: unknown): cause is ApiFailure =>
  cause instanceof ApiFailure && cause.code === 'rule_violated';

/**
 * Sets fields: shown at once, taken back with a word when the engine refuses. A move that needs a reason first, or that a rule
 * holds back, waits in {@link useGuard}: to whoever asked for it, it is done with.
 */
export function useEdit() {
  const { mutate: send, mutateAsync: sendAsync } = useSend();
  const mutate: typeof send = (edit, options) => {
    if (leavesUnexplained(edit)) useGuard.setState({ leaving: edit });
    else send(edit, options);
  };
  const mutateAsync = async (edit: Edit): Promise<Done> => {
    if (leavesUnexplained(edit)) {
      useGuard.setState({ leaving: edit });
      return NOTHING_YET;
    }
    try {
      return await sendAsync(edit);
    } catch (cause) {
      if (isHeld(cause)) return NOTHING_YET;
      throw cause;
    }
  };
  return { mutate, mutateAsync };
}

function useSend() {
  return useMutation({
    mutationFn: ({ ids, fields, reason, override, overrides }: Edit) =>
      rpc('set', {
        ids,
        fields: toWireFields(fields),
        reason: reason ?? null,
        override_reason: override ?? null,
        overrides: overrides ?? null,
      }),
    onMutate: ({ kind, ids, fields }) => patchCaches(kind, new Set(ids), fields),
    onError: (cause, edit, rollback) => {
      rollback?.();
      noteChanged({ kinds: [edit.kind], ids: edit.ids });
      if (isHeld(cause)) useGuard.setState({ held: edit });
      else if (!edit.quiet) complain(cause);
    },
    onSuccess: (done, { kind, ids, onWritten }) => {
      noteChanged({ kinds: [kind], ids });
      if (done.change !== null) onWritten?.(done.change);
      if (ids.length > 1) sayDone(m.said_changed({ count: done.records }), done.change);
    },
  });
}

export function useArchive() {
  return useMutation({
    mutationFn: ({ ids, archived = true }: { kind: string; ids: string[]; archived?: boolean }) =>
      rpc('archive', { ids, archived }),
    onError: complain,
    onSuccess: (done, { kind, ids, archived = true }) => {
      noteChanged({ kinds: [kind], ids });
      if (archived) sayDone(m.said_archived({ count: ids.length }), done.change);
    },
  });
}

export function useCreate() {
  return useMutation({
    mutationFn: ({ kind, fields, override }: { kind: string; fields: Patch; override?: string }) =>
      rpc('create', { kind, fields: toWireFields(fields), override_reason: override ?? null }),
    onSuccess: (record: Made) => {
      void noteChanged({ kinds: [record.kind], ids: [record.id] });
    },
  });
}

export function useSettle() {
  return useMutation({
    mutationFn: ({ id, field, value }: { kind: string; id: string; field: string; value: unknown }) =>
      rpc('settle', { id, field, value: toWire(value) }),
    onError: complain,
    onSuccess: (done, { kind, id }) => {
      noteChanged({ kinds: [kind], ids: [id] });
      sayDone(m.said_settled(), done.change);
    },
  });
}

function tellUndone(undone: Undone, words: { done: string; nothing: string }): void {
  noteChanged({ kinds: undone.undid.kind === null ? [] : [undone.undid.kind], ids: null });
  const kept = undone.kept.map((field) => field.record.title).slice(0, 3);
  say(undone.change === null ? words.nothing : words.done, {
    ...(undone.kept.length === 0
      ? {}
      : { description: m.said_left_alone({ count: undone.kept.length, records: kept.join(', ') }) }),
  });
}

/** The toast that offers the way back out of a change. */
const toastOf = (change: string): string => `change ${change}`;

/** Says what was done, with the way back out of that very change. Where nothing changed there is nothing to take back. */
export function sayDone(title: string, change: string | null): void {
  say(title, change === null ? {} : { name: toastOf(change), undo: () => void undoChange(change) });
}

/** The change that was just written by a command that does not answer it: one's own newest, where it is of that action. */
export async function justWritten(action: string): Promise<string | null> {
  const me = queryClient.getQueryData<AppState>(['app'])?.workspace?.me.id ?? null;
  const { changes } = await rpc('history', { member: me, limit: 1 });
  return changes[0]?.action === action ? changes[0].change : null;
}

/** Undoes a change and says what was restored and what was left alone. */
export const undoChange = (change: string): Promise<void> => undo(change);

/** Undoes one's own last change, whichever that was. */
export const undoLast = (): Promise<void> => undo(null);

async function undo(change: string | null): Promise<void> {
  try {
    const undone = await rpc('undo', { change });
    // Its way back has been gone, by whichever door.
    toasts.close(toastOf(undone.undid.change));
    tellUndone(undone, {
      done: m.said_undone({ what: describeChange(undone.undid) }),
      nothing: m.said_nothing_restored(),
    });
  } catch (cause) {
    complain(cause);
  }
}

export async function redoChange(): Promise<void> {
  try {
    // What a redo undoes is the undo: say what came back instead.
    const redone = await rpc('redo');
    tellUndone(redone, {
      done: m.said_redone({ what: describeChange({ ...redone.undid, action: 'set' }) }),
      nothing: m.said_nothing_restored(),
    });
  } catch (cause) {
    complain(cause);
  }
}
