import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { rpc } from '@/api/rpc';

const PAGE = 100;

export const historyQuery = (member: string | null) =>
  infiniteQueryOptions({
    queryKey: ['history', member],
    queryFn: ({ pageParam }) => rpc('history', { member, offset: pageParam, limit: PAGE }),
    initialPageParam: 0,
    getNextPageParam: (page, pages) => {
      const read = pages.reduce((sum, one) => sum + one.changes.length, 0);
      return page.changes.length > 0 && read < page.total ? read : null;
    },
  });

export const changeQuery = (change: string) =>
  queryOptions({ queryKey: ['change', change], queryFn: () => rpc('change', { change }) });

export const membersQuery = () =>
  queryOptions({
    queryKey: ['list', 'member', 'all'],
    queryFn: () => rpc('list', { kind: 'member', sort: [{ field: 'name', descending: false }], limit: 500 }),
  });
