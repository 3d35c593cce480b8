import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setLanguage } from './locale';
import { dayRange, days, hours, minutes, month, percent, shareOf } from './measures';

// Only a browser says which languages its person reads.
beforeEach(() => vi.stubGlobal('navigator', { languages: ['en-GB', 'de-DE'] }));

afterEach(() => {
  vi.unstubAllGlobals();
  setLanguage('en');
});

test('a small share keeps a decimal, nothing of nothing has none', () => {
  expect([percent(0), percent(0.085), percent(0.62), percent(1.4)]).toEqual(['0%', '8.5%', '62%', '140%']);
  expect(shareOf(1, 4)).toBe('25%');
  expect(shareOf(0, 0)).toBe(null);
});

test('a time is said in the unit in which it is easy to read', () => {
  expect(minutes(25)).toBe('25 mins');
  expect(minutes(95)).toBe('1.6 hrs');
  expect(hours(22)).toBe('22 hrs');
  expect(hours(72)).toBe('3 days');
  expect(days(1)).toBe('1 day');
});

test('days and months follow the chosen language', () => {
  expect(dayRange('2026-10-01', '2026-12-31')).toMatch(/^1 Oct\s–\s31 Dec 2026$/);
  expect(month('2026-03')).toBe('March 2026');
  setLanguage('de');
  expect(month('2026-03')).toBe('März 2026');
  expect(days(12)).toBe('12 Tage');
});
