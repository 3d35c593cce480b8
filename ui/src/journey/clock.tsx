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

/** Days where they are two or more: working days where it is working time. */
function duration({ kind, left_minutes }: ClockInfo, workingDay: number): string {
  const length = Math.abs(left_minutes);
  const day = WORKING.has(kind) ? workingDay : DAY;
  if (length < HOUR) return minutes(length);
  if (length < 2 * day) return hours(Math.round(length / HOUR));
  const count = Math.round(length / day);
  return WORKING.has(kind) ? m.clock_working_days({ count }) : days(count);
}

const LOOKS: Record<string, string> = { overdue: 'text-danger', due_soon: 'text-warning' };

/** What is left on a clock, or by how much its time is up; `workingDay` is how many minutes a working day has. */
export function clockText(clock: ClockInfo, workingDay: number): string {
  const { state } = clock;
  const time = duration(clock, workingDay);
  if (state === 'overdue') return m.clock_overdue({ time });
  return state === 'due_soon' ? m.clock_soon({ time }) : m.clock_left({ time });
}

/** What is left on a clock, in words and colour; with a mark once time is up. The pointer learns what it measures. */
export function ClockLabel({ clock }: { clock: ClockInfo }) {
  const workingDay = useWorkingDay();
  const Icon = clock.state === 'overdue' ? AlarmClock : ClockIcon;
  const what = message(`clock_kind_${clock.kind}`);
  const when = `${instant(clock.due_at)} · ${fromToday(localDayOf(clock.due_at))}`;
  return (
    <span
      title={what === undefined ? when : `${what}: ${when}`}
      className={cx(
        'numeric inline-flex shrink-0 items-center gap-1 whitespace-nowrap text-small',
        LOOKS[clock.state] ?? 'text-quiet',
      )}
    >
      <Icon className="size-3.5" aria-hidden />
      {clockText(clock, workingDay)}
    </span>
  );
}
