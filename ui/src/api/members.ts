import { queryOptions, useQuery } from '@tanstack/react-query';
import { rpc } from './rpc';
import type { RecordPage } from './types';

/** More agents than a workspace has. */
const MOST = 1000;

/** Every agent among the members; one question for all the names on screen. Its key is a list's, so that changes are noticed. */
const agentsQuery = () =>
  queryOptions({
    queryKey: ['list', 'member', { agents: true }, 0],
    queryFn: () =>
      rpc('list', {
        kind: 'member',
        filters: [{ field: 'type', op: 'is', value: 'agent' }],
        limit: MOST,
      }),
  });

const ids = ({ records }: RecordPage): ReadonlySet<string> => new Set(records.map(({ id }) => id));

/** Whether a member is an agent; nobody is while that is being read. */
export function useIsAgent(id: string | undefined): boolean {
  const { data } = useQuery({ ...agentsQuery(), select: ids, enabled: id !== undefined });
  return id !== undefined && data?.has(id) === true;
}
