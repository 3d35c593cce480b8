import { expect, test } from 'vitest';
import { isOfMoney, worth } from './number-sums';

const rows = (records: ({ value?: number; currency?: string } | undefined)[]) => ({
  total: records.length,
  at: (index: number) => {
    const fields = records[index];
    return fields === undefined ? undefined : { fields };
  },
});

test('what is worth something adds up by currency', () => {
  const all = rows([
    { value: 100, currency: 'EUR' },
    {},
    { value: 50, currency: 'CHF' },
    { value: 1.5, currency: 'EUR' },
  ]);
  expect(worth(all)).toEqual({ EUR: 101.5, CHF: 50 });
});

test('there is no sum of rows that have not been read', () => {
  expect(worth(rows([{ value: 100, currency: 'EUR' }, undefined]))).toBe(null);
});

test('only numbers of whole values are summed', () => {
  expect(['won', 'goal/019a/won', 'goal/019a/open'].every(isOfMoney)).toBe(true);
  expect(['goal/019a/team/sales', 'attribution/linear/EUR/team/sales', 'speed/touched'].some(isOfMoney)).toBe(
    false,
  );
});
