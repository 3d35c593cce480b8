import { expect, test } from 'vitest';
import type { RecordInfo } from '@/api/types';
import { exitReasons } from './reasons';

const reason = (title: string, fields: RecordInfo['fields']): RecordInfo => ({
  id: title,
  kind: 'reason',
  title,
  archived: false,
  created_at: '',
  updated_at: '',
  fields,
  conflicts: {},
});

test('the exits offer the usual reasons as long as a workspace has none of its own', () => {
  expect(exitReasons(['price', 'timing'], []).map(({ value }) => value)).toEqual(['price', 'timing']);
});

test('a workspace adds reasons, calls a usual one otherwise, or switches it off', () => {
  const own = [
    reason('Merged with a competitor', { active: true }),
    reason('Too dear', { key: 'price', active: true }),
    reason('Timing', { key: 'timing' }),
  ];
  expect(exitReasons(['price', 'timing', 'other'], own)).toEqual([
    { value: 'Merged with a competitor', label: 'Merged with a competitor' },
    { value: 'price', label: 'Too dear' },
    { value: 'other', label: 'Other' },
  ]);
});
