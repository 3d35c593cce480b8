import { AlarmClock, Clock as ClockIcon } from 'lucide-react';
import type { ClockInfo } from '@/api/types';
import { cx } from '@/components/cx';
import { fromToday, instant, localDayOf } from '@/i18n/format';
import { message } from '@/i18n/labels';
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

const LOOKS: Record<string, string> = { overdue: 'text-danger', due_soon: 'text-warning' };

/** What is left on a clock, or by how much its time is up. */
export function clockText({ state, left_minutes }: ClockInfo): string {
  const time = duration(left_minutes);
  if (state === 'overdue') return m.clock_overdue({ time });
  return state === 'due_soon' ? m.clock_soon({ time }) : m.clock_left({ time });
}

/** What is left on a clock, in words and colour; with a mark once time is up. The pointer learns what it measures. */
export function ClockLabel({ clock }: { clock: ClockInfo }) {
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
      {clockText(clock)}
    </span>
  );
}
