import { useQueries, useQuery } from '@tanstack/react-query';
import { numberQuery } from '@/api/journey';
import { PAGE_SIZE } from '@/api/queries';
import { rpc } from '@/api/rpc';
import { pagedRows, type Rows, usePagesInView } from '@/records/window-rows';
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
  return { ...pagedRows(head, pages, rest), sums: {} };
}
