import { dayAndMonth, dayFigures } from '@/i18n/format';
import { formatLocale } from '@/i18n/locale';
import { m } from '@/paraglide/messages.js';
import { parseDay } from './parse';

/** A day as this locale writes it, where it is read back as the same day. */
export function editedDay(day: string): string {
  const figures = dayFigures(day);
  return parseDay(figures, formatLocale()) === day ? figures : day;
}

/** How a day may be typed, by examples that are read as they are meant; where only the past is, by days of it. */
export function dayHint(past = false): string {
  const written = dayAndMonth();
  const isRead = parseDay(written, formatLocale())?.endsWith('-12-31') === true;
  const day = isRead ? written : '31.12.';
  return past ? m.hint_day_past({ day }) : m.hint_day({ day });
}
