import { create } from 'zustand';
import type { Edit } from '@/api/edits';
import { queryClient } from '@/api/query-client';
import type { SchemaInfo } from '@/api/types';

/** Moves that wait for a word: one that a rule holds back until somebody says why it shall happen all the same, and one out of the process until somebody says the reason. */
export const useGuard = create<{ held: Edit | null; leaving: Edit | null }>(() => ({
  held: null,
  leaving: null,
}));

/** Whether an edit takes opportunities out of the process and does not say why yet. */
export function leavesUnexplained({ kind, fields }: Edit): boolean {
  if (kind !== 'opportunity' || typeof fields.stage !== 'string' || 'exit_reason' in fields) return false;
  const stages = queryClient.getQueryData<SchemaInfo>(['schema'])?.stages ?? [];
  return stages.find(({ name }) => name === fields.stage)?.phase === 'exit';
}
