import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { PAGE_SIZE } from '@/api/queries';
import { type Paged, pagedRows, usePagesInView } from '@/records/window-rows';

interface Page<Row> {
  total: number;
  items: Row[];
}

/** Clocks run while nobody writes. */
const CLOCKS_MS = 60_000;

const asRecords = <Row>(answer: Page<Row> | undefined) =>
  answer && { total: answer.total, records: answer.items };

/**
 * A list that follows from the records, of which only the pages in view are held, and what its first page says of the whole.
 * `key` names it among them.
 */
export function usePaged<Row, Answer extends Page<Row>>(
  key: readonly unknown[],
  read: (offset: number, limit: number) => Promise<Answer & Page<Row>>,
  [first, last]: [number, number],
): { head: Answer | undefined; rows: Paged<Row> } {
  const pages = usePagesInView(first, last);
  const options = (page: number) => ({
    queryKey: ['journey', ...key, page],
    queryFn: () => read(page * PAGE_SIZE, PAGE_SIZE),
    refetchInterval: CLOCKS_MS,
  });
  const head = useQuery({ ...options(0), placeholderData: keepPreviousData });
  const rest = useQueries({ queries: pages.map(options) });
  const rows = pagedRows<Row>(
    { data: asRecords(head.data), error: head.error, isPlaceholderData: head.isPlaceholderData },
    pages,
    rest.map(({ data }) => ({ data: asRecords(data) })),
  );
  return { head: head.data, rows };
}
