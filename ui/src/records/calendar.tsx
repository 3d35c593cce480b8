import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type RefObject, useState } from 'react';
import { cx } from '@/components/cx';
import { formatLocale } from '@/i18n/locale';
import { m } from '@/paraglide/messages.js';
import { Anchored } from './anchored';
import { isoDay } from './parse';

/** The days of a month's weeks, Monday first, with those of its neighbours that fill the first and last week. */
export function monthGrid(year: number, month: number): Date[] {
  const first = new Date(year, month, 1);
  const lead = (first.getDay() + 6) % 7;
  return Array.from({ length: 42 }, (_, index) => new Date(year, month, 1 - lead + index));
}

/** The day that a key leads to from this one, as in the month that is shown; none for other keys. */
export function dayAfterKey(day: string, key: string): string | null {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[key];
  if (days !== undefined) return isoDay(new Date(year, month - 1, date + days));
  const months = { PageUp: -1, PageDown: 1 }[key];
  if (months === undefined) return null;
  // From the 31st a month on is that month's last day, not one of the month after.
  const last = new Date(year, month + months, 0).getDate();
  return isoDay(new Date(year, month - 1 + months, Math.min(date, last)));
}

/**
 * A month beside the field that is typed into. It never takes the focus: whoever types writes the day, and the field's keys
 * move it ({@link dayAfterKey}).
 */
export function Calendar({
  anchor,
  value,
  onChoose,
}: {
  anchor: RefObject<HTMLElement | null>;
  value: string | null;
  onChoose: (day: string) => void;
}) {
  const today = isoDay(new Date());
  const start = new Date(`${value ?? today}T00:00:00`);
  // Another day shows its own month, wherever one had leafed to before.
  const [leafed, setLeafed] = useState({ from: value, by: 0 });
  const shift = leafed.from === value ? leafed.by : 0;
  const setShift = (by: number) => setLeafed({ from: value, by });
  const shown = new Date(start.getFullYear(), start.getMonth() + shift, 1);
  const days = monthGrid(shown.getFullYear(), shown.getMonth());
  const title = new Intl.DateTimeFormat(formatLocale(), { month: 'long', year: 'numeric' }).format(shown);
  const weekday = new Intl.DateTimeFormat(formatLocale(), { weekday: 'short' });
  return (
    <Anchored anchor={anchor} label={title} className="w-60 p-2" passive>
      <div className="mb-1 flex items-center justify-between px-1">
        <span className="font-medium">{title}</span>
        <span className="flex">
          <Step
            label={m.action_previous_month()}
            icon={<ChevronLeft className="size-4" />}
            onClick={() => setShift(shift - 1)}
          />
          <Step
            label={m.action_next_month()}
            icon={<ChevronRight className="size-4" />}
            onClick={() => setShift(shift + 1)}
          />
        </span>
      </div>
      <div className="grid grid-cols-7 text-center">
        {days.slice(0, 7).map((date) => (
          <span key={date.getDay()} className="caps py-1">
            {weekday.format(date).slice(0, 2)}
          </span>
        ))}
        {days.map((date) => {
          const day = isoDay(date);
          return (
            <button
              key={day}
              type="button"
              tabIndex={-1}
              aria-current={day === value ? 'date' : undefined}
              onClick={() => onChoose(day)}
              className={cx(
                'numeric h-7 rounded-control',
                date.getMonth() !== shown.getMonth() && 'text-quiet',
                day === today && 'font-semibold text-accent',
                day === value ? 'bg-accent text-on-accent hover:bg-accent-strong' : 'hover:bg-hover',
              )}
            >
              {date.getDate()}
            </button>
          );
        })}
      </div>
    </Anchored>
  );
}

function Step({ label, icon, onClick }: { label: string; icon: React.ReactNode; onClick: () => void }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      onClick={onClick}
      className="flex size-6 items-center justify-center rounded-control text-quiet hover:bg-hover hover:text-text"
    >
      {icon}
    </button>
  );
}
