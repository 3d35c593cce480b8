import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { Input } from './commands';
import { rpc } from './rpc';
import type { BoardQuery, Filter, RecordPage, Sort } from './types';

/** Which records of a kind a list shows, and in which order. */
export interface Selection {
  kind: string;
  filters: Filter[];
  sort: Sort[];
  text: string;
}

export const appQuery = () => queryOptions({ queryKey: ['app'], queryFn: () => rpc('app') });
export const schemaQuery = () => queryOptions({ queryKey: ['schema'], queryFn: () => rpc('schema') });
export const statusQuery = () => queryOptions({ queryKey: ['status'], queryFn: () => rpc('status') });

/** How many records are read at once: small enough to answer within a frame, large enough to scroll ahead of the eye. */
export const PAGE_SIZE = 100;

export const listQuery = (selection: Selection, page: number, sums: string[] = []) =>
  queryOptions({
    queryKey: ['list', selection.kind, { ...selection, sums: page === 0 ? sums : [] }, page],
    queryFn: () =>
      rpc('list', {
        kind: selection.kind,
        filters: selection.filters,
        sort: selection.sort,
        text: selection.text.trim() === '' ? null : selection.text,
        offset: page * PAGE_SIZE,
        limit: PAGE_SIZE,
        sums: page === 0 ? sums : [],
      }),
  });

/** Only how many records there are; kept as a page like every list. */
export const totalQuery = ({ kind, filters, text }: Selection) =>
  queryOptions({
    queryKey: ['list', kind, { filters, text }, 'total'],
    queryFn: () => rpc('list', { kind, filters, text: text.trim() === '' ? null : text, limit: 1 }),
    select: (page: RecordPage) => page.total,
  });

export const boardQuery = (query: Input<BoardQuery>) =>
  queryOptions({
    queryKey: ['board', query],
    queryFn: () => rpc('board', query),
    placeholderData: keepPreviousData,
  });

export const recordQuery = (id: string) =>
  queryOptions({
    queryKey: ['record', id],
    queryFn: () => rpc('record', { id }),
    // The panel follows the list: the last record stays until the next is there.
    placeholderData: keepPreviousData,
  });

export const relatedQuery = (id: string) =>
  queryOptions({ queryKey: ['related', id], queryFn: () => rpc('related', { id }) });

export const fieldHistoryQuery = (id: string, field: string) =>
  queryOptions({
    queryKey: ['field_history', id, field],
    queryFn: () => rpc('field_history', { id, field }),
  });

export const conflictsQuery = () =>
  queryOptions({ queryKey: ['conflicts'], queryFn: () => rpc('conflicts') });

export const valuesQuery = (kind: string, field: string) =>
  queryOptions({
    queryKey: ['values', kind, field],
    queryFn: () => rpc('values', { kind, field, limit: 200 }),
  });

export const searchQuery = (text: string, kind: string | null, limit = 20) =>
  queryOptions({
    queryKey: ['search', text, kind, limit],
    queryFn: () => rpc('search', { text, kind, limit }),
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });

export const useApp = () => useQuery(appQuery()).data;
export const useStatus = () => useQuery(statusQuery()).data;
