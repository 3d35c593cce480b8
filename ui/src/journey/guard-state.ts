import { create } from 'zustand';
import type { Edit } from '@/api/edits';
import { queryClient } from '@/api/query-client';
import type { SchemaInfo } from '@/api/types';

/** A lead whose offer was accepted although a rule holds it back. */
export interface Refused {
  id: string;
  title: string;
  /** The refusal's words. */
  why: string;
  /** It is accepted after all. */
  onDone: (() => void) | undefined;
}

/**
 * What waits for a word: a move or an accepted offer that a rule holds back until somebody says why it shall happen all the
 * same, and a move out of the process until somebody says the reason.
 */
export const useGuard = create<{ held: Edit | null; leaving: Edit | null; refused: Refused | null }>(() => ({
  held: null,
  leaving: null,
  refused: null,
}));

/** Whether an edit takes opportunities out of the process and does not say why yet. */
export function leavesUnexplained({ kind, fields }: Edit): boolean {
  if (kind !== 'opportunity' || typeof fields.stage !== 'string' || 'exit_reason' in fields) return false;
  const stages = queryClient.getQueryData<SchemaInfo>(['schema'])?.stages ?? [];
  return stages.find(({ name }) => name === fields.stage)?.phase === 'exit';
}
