import { expect, test } from 'vitest';
import { onward, resolve } from './cursor';

const list = (ids: string) => (index: number) => ids[index];

test('a record that moved is followed', () => {
  expect(resolve({ index: 1, id: 'b' }, 4, list('abcd'))).toEqual({ index: 1, id: 'b' });
  expect(resolve({ index: 1, id: 'b' }, 4, list('bacd'))).toEqual({ index: 0, id: 'b' });
  expect(resolve({ index: 1, id: 'b' }, 4, list('acdb'))).toEqual({ index: 3, id: 'b' });
});

test('a record that is gone leaves the cursor on what came up in its place', () => {
  expect(resolve({ index: 1, id: 'b' }, 3, list('acd'))).toEqual({ index: 1, id: 'c' });
  expect(resolve({ index: 2, id: 'c' }, 2, list('ab'))).toEqual({ index: 1, id: 'b' });
  expect(resolve({ index: 0, id: 'a' }, 0, list(''))).toEqual({ index: 0, id: null });
});

test('after an action the hand goes on to the next line, wherever the done one goes', () => {
  const next = onward({ index: 1, id: 'b' }, 4, list('abcd'));
  expect(next).toEqual({ index: 2, id: 'c' });
  // What was done left the list, or came first in it.
  expect(resolve(next, 3, list('acd'))).toEqual({ index: 1, id: 'c' });
  expect(resolve(next, 4, list('bacd'))).toEqual({ index: 2, id: 'c' });
  expect(onward({ index: 3, id: 'd' }, 4, list('abcd'))).toEqual({ index: 2, id: 'c' });
  expect(onward({ index: 0, id: 'a' }, 1, list('a'))).toEqual({ index: 0, id: 'a' });
});
