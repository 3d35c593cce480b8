import { expect, test } from 'vitest';
import type { CriterionFeedback } from '@/api/types';
import { byWrongShare, returnOnCost } from './order';

const row = (name: string, yes: number, wrong: number, contradicted: number): CriterionFeedback => ({
  criterion: { id: name, key: '', name },
  said_yes: { count: yes, number: '' },
  wrong: { count: wrong, number: '' },
  contradicted: { count: contradicted, number: '' },
});

test('the rule that was wrong most often comes first, one that never said yes last', () => {
  const rows = [row('never', 0, 0, 0), row('right', 10, 0, 0), row('half', 4, 2, 0), row('named', 4, 2, 3)];
  expect(byWrongShare(rows).map(({ criterion }) => criterion.name)).toEqual([
    'named',
    'half',
    'right',
    'never',
  ]);
});

test('what a campaign brought is set against its cost only in the same currency', () => {
  const of = (revenue: Record<string, number>, cost: number | null) =>
    returnOnCost({ revenue, cost, cost_currency: 'EUR' });
  expect(of({ EUR: 300, CHF: 900 }, 100)).toBe(3);
  expect(of({ CHF: 900 }, 100)).toBe(null);
  expect(of({}, 100)).toBe(0);
  expect(of({ EUR: 300 }, 0)).toBe(null);
  expect(of({ EUR: 300 }, null)).toBe(null);
});
