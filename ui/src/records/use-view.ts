import { useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { type ListView, parseView, plainView, useLists } from './list-state';
import { useViews } from './view-tabs';

/** The view of a kind's list that is shown: a saved one, or all, with what was changed since. */
export function useView(kind: string) {
  const active = useSearch({ strict: false }).view;
  const views = useViews(kind);
  const query = views.find((candidate) => candidate.id === active)?.fields.query;
  const saved = useMemo(() => (query === undefined ? plainView(kind) : parseView(query)), [kind, query]);
  const key = `${kind}/${active ?? ''}`;
  const changed = useLists((state) => state.views[key]);
  const { change, reset } = useLists.getState();
  const onView = useCallback((next: Partial<ListView>) => change(key, next, saved), [change, key, saved]);
  return {
    views,
    view: changed ?? saved,
    changed: changed !== undefined && JSON.stringify(changed) !== JSON.stringify(saved),
    onView,
    onReset: () => reset(key),
  };
}
