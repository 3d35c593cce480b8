import { expect, test } from 'vitest';
import type { RecordInfo } from '@/api/types';
import { add, change, countOf, type Draft, drafted, overtaken, wire } from './draft';
import { moved } from './records';

const record = (id: string, fields: RecordInfo['fields']): RecordInfo => ({
  id,
  kind: 'criterion',
  title: String(fields.name ?? ''),
  archived: false,
  created_at: '',
  updated_at: '',
  fields,
  conflicts: {},
});

const [need, budget] = [
  record('a', { name: 'Need', weight: 25, required: true, rank: 100 }),
  record('b', { name: 'Budget', weight: 15, rank: 200 }),
];

test('a draft holds what differs, and nothing once it is set back', () => {
  const draft = change({}, need, { weight: 40 });
  expect(drafted([need, budget], 'criterion', draft).map(({ fields }) => fields.weight)).toEqual([40, 15]);
  expect(wire(draft)).toEqual([
    { kind: 'criterion', id: 'a', draft: null, fields: { weight: 40 }, archived: false },
  ]);
  expect(change(draft, need, { weight: 25 })).toEqual({});
});

test('no, nothing and an empty text are no change where nothing stands', () => {
  expect(change({}, budget, { required: false, rule: null, question: '' })).toEqual({});
  expect(countOf(change({}, need, { required: false }))).toBe(1);
});

test('new rules are drafted, edited and dropped by ids of their own', () => {
  const [one, first] = add({}, 'criterion', { name: '', weight: 10, rank: 300 });
  const [two, second] = add(one, 'criterion', { name: '', weight: 10, rank: 400 });
  expect(first).not.toBe(second);
  const made = drafted([need], 'criterion', two).find(({ id }) => id === first);
  const named = change(two, made ?? need, { name: 'Timing' });
  expect(wire(named)[0]).toEqual({
    kind: 'criterion',
    id: null,
    draft: first,
    fields: { name: 'Timing', weight: 10, rank: 300 },
    archived: false,
  });
});

test('what somebody else set since it was drafted is noticed', () => {
  const draft: Draft = change({}, need, { weight: 40 });
  expect(overtaken(need, draft)).toEqual([]);
  expect(overtaken(record('a', { ...need.fields, weight: 30 }), draft)).toEqual(['weight']);
});

test('moving a rule writes one rank where there is room, and all where there is none', () => {
  const order = [100, 200, 300].map((rank, at) => record(`r${at}`, { rank }));
  expect(moved(order, 2, 1)).toEqual([{ record: order[2], rank: 150 }]);
  expect(moved(order, 0, 2)).toEqual([{ record: order[0], rank: 400 }]);
  expect(moved(order, 1, 0)).toEqual([{ record: order[1], rank: 50 }]);
  const tight = [1, 2, 3].map((rank, at) => record(`r${at}`, { rank }));
  expect(moved(tight, 2, 0).map(({ record: { id }, rank }) => [id, rank])).toEqual([
    ['r2', 100],
    ['r0', 200],
    ['r1', 300],
  ]);
  expect(moved(order, 1, 1)).toEqual([]);
});
