import { expect, test } from 'vitest';
import { inOrder, PRESETS, periodOf, spanOf } from './period';

test.each([
  ['this_month', '2027-02-10', '2027-02-01', '2027-02-28'],
  ['this_month', '2028-02-29', '2028-02-01', '2028-02-29'],
  ['last_month', '2027-01-31', '2026-12-01', '2026-12-31'],
  ['this_quarter', '2026-11-25', '2026-10-01', '2026-12-31'],
  ['last_quarter', '2026-02-01', '2025-10-01', '2025-12-31'],
  ['this_year', '2026-01-01', '2026-01-01', '2026-12-31'],
  ['last_year', '2026-12-31', '2025-01-01', '2025-12-31'],
] as const)('%s on %s is from %s to %s', (preset, on, from, to) => {
  expect(spanOf({ preset }, on)).toEqual({ from, to });
});

test('all of the time ends with the year one looks from', () => {
  expect(spanOf({ preset: 'all' }, '2026-05-05').to).toBe('2026-12-31');
});

test('days that are those of a named period are recognised as it', () => {
  for (const preset of PRESETS) {
    expect(periodOf(spanOf({ preset }, '2026-05-05'), '2026-05-05')).toEqual({ preset });
  }
  const own = { from: '2026-05-02', to: '2026-05-05' };
  expect(periodOf(own, '2026-05-05')).toEqual({ preset: 'custom', ...own });
});

test('two days are put in order', () => {
  expect(inOrder('2026-05-05', '2026-01-01')).toEqual({ from: '2026-01-01', to: '2026-05-05' });
});
