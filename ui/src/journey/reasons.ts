import { useRules } from '@/api/rules';
import { findField, useKind } from '@/api/schema';
import type { RecordInfo } from '@/api/types';
import { optionLabel } from '@/i18n/labels';

/** The workspace's reasons for giving a lead back (`return`), or for leaving the process (`exit`), those set aside included. */
const useReasons = (type: 'return' | 'exit'): RecordInfo[] =>
  (useRules('reason') ?? []).filter(({ fields }) => fields.type === type);

const keyOf = ({ fields }: RecordInfo): string => (typeof fields.key === 'string' ? fields.key : '');
const isActive = ({ fields }: RecordInfo): boolean => fields.active === true;

/** Every reason for giving a lead back, those set aside included: what was decided names them still. */
export const useReturnReasons = (): RecordInfo[] => useReasons('return');

/** The reasons that can be chosen. */
export const active = (reasons: RecordInfo[]): RecordInfo[] => reasons.filter(isActive);

/** The exits' reasons: those a workspace has of its own, and the usual ones that no reason of that key stands for. */
export function exitReasons(usual: string[], own: RecordInfo[]): { value: string; label: string }[] {
  const named = new Set(own.map(keyOf));
  return [
    ...active(own).map((reason) => ({ value: keyOf(reason) || reason.title, label: reason.title })),
    ...usual
      .filter((option) => !named.has(option))
      .map((option) => ({ value: option, label: optionLabel('opportunity', 'exit_reason', option) })),
  ];
}

/** Why an opportunity may leave the process: what is written as its `exit_reason`. */
export function useExitReasons(): { value: string; label: string }[] {
  const usual = findField(useKind('opportunity'), 'exit_reason')?.options ?? [];
  return exitReasons(usual, useReasons('exit'));
}
