import { kindLabel, message, optionLabel, stageLabel } from '@/i18n/labels';
import { minutes, month } from '@/i18n/measures';
import { m } from '@/paraglide/messages.js';
import { campaignName, sourceName, teamName } from './names';

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

/** `attribution/<model>/<currency>/<team, campaign or source>/<which>`, or what was won without a touch. */
function attributionTitle([model = '', , of = '', key = '']: string[], title: string): string {
  if (model === 'untouched') return m.number_attribution_untouched();
  const name = of === 'team' ? teamName(key) : of === 'source' ? sourceName(key) : campaignName(title);
  return m.number_attribution({ name, model: optionLabel('policy', 'attribution', model) });
}

const isTime = (text: string) => /^\d+$/.test(text);

function speedTitle(parts: string[]): string {
  const [bucket = '', time = ''] = parts;
  if (bucket === 'upto' && isTime(time)) return m.number_speed_upto({ time: minutes(Number(time)) });
  if (bucket === 'touched') return m.number_speed_touched();
  if (bucket === 'untouched') return m.number_speed_untouched();
  return m.number_speed_longer();
}

function feedbackTitle([of = '', key = '', ...rest]: string[], title: string, reason: string): string {
  if (of === 'returned') return m.number_returned();
  const what = rest[0] === 'reason' ? 'returned' : (rest[0] ?? '');
  const name =
    of === 'source'
      ? sourceName(key)
      : title || (of === 'campaign' ? m.numbers_no_campaign() : m.number_this_rule());
  const said = message(`number_${of === 'criterion' ? 'criterion' : 'feedback'}_${what}`, { name });
  if (said === undefined) return m.number_any();
  return reason === '' ? said : `${said} · ${reason}`;
}

/**
 * What a number counts, in words. Its name is a path: what it is about first, then which of them, then what of it.
 * `title` and `reason` are what the records within it are called. A name of a newer engine is just a number.
 */
export function numberTitle(number: string, title = '', reason = ''): string {
  const [subject = '', ...rest] = number.split('/');
  const [first = '', second = ''] = rest;
  switch (subject) {
    case 'attribution':
      return attributionTitle(rest, title);
    case 'goal':
      if (second === 'team')
        return m.number_goal_team({ name: title || kindLabel('goal'), team: teamName(rest[2] ?? '') });
      return message(`number_goal_${second}`, { name: title || kindLabel('goal') }) ?? m.number_any();
    case 'funnel':
      return message(`number_funnel_${first}`, { stage: stageLabel(second) }) ?? m.number_any();
    case 'meter':
      return (
        (/^\d{4}-\d{2}$/.test(first) && message(`number_meter_${second}`, { month: month(first) })) ||
        m.number_any()
      );
    case 'speed':
      return speedTitle(rest);
    case 'feedback':
      return feedbackTitle(rest, title, reason);
    default:
      // `won`, `velocity/open`, …
      return message(`number_of_${rest.at(-1) ?? subject}`) ?? m.number_any();
  }
}
