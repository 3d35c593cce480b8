import { describe, expect, it } from 'vitest';
import { dayAfterKey, monthGrid } from './calendar';

describe('keys in a field for a day', () => {
  it.each([
    ['2027-01-06', 'ArrowRight', '2027-01-07'],
    ['2027-01-01', 'ArrowLeft', '2026-12-31'],
    ['2027-01-06', 'ArrowDown', '2027-01-13'],
    ['2027-01-06', 'ArrowUp', '2026-12-30'],
    ['2027-01-31', 'PageDown', '2027-02-28'],
    ['2028-03-31', 'PageUp', '2028-02-29'],
    ['2027-12-15', 'PageDown', '2028-01-15'],
  ])('from %s %s leads to %s', (day, key, expected) => {
    expect(dayAfterKey(day, key)).toBe(expected);
  });

  it('leave other keys alone', () => {
    expect(dayAfterKey('2027-01-06', 'Enter')).toBeNull();
  });
});

describe('the month that is shown', () => {
  it('starts on a Monday and holds six weeks', () => {
    const days = monthGrid(2027, 0);
    expect(days).toHaveLength(42);
    expect(days[0]).toEqual(new Date(2026, 11, 28));
  });
});
