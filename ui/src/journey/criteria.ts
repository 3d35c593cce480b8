import { useRules } from '@/api/rules';
import type { RecordInfo } from '@/api/types';
import { ruleName } from '@/i18n/rule-names';

/** The gate's criteria in the rules' order, those set aside included; empty while they are being read. */
export const useCriteria = (): RecordInfo[] => useRules('criterion') ?? [];

/** What a rule's record is called in the reader's language. */
export const ruleTitle = ({ kind, fields, title }: Pick<RecordInfo, 'kind' | 'fields' | 'title'>): string =>
  ruleName(kind, { key: typeof fields.key === 'string' ? fields.key : '', name: title });
