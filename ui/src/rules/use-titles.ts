import { useQueries } from '@tanstack/react-query';
import { recordQuery } from '@/api/queries';
import type { Titles } from '@/records/filter-sentence';

/** What records are called, by their ids; those that are not there are left out. */
export function useTitles(ids: string[]): Titles {
  const records = useQueries({
    // A title of another record must not stand in while this one's is read.
    queries: [...new Set(ids)].map((id) => ({ ...recordQuery(id), placeholderData: undefined })),
  });
  return new Map(records.flatMap(({ data }) => (data === undefined ? [] : [[data.id, data.title] as const])));
}
