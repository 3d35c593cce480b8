import { isoDay } from '@/records/parse';

export const PRESETS = [
  'this_month',
  'last_month',
  'this_quarter',
  'last_quarter',
  'this_year',
  'last_year',
  'all',
] as const;

export type Preset = (typeof PRESETS)[number];

/** Which stretch of time is looked at: one that moves with the calendar, or two days that stay. */
export type Period = { preset: Preset } | { preset: 'custom'; from: string; to: string };

/** First and last day, both included. */
export interface Span {
  from: string;
  to: string;
}

/** Before anything that was written down. */
const BEGINNING = '1970-01-01';

/** From a month's first day to another's last; months count from January of the year and may lie outside of it. */
const monthsOf = (year: number, first: number, last: number): Span => ({
  from: isoDay(new Date(year, first, 1)),
  to: isoDay(new Date(year, last + 1, 0)),
});

/** The period's days, seen from a day. */
export function spanOf(period: Period, on: string): Span {
  if (period.preset === 'custom') return { from: period.from, to: period.to };
  const [year = 1970, monthNumber = 1] = on.split('-').map(Number);
  const month = monthNumber - 1;
  const quarter = Math.floor(month / 3) * 3;
  switch (period.preset) {
    case 'this_month':
      return monthsOf(year, month, month);
    case 'last_month':
      return monthsOf(year, month - 1, month - 1);
    case 'this_quarter':
      return monthsOf(year, quarter, quarter + 2);
    case 'last_quarter':
      return monthsOf(year, quarter - 3, quarter - 1);
    case 'this_year':
      return monthsOf(year, 0, 11);
    case 'last_year':
      return monthsOf(year - 1, 0, 11);
    case 'all':
      return { from: BEGINNING, to: isoDay(new Date(year, 11, 31)) };
  }
}

/** Two days in order, whichever was typed where. */
export const inOrder = (one: string, other: string): Span =>
  one <= other ? { from: one, to: other } : { from: other, to: one };

/** The period that two days are: a named one where they are its days on this day. */
export function periodOf(span: Span, on: string): Period {
  const preset = PRESETS.find((candidate) => {
    const of = spanOf({ preset: candidate }, on);
    return of.from === span.from && of.to === span.to;
  });
  return preset === undefined ? { preset: 'custom', ...span } : { preset };
}

/** Whether the span reaches back to the beginning: its first day then says nothing. */
export const isAll = (from: string): boolean => from <= BEGINNING;
