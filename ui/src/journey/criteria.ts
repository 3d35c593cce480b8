import { queryOptions, useQuery } from '@tanstack/react-query';
import { rpc } from '@/api/rpc';
import type { RecordInfo } from '@/api/types';
import { ruleName } from '@/i18n/rule-names';

/** The gate's criteria, in the rules' order, those set aside included. */
export const criteriaQuery = () =>
  queryOptions({
    queryKey: ['list', 'criterion', 'all'],
    queryFn: () =>
      rpc('list', { kind: 'criterion', sort: [{ field: 'rank', descending: false }], limit: 200 }),
  });

/** The criteria, empty while they are being read. */
export const useCriteria = (): RecordInfo[] => useQuery(criteriaQuery()).data?.records ?? [];

/** What a rule's record is called in the reader's language. */
export const ruleTitle = ({ kind, fields, title }: Pick<RecordInfo, 'kind' | 'fields' | 'title'>): string =>
  ruleName(kind, { key: typeof fields.key === 'string' ? fields.key : '', name: title });
