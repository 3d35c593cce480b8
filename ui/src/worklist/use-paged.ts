import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { CLOCKS_MS } from '@/api/journey';
import { PAGE_SIZE } from '@/api/queries';
import { type Paged, pagedRows, usePagesInView } from '@/records/window-rows';

interface Page<Row> {
  total: number;
  items: Row[];
}

export interface WorkRows<Row> extends Paged<Row> {
  /** All of it was read after the last change: what is not there is gone. */
  settled: boolean;
}

const asRecords = <Row>(answer: Page<Row> | undefined) =>
  answer && { total: answer.total, records: answer.items };

/** The items of a list that are wanted. */
export interface Range {
  /** The first and last in view. */
  first: number;
  last: number;
  /** The one under the cursor, which may be far from what is in view. */
  at: number;
}

export const TOP: Range = { first: 0, last: 0, at: 0 };

/** So far around the cursor its record is looked for when lines come and go above it. */
const AROUND = 20;

/** The pages after the first that lie around the cursor. */
function pagesAround(at: number, total: number): number[] {
  const pageOf = (index: number) =>
    Math.floor(Math.min(Math.max(0, index), Math.max(0, total - 1)) / PAGE_SIZE);
  return [pageOf(at - AROUND), pageOf(at + AROUND)].filter((page) => page > 0);
}

/**
 * A list that follows from the records, of which only the pages in view and around the cursor are held, and what its first page says of the whole.
 * `key` names it among them.
 */
export function usePaged<Row, Answer extends Page<Row>>(
  key: readonly unknown[],
  read: (offset: number, limit: number) => Promise<Answer & Page<Row>>,
  { first, last, at }: Range,
): { head: Answer | undefined; rows: WorkRows<Row> } {
  const inView = usePagesInView(first, last);
  const options = (page: number) => ({
    queryKey: ['journey', ...key, page],
    queryFn: () => read(page * PAGE_SIZE, PAGE_SIZE),
    refetchInterval: CLOCKS_MS,
  });
  const head = useQuery({ ...options(0), placeholderData: keepPreviousData });
  const pages = [...new Set([...inView, ...pagesAround(at, head.data?.total ?? 0)])];
  const rest = useQueries({ queries: pages.map(options) });
  const rows = pagedRows<Row>(
    { data: asRecords(head.data), error: head.error, isPlaceholderData: head.isPlaceholderData },
    pages,
    rest.map(({ data }) => ({ data: asRecords(data) })),
  );
  const settled = !head.isPlaceholderData && !head.isFetching && rest.every(({ isFetching }) => !isFetching);
  return { head: head.data, rows: { ...rows, settled } };
}
