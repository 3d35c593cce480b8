import { useQueries, useQuery } from '@tanstack/react-query';
import { numberQuery } from '@/api/journey';
import { PAGE_SIZE } from '@/api/queries';
import { rpc } from '@/api/rpc';
import type { NumberRecords } from '@/api/types';
import { type Rows, usePagesInView } from '@/records/window-rows';
import type { Stretch } from './period-state';

/** Which number, and of which time. */
export interface NumberOf extends Stretch {
  number: string;
}

const pageQuery = (of: NumberOf, page: number) =>
  numberQuery({ ...of, offset: page * PAGE_SIZE, limit: PAGE_SIZE });

/** The records behind a number as rows of a table, of which only the pages in view are held. */
export function useNumberRows(of: NumberOf, first: number, last: number): Rows {
  const head = useQuery(pageQuery(of, 0));
  const pages = usePagesInView(first, last);
  const rest = useQueries({
    queries: pages.map((page) => ({
      queryKey: pageQuery(of, page).queryKey,
      queryFn: () => rpc('number', { ...of, offset: page * PAGE_SIZE, limit: PAGE_SIZE }),
      gcTime: 60_000,
    })),
  });
  const byPage = new Map<number, NumberRecords>();
  if (head.data !== undefined) byPage.set(0, head.data);
  pages.forEach((page, index) => {
    const data = rest[index]?.data;
    if (data !== undefined) byPage.set(page, data);
  });
  return {
    total: head.data?.total ?? 0,
    sums: {},
    at: (index) => byPage.get(Math.floor(index / PAGE_SIZE))?.records[index % PAGE_SIZE],
    stale: head.isPlaceholderData,
    first: head.data === undefined && head.error === null,
    error: head.error,
  };
}

/** The ids of all of a number's records, at most as many as are selected at once. */
export async function allOf(of: NumberOf, most: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < most) {
    const page = await rpc('number', { ...of, offset: ids.length, limit: 1000 });
    ids.push(...page.records.map((record) => record.id));
    if (page.records.length < 1000) break;
  }
  return ids;
}
