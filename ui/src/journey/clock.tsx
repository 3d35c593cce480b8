import { AlarmClock, Clock as ClockIcon } from 'lucide-react';
import type { ClockInfo } from '@/api/types';
import { cx } from '@/components/cx';
import { fromToday, instant, localDayOf } from '@/i18n/format';
import { message } from '@/i18n/labels';
import { days, hours, minutes } from '@/i18n/measures';
import { m } from '@/paraglide/messages.js';
import { useWorkingDay } from './working-day';

const HOUR = 60;
const DAY = 24 * HOUR;

/** Clocks that run only while people work. */
const WORKING = new Set(['accept', 'first_touch']);

/** Clocks that end with a day: how late they are is told by the calendar, as everywhere. */
const BY_DAY = new Set(['next_step', 'task']);

/** Days where they are two or more. */
function duration(length: number): string {
  if (length < HOUR) return minutes(length);
  return length < 2 * DAY ? hours(Math.round(length / HOUR)) : days(Math.round(length / DAY));
}

/** The same of working time, which says so: four working hours may end tomorrow. */
function workingDuration(length: number, workingDay: number): string {
  if (length < HOUR) return m.clock_working_minutes({ count: length });
  return length < 2 * workingDay
    ? m.clock_working_hours({ count: Math.round(length / HOUR) })
    : m.clock_working_days({ count: Math.round(length / workingDay) });
}

/** A renewal is not late when its time has come: only the contract's end is a limit. */
function renewalText({ left_minutes, due_at }: ClockInfo): string {
  if (left_minutes > 0) return m.clock_renewal_ahead({ when: fromToday(localDayOf(due_at)) });
  const count = Math.round(-left_minutes / DAY);
  return count === 0 ? m.clock_renewal_up_today() : m.clock_renewal_up({ count });
}

const LOOKS: Record<string, string> = { overdue: 'text-danger', due_soon: 'text-warning' };

/** What is left on a clock, or by how much its time is up; `workingDay` is how many minutes a working day has. */
export function clockText(clock: ClockInfo, workingDay: number): string {
  const { kind, state, left_minutes } = clock;
  if (kind === 'renewal') return renewalText(clock);
  const length = Math.abs(left_minutes);
  if (state === 'overdue' && BY_DAY.has(kind))
    return m.clock_overdue({ time: days(Math.ceil(length / DAY)) });
  const time = WORKING.has(kind) ? workingDuration(length, workingDay) : duration(length);
  if (state === 'overdue') return m.clock_overdue({ time });
  return state === 'due_soon' ? m.clock_soon({ time }) : m.clock_left({ time });
}

/** What is left on a clock, in words and colour; with a mark once time is up. The pointer learns what it measures. */
export function ClockLabel({ clock }: { clock: ClockInfo }) {
  const workingDay = useWorkingDay();
  const isCalm = clock.kind === 'renewal';
  const Icon = clock.state === 'overdue' && !isCalm ? AlarmClock : ClockIcon;
  const what = message(`clock_kind_${clock.kind}`);
  const when = `${instant(clock.due_at)} · ${fromToday(localDayOf(clock.due_at))}`;
  return (
    <span
      title={what === undefined ? when : `${what}: ${when}`}
      className={cx(
        'numeric inline-flex shrink-0 items-center gap-1 whitespace-nowrap text-small',
        (isCalm ? undefined : LOOKS[clock.state]) ?? 'text-quiet',
      )}
    >
      <Icon className="size-3.5" aria-hidden />
      {clockText(clock, workingDay)}
    </span>
  );
}
