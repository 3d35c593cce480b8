import { expect, test } from 'vitest';
import type { ChangeInfo } from '@/api/types';
import { foldHistory } from './fold';

const change = (change: string, at: string, over: Partial<ChangeInfo> = {}): ChangeInfo => ({
  change,
  action: 'text',
  by: { id: 'mara', title: 'Mara' },
  device: 'd1',
  via: 'desktop',
  at,
  reason: null,
  records: 1,
  linked: {},
  first: { id: 'page', title: 'Playbook' },
  kind: 'page',
  undone_by: null,
  waiting: false,
  ...over,
});

const told = (changes: ChangeInfo[]) =>
  foldHistory(changes).map((line) =>
    line.type === 'day' ? 'day' : line.changes.map((one) => one.change).join('+'),
  );

test('typing that was saved in steps is told as one', () => {
  expect(told([change('c', '2027-03-03T10:05:00Z'), change('b', '2027-03-03T10:04:00Z')])).toEqual([
    'day',
    'c+b',
  ]);
});

test('another hand, another page and another action are told apart', () => {
  expect(
    told([
      change('d', '2027-03-03T10:05:00Z'),
      change('c', '2027-03-03T10:04:00Z', { by: { id: 'ravi', title: 'Ravi' } }),
      change('b', '2027-03-03T10:03:00Z', { first: { id: 'other', title: 'Other' } }),
      change('a', '2027-03-03T10:02:00Z', { action: 'set' }),
    ]),
  ).toEqual(['day', 'd', 'c', 'b', 'a']);
});

test('every day has its head', () => {
  expect(told([change('b', '2027-03-03T12:00:00Z'), change('a', '2027-03-01T12:00:00Z')])).toEqual([
    'day',
    'b',
    'day',
    'a',
  ]);
});
