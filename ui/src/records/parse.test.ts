import { describe, expect, it } from 'vitest';
import { parseDay, parseNumber, parsePastDay } from './parse';

describe('numbers as people type them', () => {
  it.each([
    ['12500', 'en-GB', 12500],
    ['12,500', 'en-GB', 12500],
    ['12.500', 'de-DE', 12500],
    ['12.500,50', 'en-GB', 12500.5],
    ['12,500.50', 'de-DE', 12500.5],
    ['1,5', 'en-GB', 1.5],
    ['12k', 'en-GB', 12000],
    ['€ 1.2m', 'en-GB', 1_200_000],
    ['1,2 Mio', 'de-DE', 1_200_000],
    ['-40', 'en-GB', -40],
    ['1.234.567', 'en-GB', 1_234_567],
  ])('%s in %s is %d', (text, locale, value) => {
    expect(parseNumber(text, locale)).toBe(value);
  });

  it.each(['', 'abc', '-', '.'])('%j is none', (text) => {
    expect(parseNumber(text, 'en-GB')).toBeNull();
  });
});

describe('days as people type them', () => {
  const now = new Date(2027, 2, 10);

  it.each([
    ['2027-3-31', 'en-GB', '2027-03-31'],
    ['31.3.', 'de-DE', '2027-03-31'],
    ['1.3.', 'de-DE', '2028-03-01'],
    ['31.3.26', 'de-DE', '2026-03-31'],
    ['3/31/2027', 'en-US', '2027-03-31'],
    ['31/3/2027', 'en-GB', '2027-03-31'],
    ['tomorrow', 'en-GB', '2027-03-11'],
    ['heute', 'de-DE', '2027-03-10'],
    ['+3', 'en-GB', '2027-03-13'],
    ['2w', 'en-GB', '2027-03-24'],
  ])('%s in %s is %s', (text, locale, day) => {
    expect(parseDay(text, locale, now)).toBe(day);
  });

  it.each(['31.2.2027', 'soon', '99', '2027-13-01'])('%s is none', (text) => {
    expect(parseDay(text, 'de-DE', now)).toBeNull();
  });
});

describe('days of the past as people type them', () => {
  const now = new Date(2028, 0, 10);

  it.each([
    ['yesterday', 'en-GB', '2028-01-09'],
    ['gestern', 'de-DE', '2028-01-09'],
    ['-7', 'en-GB', '2028-01-03'],
    ['31/12', 'en-GB', '2027-12-31'],
    ['31.12.', 'de-DE', '2027-12-31'],
    ['12/31', 'en-US', '2027-12-31'],
    ['9.1.', 'de-DE', '2028-01-09'],
  ])('%s in %s is the last one that was', (text, locale, day) => {
    expect(parsePastDay(text, locale, now)).toBe(day);
  });

  it.each([
    ['tomorrow', 'en-GB', '2028-01-11'],
    ['morgen', 'de-DE', '2028-01-11'],
    ['+7', 'de-DE', '2028-01-17'],
    ['2w', 'en-GB', '2028-01-24'],
    ['31.3.28', 'de-DE', '2028-03-31'],
    ['31/3/2028', 'en-GB', '2028-03-31'],
  ])('%s in %s stays the day to come that it names', (text, locale, day) => {
    expect(parsePastDay(text, locale, now)).toBe(day);
  });

  it('no day is made up where last year had none', () => {
    expect(parsePastDay('29.2.', 'de-DE', now)).toBeNull();
  });
});
