import { useQueries } from '@tanstack/react-query';
import { listQuery, PAGE_SIZE } from '@/api/queries';
import { queryClient } from '@/api/query-client';
import type { BoardColumn, Filter, RecordInfo, Sort } from '@/api/types';

/** How many cards of a column come with the board itself. */
export const FIRST_CARDS = 30;

/** The board's order: what is due next comes first. */
export const BOARD_SORT: Sort[] = [
  { field: 'next_step_date', descending: false },
  { field: 'updated_at', descending: true },
];

/** The cards that stand in a stage, as a list. */
const cardsIn = (stage: string, filters: Filter[], text: string) => ({
  kind: 'opportunity',
  filters: [...filters, { field: 'stage', op: 'is', value: stage }],
  sort: BOARD_SORT,
  text,
});

/** How many pages of a column are read at most to find a card in it. */
const MOST_PAGES = 10;

/** Where a card stands in a stage; null where it is not found among the first pages. */
export async function placeIn(
  stage: string,
  id: string,
  filters: Filter[],
  text: string,
): Promise<number | null> {
  for (let page = 0; page < MOST_PAGES; page++) {
    const { records } = await queryClient.fetchQuery(listQuery(cardsIn(stage, filters, text), page));
    const at = records.findIndex((record) => record.id === id);
    if (at >= 0) return page * PAGE_SIZE + at;
    if (records.length < PAGE_SIZE) return null;
  }
  return null;
}

/** The cards of a column: the first come with the board, the rest is read a page at a time where it comes into view. */
export function useColumnRows(
  column: BoardColumn,
  filters: Filter[],
  text: string,
  first: number,
  last: number,
): (index: number) => RecordInfo | undefined {
  const selection = cardsIn(column.stage, filters, text);
  const pages: number[] = [];
  const known = column.records.length;
  if (last >= known && known < column.count) {
    for (
      let page = Math.floor(Math.max(first, known) / PAGE_SIZE);
      page <= Math.floor(last / PAGE_SIZE);
      page++
    )
      pages.push(page);
  }
  const answers = useQueries({
    queries: pages.map((page) => ({ ...listQuery(selection, page), gcTime: 60_000 })),
  });
  return (index) => {
    if (index < known) return column.records[index];
    const at = pages.indexOf(Math.floor(index / PAGE_SIZE));
    return at < 0 ? undefined : answers[at]?.data?.records[index % PAGE_SIZE];
  };
}
