import { cached } from './format';

/** A share 0–1 in per cent; a small one with a decimal, so that it is not nothing. */
export function percent(share: number): string {
  const digits = share !== 0 && Math.abs(share) < 0.1 ? 1 : 0;
  return cached(
    `p${digits}`,
    (locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits }),
  ).format(share);
}

/** A part of a whole in per cent; nothing of nothing has no share. */
export const shareOf = (part: number, whole: number): string | null =>
  whole > 0 ? percent(part / whole) : null;

type Unit = 'minute' | 'hour' | 'day';

function inUnit(value: number, unit: Unit, display: 'short' | 'long'): string {
  const digits = Math.abs(value) < 10 ? 1 : 0;
  return cached(
    `u${unit}${display}${digits}`,
    (locale) =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay: display,
        maximumFractionDigits: digits,
      }),
  ).format(value);
}

/** Days: 12 days, 3.5 days. */
export const days = (value: number): string => inUnit(value, 'day', 'long');

/** Hours where they are few, days where they are many: 5 hr, 3.2 days. */
export const hours = (value: number): string =>
  value < 48 ? inUnit(value, 'hour', 'short') : inUnit(value / 24, 'day', 'short');

/** Minutes where they are few, hours where they are many: 25 min, 3.5 hr. Working time, so never days. */
export const minutes = (value: number): string =>
  value < 60 ? inUnit(value, 'minute', 'short') : inUnit(value / 60, 'hour', 'short');

const dayOf = (iso: string): Date => new Date(`${iso}T00:00:00`);

/** From one day to another: 1 Oct – 31 Dec 2026. */
export function dayRange(from: string, to: string): string {
  return cached(
    'r',
    (locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }),
  ).formatRange(dayOf(from), dayOf(to));
}

/** A month by `2027-03`: March 2027, or Mar where there is little room. */
export function month(value: string, short = false): string {
  return cached(
    `m${short}`,
    (locale) =>
      new Intl.DateTimeFormat(locale, short ? { month: 'short' } : { month: 'long', year: 'numeric' }),
  ).format(dayOf(`${value}-01`));
}
