import { create } from 'zustand';

/** What was begun and is not done yet, by what it is and the record it is about. Nothing of it outlives the window. */
const useDrafts = create<Record<string, unknown>>(() => ({}));

/** What was begun in a form: it is there again when the form is. */
export function useKeptDraft<T>(key: string, empty: T) {
  const read = (drafts: Record<string, unknown>) => (drafts[key] as T | undefined) ?? empty;
  const draft = useDrafts(read);
  const change = (next: (now: T) => T) => useDrafts.setState((drafts) => ({ [key]: next(read(drafts)) }));
  /** It is done, or given up for good. */
  const clear = () => useDrafts.setState({ [key]: undefined });
  return { draft, change, clear };
}
