import { create } from 'zustand';
import type { Filter, Sort } from '@/api/types';

/** How a list is shown: what a saved view keeps. */
export interface ListView {
  filters: Filter[];
  sort: Sort[];
  text: string;
  /** Fields shown as columns, in order; absent: those the schema lists. */
  columns: string[] | null;
}

export const PLAIN_VIEW: ListView = { filters: [], sort: [], text: '', columns: null };

/** How a kind is shown before anybody chose: what happened comes newest first, the rest by title. */
export const plainView = (kind: string): ListView =>
  kind === 'activity' ? { ...PLAIN_VIEW, sort: [{ field: 'at', descending: true }] } : PLAIN_VIEW;

interface Lists {
  /** By kind and saved view. */
  views: Record<string, ListView>;
  change(key: string, change: Partial<ListView>, from: ListView): void;
  reset(key: string): void;
}

/** What people have changed about the lists of this window and not saved; it survives going to another screen. */
export const useLists = create<Lists>((set) => ({
  views: {},
  change: (key, change, from) =>
    set(({ views }) => ({ views: { ...views, [key]: { ...(views[key] ?? from), ...change } } })),
  reset: (key) =>
    set(({ views }) => {
      const { [key]: _, ...rest } = views;
      return { views: rest };
    }),
}));

/** Reads what a saved view keeps; what a newer version wrote besides is ignored. */
export function parseView(query: unknown): ListView {
  try {
    const raw = JSON.parse(String(query)) as Partial<ListView> | null;
    if (raw === null || typeof raw !== 'object') return PLAIN_VIEW;
    return {
      filters: Array.isArray(raw.filters) ? raw.filters : [],
      sort: Array.isArray(raw.sort) ? raw.sort : [],
      text: typeof raw.text === 'string' ? raw.text : '',
      columns: Array.isArray(raw.columns) ? raw.columns.map(String) : null,
    };
  } catch {
    return PLAIN_VIEW;
  }
}

/** A click on a column's head: first rising, then falling, then back to the order by title. */
export function nextSort(sort: Sort[], field: string, add: boolean): Sort[] {
  const at = sort.find((one) => one.field === field);
  const others = add ? sort.filter((one) => one.field !== field) : [];
  if (at === undefined) return [...others, { field, descending: false }];
  if (!at.descending) {
    return add
      ? sort.map((one) => (one === at ? { field, descending: true } : one))
      : [{ field, descending: true }];
  }
  return others;
}
