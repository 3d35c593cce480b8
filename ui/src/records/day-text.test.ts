import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dayHint, editedDay } from './day-text';
import { isoDay, parseDay, parsePastDay } from './parse';

const LOCALES = ['en-GB', 'en-US', 'en-ZA', 'en-PH', 'en-CA', 'en-IN', 'en-CH', 'en-SE'];

beforeEach(() => vi.stubGlobal('navigator', { languages: [] }));
afterEach(() => vi.unstubAllGlobals());

test.each(LOCALES)('in %s a day that was chosen is read back as that day', (locale) => {
  vi.stubGlobal('navigator', { languages: [locale] });
  for (const day of ['2027-03-04', '2027-12-31', '2027-02-02'])
    expect(parseDay(editedDay(day), locale)).toBe(day);
});

test.each([
  ['en-GB', /^31\/12/],
  ['en-US', /^12\/31/],
  ['en-PH', /^31\.12\./],
])('in %s the example is one that is read', (locale, expected) => {
  vi.stubGlobal('navigator', { languages: [locale] });
  expect(dayHint()).toMatch(expected);
});

test('where only the past is meant, every example is a day of it', () => {
  vi.stubGlobal('navigator', { languages: ['en-GB'] });
  const today = isoDay(new Date());
  for (const example of dayHint(true).split(', '))
    expect(parsePastDay(example, 'en-GB')?.localeCompare(today), example).toBe(-1);
});
