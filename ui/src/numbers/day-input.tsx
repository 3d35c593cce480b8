import { type KeyboardEvent, useRef, useState } from 'react';
import { FormField, TextInput } from '@/components/text-input';
import { dayAndMonth, dayFigures } from '@/i18n/format';
import { formatLocale } from '@/i18n/locale';
import { m } from '@/paraglide/messages.js';
import { Calendar, dayAfterKey } from '@/records/calendar';
import { isoDay, parseDay } from '@/records/parse';

/** A day without a year is the last one that was, where only the past can be meant. */
function understand(text: string, past: boolean): string | null {
  const day = parseDay(text, formatLocale());
  if (day === null || !past || day <= isoDay(new Date()) || /\d{4}/.test(text)) return day;
  return `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
}

/** A day, typed, chosen from the month beside it, or moved by the arrows. */
export function DayInput({
  label,
  value,
  past = false,
  autoFocus = false,
  onDay,
}: {
  label: string;
  value: string | null;
  /** Days to come are refused. */
  past?: boolean;
  autoFocus?: boolean;
  onDay: (day: string) => void;
}) {
  const anchor = useRef<HTMLDivElement>(null);
  const shown = value === null ? '' : dayFigures(value);
  const [text, setText] = useState({ of: value, text: shown });
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const typed = text.of === value ? text.text : shown;
  const write = (next: string) => setText({ of: value, text: next });

  const take = (day: string) => {
    const tooLate = past && day > isoDay(new Date());
    setError(tooLate ? m.period_not_past() : null);
    if (!tooLate) onDay(day);
  };
  const finish = () => {
    if (typed.trim() === '' || typed === shown) return;
    const day = understand(typed, past);
    if (day === null) setError(m.error_not_a_day());
    else take(day);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const vertical = event.key === 'ArrowUp' || event.key === 'ArrowDown' || event.key.startsWith('Page');
    const moved = vertical
      ? dayAfterKey(understand(typed, past) ?? value ?? isoDay(new Date()), event.key)
      : null;
    if (event.key === 'Escape' && open) {
      // The month goes first; what is around it stays for another Escape.
      setOpen(false);
      event.stopPropagation();
    } else if (event.key === 'Enter') finish();
    else if (moved !== null) write(dayFigures(moved));
    else return;
    event.preventDefault();
  };
  return (
    <div ref={anchor}>
      <FormField label={label} error={error}>
        {(field) => (
          <TextInput
            {...field}
            autoFocus={autoFocus}
            placeholder={m.hint_day({ day: dayAndMonth() })}
            value={typed}
            onFocus={() => setOpen(true)}
            onClick={() => setOpen(true)}
            onBlur={() => {
              setOpen(false);
              finish();
            }}
            onChange={(event) => {
              write(event.target.value);
              setError(null);
            }}
            onKeyDown={onKeyDown}
          />
        )}
      </FormField>
      {open && (
        <Calendar anchor={anchor} value={understand(typed, past) ?? value} onChoose={(day) => take(day)} />
      )}
    </div>
  );
}
