import { isoDay } from '@/records/parse';
import { formatLocale, language } from './locale';

const cache = new Map<
  string,
  Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat | Intl.DisplayNames
>();

/** Intl formatters are slow to make and are asked for in every cell. */
export function cached<
  T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat | Intl.DisplayNames,
>(key: string, make: (locale: string) => T): T {
  const locale = formatLocale();
  const full = `${locale}|${key}`;
  let found = cache.get(full) as T | undefined;
  if (found === undefined) {
    found = make(locale);
    cache.set(full, found);
  }
  return found;
}

export function number(value: number): string {
  return cached('n', (locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })).format(value);
}

/** A year is a number without a thousands separator. */
export function year(value: number): string {
  return String(value);
}

/** An amount, with its currency where it has one; cents only where there are any. */
export function money(value: number, currency?: string | null): string {
  const digits = Number.isInteger(value) ? 0 : 2;
  if (!currency) {
    return cached(
      `m${digits}`,
      (locale) =>
        new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    ).format(value);
  }
  return cached(
    `m${digits}${currency}`,
    (locale) =>
      new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }),
  ).format(value);
}

/** A sum where there is little room: €1.2M. */
export function moneyShort(value: number, currency?: string | null): string {
  if (Math.abs(value) < 100_000) return money(Math.round(value), currency);
  return cached(
    `s${currency ?? ''}`,
    (locale) =>
      new Intl.NumberFormat(locale, {
        notation: 'compact',
        minimumFractionDigits: 0,
        maximumFractionDigits: 1,
        ...(currency ? { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } : {}),
      }),
  ).format(value);
}

/** Sums by currency, largest first. */
export function sums(byCurrency: Record<string, number | undefined>, short = false): string {
  const format = short ? moneyShort : money;
  return Object.entries(byCurrency)
    .filter((entry): entry is [string, number] => entry[1] !== undefined && entry[1] !== 0)
    .sort((a, b) => b[1] - a[1])
    .map(([currency, value]) => format(value, currency))
    .join(' · ');
}

/** The day on which a moment lies where one is: `2027-03-31`. The moment's text begins with the day it has in London. */
export function localDayOf(instant: string): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? instant : isoDay(date);
}

/** Days only: a moment's day depends on the place ({@link localDayOf}). */
function parseDay(value: string): Date | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (!match) return null;
  return new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
}

/** A day, not a moment: 3 Mar 2027. The year is left out where it is this year's. */
export function day(value: string, withYear?: boolean): string {
  const date = parseDay(value);
  if (date === null) return value;
  const showYear = withYear ?? date.getFullYear() !== new Date().getFullYear();
  return cached(
    `d${showYear}`,
    (locale) =>
      new Intl.DateTimeFormat(locale, {
        day: 'numeric',
        month: 'short',
        ...(showYear ? { year: 'numeric' } : {}),
      }),
  ).format(date);
}

/** A day in figures, as it is typed: 03/03/2027. */
export function dayFigures(value: string): string {
  const date = parseDay(value);
  if (date === null) return value;
  return cached(
    'f',
    (locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric', year: 'numeric' }),
  ).format(date);
}

/** The last day of the year as it is typed, to show how days may be written. */
export function dayAndMonth(): string {
  return cached(
    'g',
    (locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric' }),
  ).format(new Date(2000, 11, 31));
}

/** A moment: 3 Mar, 14:05. */
export function instant(value: string): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return value;
  const showYear = date.getFullYear() !== new Date().getFullYear();
  return cached(
    `i${showYear}`,
    (locale) =>
      new Intl.DateTimeFormat(locale, {
        day: 'numeric',
        month: 'short',
        ...(showYear ? { year: 'numeric' } : {}),
        hour: '2-digit',
        minute: '2-digit',
      }),
  ).format(date);
}

export function time(value: string): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return value;
  return cached(
    't',
    (locale) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }),
  ).format(date);
}

/** A day as a heading: Today, Yesterday, Monday 3 March. */
export function dayHeading(value: string, now = new Date()): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return value;
  const days = daysBetween(now, date);
  if (days === 0 || days === -1) {
    const words = cached('rel', () => new Intl.RelativeTimeFormat(language(), { numeric: 'auto' })).format(
      days,
      'day',
    );
    return words.charAt(0).toUpperCase() + words.slice(1);
  }
  const showYear = date.getFullYear() !== now.getFullYear();
  return cached(
    `h${showYear}`,
    (locale) =>
      new Intl.DateTimeFormat(locale, {
        weekday: 'long',
        day: 'numeric',
        month: 'long',
        ...(showYear ? { year: 'numeric' } : {}),
      }),
  ).format(date);
}

/** A day as it is spoken of: Thursday 5 March. */
export function weekday(date: Date): string {
  return cached(
    'w',
    (locale) => new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }),
  ).format(date);
}

/** Whole calendar days from one moment to the other, in local time. */
export function daysBetween(from: Date, to: Date): number {
  const start = Date.UTC(from.getFullYear(), from.getMonth(), from.getDate());
  const end = Date.UTC(to.getFullYear(), to.getMonth(), to.getDate());
  return Math.round((end - start) / 86_400_000);
}

/** How a day, not a moment, lies from today: today, in 3 days, 2 weeks ago. */
export function fromToday(value: string, now = new Date()): string {
  const date = parseDay(value);
  if (date === null) return value;
  const days = daysBetween(now, date);
  const relative = cached('rel', () => new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }));
  if (Math.abs(days) < 14) return relative.format(days, 'day');
  if (Math.abs(days) < 60) return relative.format(Math.round(days / 7), 'week');
  if (Math.abs(days) < 720) return relative.format(Math.round(days / 30.4), 'month');
  return relative.format(Math.round(days / 365.25), 'year');
}

/** How long ago a moment was: 5 minutes ago. */
export function ago(value: string, now = Date.now()): string {
  const at = new Date(value).getTime();
  if (Number.isNaN(at)) return value;
  const minutes = Math.round((at - now) / 60_000);
  const relative = cached('rel', () => new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }));
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
  if (Math.abs(minutes) < 60 * 24) return relative.format(Math.round(minutes / 60), 'hour');
  return fromToday(localDayOf(value), new Date(now));
}

/** The name of a country, currency or language by its code. */
export function codeName(type: 'region' | 'currency' | 'language', code: string): string {
  try {
    return cached(`c${type}`, () => new Intl.DisplayNames(language(), { type })).of(code) ?? code;
  } catch {
    return code;
  }
}
