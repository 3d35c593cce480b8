import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { listQuery, PAGE_SIZE, type Selection } from '@/api/queries';
import type { RecordInfo, RecordPage } from '@/api/types';

export interface Paged<Row> {
  total: number;
  /** What is in a row, where its page has been read. */
  at(index: number): Row | undefined;
  /** What is shown belongs to an earlier selection; the new one is being read. */
  stale: boolean;
  /** Nothing has been read yet. */
  first: boolean;
  error: Error | null;
}

interface Page<Row> {
  total: number;
  records: Row[];
}

export interface Rows extends Paged<RecordInfo> {
  sums: RecordPage['sums'];
}

/** Pages passed at speed are not read; where the eye rests is. */
const REST_MS = 50;

/** The pages after the first that `first…last` lie on. */
export function usePagesInView(first: number, last: number): number[] {
  const from = Math.floor(Math.max(0, first) / PAGE_SIZE);
  const to = Math.floor(Math.max(0, last) / PAGE_SIZE);
  const [pages, setPages] = useState<[number, number]>([from, to]);
  const at = useRef(performance.now());
  useEffect(() => {
    const now = performance.now();
    const hurried = now - at.current < REST_MS;
    at.current = now;
    if (!hurried) {
      setPages([from, to]);
      return;
    }
    const timer = window.setTimeout(() => setPages([from, to]), REST_MS);
    return () => window.clearTimeout(timer);
  }, [from, to]);
  return useMemo(() => {
    const list: number[] = [];
    for (let page = Math.max(1, pages[0]); page <= pages[1]; page++) list.push(page);
    return list;
  }, [pages]);
}

/**
 * The rows of a list, of which only the pages in view are held: page 0 (which also tells the total and the sums) and those
 * around `first…last`. Others are let go by the query cache after a while.
 */
export function useRows(selection: Selection, first: number, last: number, sums: string[]): Rows {
  const head = useQuery({ ...listQuery(selection, 0, sums), placeholderData: keepPreviousData });
  const pages = usePagesInView(first, last);
  const rest = useQueries({
    queries: pages.map((page) => ({ ...listQuery(selection, page), gcTime: 60_000 })),
  });
  return { ...pagedRows(head, pages, rest), sums: head.data?.sums ?? {} };
}

/** Rows out of their pages: the first one, which tells the total, and those in view. */
export function pagedRows<Row>(
  head: { data: Page<Row> | undefined; error: Error | null; isPlaceholderData: boolean },
  pages: number[],
  rest: { data: Page<Row> | undefined }[],
): Paged<Row> {
  const byPage = new Map<number, Page<Row>>();
  if (head.data !== undefined) byPage.set(0, head.data);
  pages.forEach((page, index) => {
    const data = rest[index]?.data;
    if (data !== undefined) byPage.set(page, data);
  });
  return {
    total: head.data?.total ?? 0,
    at: (index) => byPage.get(Math.floor(index / PAGE_SIZE))?.records[index % PAGE_SIZE],
    stale: head.isPlaceholderData,
    first: head.data === undefined && head.error === null,
    error: head.error,
  };
}
