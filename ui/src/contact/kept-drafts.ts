import { create } from 'zustand';
import { type ContactType, type Draft, empty } from './draft';

/** What was begun at a record and not logged yet, by the record's id: it is there again when the record is. */
const useDrafts = create<Record<string, Draft>>(() => ({}));

/** The contact begun at a record, kept as long as the window is open. */
export function useKeptDraft(id: string, type: ContactType) {
  const draft = useDrafts((drafts) => drafts[id]) ?? empty(type);
  const set = (change: (now: Draft) => Draft) =>
    useDrafts.setState((drafts) => ({ [id]: change(drafts[id] ?? empty(type)) }));
  return [draft, set] as const;
}
