import { AlarmClock, Clock as ClockIcon } from 'lucide-react';
import type { ClockInfo } from '@/api/types';
import { cx } from '@/components/cx';
import { fromToday, instant } from '@/i18n/format';
import { days, hours, minutes } from '@/i18n/measures';
import { m } from '@/paraglide/messages.js';

const HOUR = 60;
const DAY = 24 * HOUR;

function duration(left: number): string {
  const length = Math.abs(left);
  if (length < HOUR) return minutes(length);
  if (length < 2 * DAY) return hours(Math.round(length / HOUR));
  return days(Math.round(length / DAY));
}

/** What is left on a clock, or by how much its time is up. */
export function clockText({ state, left_minutes }: ClockInfo): string {
  const time = duration(left_minutes);
  return state === 'overdue' ? m.clock_overdue({ time }) : m.clock_left({ time });
}

/** What is left on a clock, in words; red and with a mark once time is up. */
export function ClockLabel({ clock }: { clock: ClockInfo }) {
  const overdue = clock.state === 'overdue';
  const Icon = overdue ? AlarmClock : ClockIcon;
  return (
    <span
      title={`${instant(clock.due_at)} · ${fromToday(clock.due_at.slice(0, 10))}`}
      className={cx(
        'numeric inline-flex shrink-0 items-center gap-1 whitespace-nowrap text-small',
        overdue ? 'text-danger' : clock.state === 'due_soon' ? 'text-warning' : 'text-quiet',
      )}
    >
      <Icon className="size-3.5" aria-hidden />
      {clockText(clock)}
    </span>
  );
}
