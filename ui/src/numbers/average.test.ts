import { expect, test } from 'vitest';
import { averageOf } from './average';

test('open × win rate × average ÷ length is what the engine says a day brings, in each currency', () => {
  // As the engine's own test has it: one is open, all are won, one in each currency, in ten days.
  const average = averageOf({ EUR: 10_000, CHF: 50_000 }, 2);
  const aDay = (currency: string) => (1 * 1 * (average[currency] ?? 0)) / 10;
  expect([aDay('EUR'), aDay('CHF')]).toEqual([500, 2_500]);
});

test('where nothing was won there is no average', () => {
  expect(averageOf({}, 0)).toEqual({});
});
