import { queryOptions, useQuery } from '@tanstack/react-query';
import { rpc } from './rpc';
import type { RecordInfo, RecordPage } from './types';

/** Rules of one sort that are read at once; more than anybody keeps an eye on. */
const MOST = 1000;

/** All rules of a kind. Its key is a list's, so that changes are noticed and shown as in any list. */
const rulesQuery = (kind: string) =>
  queryOptions({
    queryKey: ['list', kind, 'rules', 0],
    queryFn: () =>
      rpc('list', {
        kind,
        filters: [],
        sort: [{ field: 'created_at', descending: false }],
        text: null,
        offset: 0,
        limit: MOST,
        sums: [],
      }),
  });

/** By rank, those without one last, then by id: as the engine orders rules. */
export function byRank(a: Pick<RecordInfo, 'id' | 'fields'>, b: Pick<RecordInfo, 'id' | 'fields'>): number {
  const rank = ({ fields }: Pick<RecordInfo, 'fields'>) =>
    typeof fields.rank === 'number' ? fields.rank : Number.MAX_SAFE_INTEGER;
  return rank(a) - rank(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

const inOrder = ({ records }: RecordPage): RecordInfo[] => records.toSorted(byRank);

/** The rules of a kind in their order, those set aside included; undefined while they are being read. */
export function useRules(kind: string): RecordInfo[] | undefined {
  return useQuery({ ...rulesQuery(kind), select: inOrder }).data;
}

/** The one record that holds thresholds, clocks and working hours. */
export function usePolicy(): RecordInfo | undefined {
  return useRules('policy')?.[0];
}
