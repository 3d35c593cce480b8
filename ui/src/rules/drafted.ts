import { useRules } from '@/api/rules';
import type { RecordInfo } from '@/api/types';
import { ruleName, unchanged } from '@/i18n/rule-names';
import { m } from '@/paraglide/messages.js';
import { problemIn } from './conditions';
import { type Draft, drafted } from './draft';
import { textOf } from './records';
import type { DraftHandle } from './use-draft';

/** Fields of rules that hold conditions. */
export const CONDITION_FIELDS: Record<string, string> = {
  criterion: 'rule',
  routing_rule: 'when',
  stage: 'entry',
};

/** What a rule is called, a default's name in the reader's language. */
export function nameOf(record: Pick<RecordInfo, 'kind' | 'fields'>): string {
  const [key, given] = [textOf(record, 'key'), textOf(record, 'name')];
  // A default stage's words are those of the stage.
  const name =
    record.kind === 'stage' ? unchanged(`stage_${key}`, given) : ruleName(record.kind, { key, name: given });
  return name === '' ? m.label_untitled() : name;
}

export interface DraftedRules {
  /** The rules as the workspace has them. */
  present: RecordInfo[];
  /** The rules as they would be. */
  rules: RecordInfo[];
  edit: (record: RecordInfo, patch: Record<string, unknown>) => void;
}

/** The rules of a kind with the draft over them; undefined while they are being read. */
export function useDrafted(kind: string, handle: DraftHandle): DraftedRules | undefined {
  const present = useRules(kind);
  if (present === undefined) return undefined;
  return {
    present,
    rules: drafted(present, kind, handle.draft),
    edit: (record, patch) => handle.edit(present.find(({ id }) => id === record.id) ?? record, patch),
  };
}

export interface DraftProblem {
  kind: string;
  id: string;
  /** The message that says it: `condition_problem_…`. */
  problem: string;
}

/** What keeps a draft from being tried and switched on. */
export function problemsIn(draft: Draft): DraftProblem[] {
  return Object.entries(draft).flatMap(([kind, rules]) =>
    Object.entries(rules).flatMap(([id, rule]) => {
      const conditions = CONDITION_FIELDS[kind];
      const problem = conditions === undefined ? null : problemIn(rule.fields[conditions]);
      if (problem !== null) return [{ kind, id, problem: `condition_problem_${problem}` }];
      const nameless =
        (rule.isNew === true || 'name' in rule.fields) && String(rule.fields.name ?? '').trim() === '';
      return nameless ? [{ kind, id, problem: 'rules_problem_no_name' }] : [];
    }),
  );
}
