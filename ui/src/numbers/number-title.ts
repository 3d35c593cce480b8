import type { RecordInfo } from '@/api/types';
import { day } from '@/i18n/format';
import { kindLabel, message, optionLabel, stageLabel } from '@/i18n/labels';
import { minutes, month } from '@/i18n/measures';
import { m } from '@/paraglide/messages.js';
import { campaignName, sourceName, teamName } from './names';
import type { Span } from './period';

/** A record that a number's name speaks of: whose title is needed to say what the number counts. */
export function recordIn(number: string): string | null {
  const [subject, first = '', second = '', third = '', fourth = ''] = number.split('/');
  if (subject === 'goal') return first || null;
  if (subject === 'attribution') return third === 'campaign' ? fourth || null : null;
  const named = subject === 'feedback' && (first === 'campaign' || first === 'criterion');
  return named ? second || null : null;
}

/** What a return's reason is called by its id, for a number that counts the leads returned for it. */
export function reasonIn(number: string): string | null {
  const parts = number.split('/');
  const at = parts.findIndex((part) => part === 'reason' || part === 'returned');
  return parts[0] === 'feedback' && at >= 3 ? (parts[at + 1] ?? null) : null;
}

/** A goal has days of its own, whichever period its records are asked for in. */
export function ownSpan(number: string, about: Pick<RecordInfo, 'fields'> | undefined): Span | null {
  const { from, to } = about?.fields ?? {};
  const isOfGoal = number.startsWith('goal/') && typeof from === 'string' && typeof to === 'string';
  return isOfGoal ? { from, to } : null;
}

/** `attribution/<model>/<currency>/<team, campaign or source>/<which>`, or what was won in a currency, all of it or without a touch. */
function attributionTitle([model = '', currency = '', of = '', key = '']: string[], title: string): string {
  if (model === 'untouched') return m.number_attribution_untouched();
  if (model === 'deals') return m.number_attribution_deals({ currency });
  const by = optionLabel('policy', 'attribution', model);
  if (key === '') return message(`number_attribution_no_${of}`, { model: by }) ?? m.number_any();
  const name = of === 'team' ? teamName(key) : of === 'source' ? sourceName(key) : campaignName(title);
  return m.number_attribution({ name, model: by });
}

const isTime = (text: string) => /^\d+$/.test(text);

function speedTitle(parts: string[]): string {
  const [bucket = '', time = ''] = parts;
  if (bucket === 'upto' && isTime(time)) return m.number_speed_upto({ time: minutes(Number(time)) });
  if (bucket === 'touched') return m.number_speed_touched();
  if (bucket === 'untouched') return m.number_speed_untouched();
  return m.number_speed_longer();
}

/** `meter/<month>/<what>`; what is counted as a month ends is not the last word while it runs. */
function meterTitle([at = '', what = '']: string[], on: string): string {
  if (!/^\d{4}-\d{2}$/.test(at)) return m.number_any();
  if (what === 'forgotten' && at === on.slice(0, 7)) return m.number_meter_forgotten_so_far({ day: day(on) });
  return message(`number_meter_${what}`, { month: month(at) }) ?? m.number_any();
}

/** `goal/<id>/<won, open or team>`. */
function goalTitle([, what = '', team = '']: string[], title: string): string {
  const name = title || kindLabel('goal');
  if (what !== 'team') return message(`number_goal_${what}`, { name }) ?? m.number_any();
  return team === '' ? m.number_goal_no_team({ name }) : m.number_goal_team({ name, team: teamName(team) });
}

function feedbackTitle([of = '', key = '', ...rest]: string[], title: string, reason: string): string {
  if (of === 'returned') return m.number_returned();
  const what = rest[0] === 'reason' ? 'returned' : (rest[0] ?? '');
  const none = key === '' ? message(`number_from_no_${of}`) : undefined;
  const name =
    none ??
    (of === 'source'
      ? sourceName(key)
      : title || (of === 'campaign' ? m.numbers_no_campaign() : m.number_this_rule()));
  const said = message(`number_${of === 'criterion' ? 'criterion' : 'feedback'}_${what}`, { name });
  if (said === undefined) return m.number_any();
  return reason === '' ? said : `${said} · ${reason}`;
}

/**
 * What a number counts, in words. Its name is a path: what it is about first, then which of them, then what of it.
 * `title` and `reason` are what the records within it are called, `on` is the day it is looked at from. A name of a newer
 * engine is just a number.
 */
export function numberTitle(
  number: string,
  { title = '', reason = '', on = '' }: { title?: string; reason?: string; on?: string } = {},
): string {
  const [subject = '', ...rest] = number.split('/');
  const [first = '', second = ''] = rest;
  switch (subject) {
    case 'attribution':
      return attributionTitle(rest, title);
    case 'goal':
      return goalTitle(rest, title);
    case 'funnel':
      return message(`number_funnel_${first}`, { stage: stageLabel(second) }) ?? m.number_any();
    case 'meter':
      return meterTitle(rest, on);
    case 'speed':
      return speedTitle(rest);
    case 'feedback':
      return feedbackTitle(rest, title, reason);
    default:
      // `won`, `velocity/open`, …
      return message(`number_of_${rest.at(-1) ?? subject}`) ?? m.number_any();
  }
}
