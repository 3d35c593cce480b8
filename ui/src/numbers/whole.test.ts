import { expect, test } from 'vitest';
import type { Share } from '@/api/types';
import { wholeOf } from './whole';

const share = (key: string): Share => ({ key, title: '', amount: 1, records: { count: 1, number: key } });
const won = { count: 12, number: 'won' };

test('a sum in one of several currencies opens nothing that counts the others', () => {
  const [one, other] = [share('one'), share('other')];
  const two = { teams: [one, other], campaigns: [one, other], sources: [one, other] };
  expect(wholeOf(two, won, 2)).toBe(null);
  expect(wholeOf({ ...two, sources: [share('event')] }, won, 2)?.number).toBe('event');
  expect(wholeOf(two, won, 1)).toBe(won);
});
