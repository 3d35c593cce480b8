import { useCallback, useEffect, useRef } from 'react';
import { useApp } from '@/api/queries';
import type { RecordInfo } from '@/api/types';
import { useKept } from '@/state/preferences';
import { add, change, type Draft, drop } from './draft';

const NOTHING: Draft = {};

/** The draft of rules on this machine: kept until it is switched on or discarded, whatever is closed meanwhile. */
export function useDraft() {
  const workspace = useApp()?.workspace?.id ?? '';
  const [draft, keep] = useKept<Draft>(`rules_draft_${workspace}`, NOTHING);
  // Two edits in one handler build on each other.
  const latest = useRef(draft);
  useEffect(() => {
    latest.current = draft;
  }, [draft]);
  const set = useCallback(
    (next: Draft) => {
      latest.current = next;
      keep(next);
    },
    [keep],
  );
  return {
    draft,
    set,
    clear: useCallback(() => set(NOTHING), [set]),
    /** Drafts other values; `base` is the rule as it stands in the workspace, or as the draft made it. */
    edit: useCallback(
      (base: Pick<RecordInfo, 'kind' | 'id' | 'fields'>, patch: Record<string, unknown>) =>
        set(change(latest.current, base, patch)),
      [set],
    ),
    make: useCallback(
      (kind: string, fields: Record<string, unknown>): string => {
        const [next, id] = add(latest.current, kind, fields);
        set(next);
        return id;
      },
      [set],
    ),
    drop: useCallback((kind: string, id: string) => set(drop(latest.current, kind, id)), [set]),
  };
}

export type DraftHandle = ReturnType<typeof useDraft>;
