/** How a locale writes numbers. */
export function separators(locale: string): { decimal: string; group: string } {
  const parts = new Intl.NumberFormat(locale).formatToParts(12345.6);
  return {
    decimal: parts.find((part) => part.type === 'decimal')?.value ?? '.',
    group: parts.find((part) => part.type === 'group')?.value ?? ',',
  };
}

const FACTORS: Record<string, number> = { k: 1e3, t: 1e3, m: 1e6, mio: 1e6 };

/**
 * A number as people type it: `12,500`, `12.500,50`, `12k`, `€ 1.2m`. `null` where it is none. A single separator that
 * could be either is read the locale's way.
 */
export function parseNumber(text: string, locale: string): number | null {
  const cleaned = text.replace(/[^\d.,\-kmtio\s]/gi, '').trim();
  const match = /^(-?)\s*([\d.,\s]+?)\s*(k|t|mio|m)?$/i.exec(cleaned);
  if (!match?.[2]) return null;
  const digits = match[2].replace(/\s/g, '');
  const { decimal } = separators(locale);
  const lastDot = digits.lastIndexOf('.');
  const lastComma = digits.lastIndexOf(',');
  let mark = decimal;
  if (lastDot >= 0 && lastComma >= 0) mark = lastDot > lastComma ? '.' : ',';
  else if (lastDot >= 0 || lastComma >= 0) {
    const only = lastDot >= 0 ? '.' : ',';
    const tail = digits.length - Math.max(lastDot, lastComma) - 1;
    const once = digits.split(only).length === 2;
    // 1.2 and 1,25 can only be decimals; 1.234 is what the locale says.
    if (!once) mark = only === '.' ? ',' : '.';
    else if (tail !== 3) mark = only;
  }
  const plain = digits
    .split('')
    .filter((sign) => /\d/.test(sign) || sign === mark)
    .join('')
    .replace(mark, '.');
  if (!/^\d*\.?\d*$/.test(plain) || plain === '' || plain === '.') return null;
  const value = Number(plain) * (FACTORS[match[3]?.toLowerCase() ?? ''] ?? 1);
  return Math.round((match[1] === '-' ? -value : value) * 100) / 100;
}

const iso = (year: number, month: number, day: number): string | null => {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
};

export const isoDay = (date: Date): string =>
  iso(date.getFullYear(), date.getMonth() + 1, date.getDate()) ?? date.toISOString().slice(0, 10);

const RELATIVE: Record<string, number> = {
  today: 0,
  heute: 0,
  tomorrow: 1,
  morgen: 1,
  yesterday: -1,
  gestern: -1,
};
const UNITS: Record<string, number> = { d: 1, t: 1, w: 7 };

/**
 * A day as people type it: `2027-03-31`, `31.3.`, `31.3.27`, `3/31/2027` (by locale), `today`, `morgen`, `+3`, `2w`.
 * A day without a year is the next one to come. `null` where it is none.
 */
export function parseDay(text: string, locale: string, now = new Date()): string | null {
  const typed = text.trim().toLowerCase();
  const days = RELATIVE[typed];
  const offset = /^([+-]?)(\d{1,3})\s*([dtw])?$/.exec(typed);
  if (days !== undefined || (offset && (offset[1] || offset[3]))) {
    const shift =
      days ?? Number(offset?.[2]) * (UNITS[offset?.[3] ?? 'd'] ?? 1) * (offset?.[1] === '-' ? -1 : 1);
    return isoDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() + shift));
  }
  const year = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  if (year) return iso(Number(year[1]), Number(year[2]), Number(year[3]));
  const parts = /^(\d{1,2})[./](\d{1,2})[./]?(\d{2}|\d{4})?$/.exec(typed);
  if (!parts) return null;
  const monthFirst = typed.includes('/') && /^en-US/i.test(locale);
  const [first, second] = [Number(parts[1]), Number(parts[2])];
  const [month, day] = monthFirst ? [first, second] : [second, first];
  if (parts[3] !== undefined) return iso(Number(parts[3]) + (parts[3].length === 2 ? 2000 : 0), month, day);
  const thisYear = iso(now.getFullYear(), month, day);
  return thisYear !== null && thisYear < isoDay(now) ? iso(now.getFullYear() + 1, month, day) : thisYear;
}

/** A day as {@link parseDay} reads it where only the past can be meant: one without a year is the last one that was. */
export function parsePastDay(text: string, locale: string, now = new Date()): string | null {
  const day = parseDay(text, locale, now);
  const withoutYear = /^\s*\d{1,2}[./]\d{1,2}[./]?\s*$/.test(text);
  if (day === null || !withoutYear || day <= isoDay(now)) return day;
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return iso(year - 1, month, date);
}
