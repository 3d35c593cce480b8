import { expect, test } from 'vitest';
import type { ForgottenItem } from '@/api/types';
import { beside, firstToRepair } from './cells';

const ITEM: ForgottenItem = {
  id: 'one',
  title: 'Windpark',
  stage: 'discovery',
  account: null,
  owner: { id: 'anna', title: 'Anna' },
  value: null,
  currency: '',
  next_step: 'Call',
  next_step_date: '2020-01-01',
  why: [],
  since: '2020-01-01T00:00:00Z',
};

test('what is missing is repaired first, from left to right', () => {
  expect(firstToRepair({ ...ITEM, owner: null, next_step: '' })).toBe('owner');
  expect(firstToRepair({ ...ITEM, next_step: '', next_step_date: null })).toBe('next_step');
  expect(firstToRepair({ ...ITEM, next_step_date: null })).toBe('next_step_date');
});

test('where nothing is missing the day is what is late', () => {
  expect(firstToRepair(ITEM)).toBe('next_step_date');
});

test('the cursor stays within the cells', () => {
  expect(beside('owner', 1)).toBe('next_step');
  expect(beside('owner', -1)).toBe('owner');
  expect(beside('next_step_date', 1)).toBe('next_step_date');
});
