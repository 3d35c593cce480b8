import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ago, day, fromToday, localDayOf } from './format';

const zone = process.env.TZ;

// Only a browser says which languages its person reads.
beforeEach(() => vi.stubGlobal('navigator', { languages: ['en-GB'] }));

afterEach(() => {
  vi.unstubAllGlobals();
  process.env.TZ = zone;
});

describe('a moment lies on the day it has where one is', () => {
  test.each([
    // Midnight in Berlin, as the engine gives it.
    ['Europe/Berlin', '2027-03-30T22:00:00Z', '2027-03-31'],
    ['Europe/London', '2027-03-31T22:59:00Z', '2027-03-31'],
    ['America/New_York', '2027-03-31T03:30:00Z', '2027-03-30'],
    ['Pacific/Auckland', '2026-12-31T12:00:00Z', '2027-01-01'],
  ])('in %s %s is on %s', (place, moment, expected) => {
    process.env.TZ = place;
    expect(localDayOf(moment)).toBe(expected);
  });
});

test('how long ago counts the days of the place', () => {
  process.env.TZ = 'Europe/Berlin';
  const now = new Date('2027-03-31T21:30:00Z').getTime();
  // Twenty-five hours ago, on the day before in Berlin and in UTC alike.
  expect(ago('2027-03-30T20:30:00Z', now)).toBe('yesterday');
  // Half past midnight in Berlin is another day than in UTC.
  expect(ago('2027-03-28T22:30:00Z', now)).toBe('2 days ago');
});

test('days are days, and a moment is not taken for one', () => {
  process.env.TZ = 'America/New_York';
  expect(day('2027-03-31', true)).toBe('31 Mar 2027');
  expect(fromToday('2027-04-01', new Date(2027, 2, 31, 23))).toBe('tomorrow');
  expect(day('2027-03-31T02:00:00Z', true)).toBe('2027-03-31T02:00:00Z');
});
