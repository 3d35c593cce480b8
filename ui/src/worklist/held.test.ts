import { expect, test } from 'vitest';
import { withHeld } from './held';

const list = (ids: string) => ({
  total: ids.length,
  at: (index: number) => (ids[index] === undefined ? undefined : { id: ids[index] }),
  stale: false,
  first: false,
  error: null,
  settled: true,
});

const read = (rows: ReturnType<typeof list>) =>
  Array.from({ length: rows.total }, (_, index) => rows.at(index)?.id).join('');

const held = (rows: ReturnType<typeof list>, index: number, id: string) =>
  read(withHeld(rows, { index, item: { id } }) as ReturnType<typeof list>);

test('a line that is edited stays where it was, wherever the list would put it', () => {
  expect(held(list('abcd'), 1, 'b')).toBe('abcd');
  expect(held(list('acdb'), 1, 'b')).toBe('abcd');
  expect(held(list('bacd'), 1, 'b')).toBe('abcd');
});

test('a line that leaves the list while it is edited stays until that is done', () => {
  expect(held(list('acd'), 1, 'b')).toBe('abcd');
  expect(held(list('abc'), 3, 'd')).toBe('abcd');
  expect(held(list(''), 0, 'a')).toBe('a');
  expect(read(withHeld(list('acd'), null) as ReturnType<typeof list>)).toBe('acd');
});
