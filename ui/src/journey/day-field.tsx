import { type KeyboardEvent, useRef, useState } from 'react';
import { FormField, TextInput } from '@/components/text-input';
import { dayAndMonth, dayFigures } from '@/i18n/format';
import { formatLocale } from '@/i18n/locale';
import { m } from '@/paraglide/messages.js';
import { Calendar, dayAfterKey } from '@/records/calendar';
import { isoDay, parseDay } from '@/records/parse';

/** The days that are meant most often: tomorrow, and in a week. */
const SOON = [1, 7];

const inDays = (days: number): string => {
  const now = new Date();
  return isoDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days));
};

/** A day in a form: typed, moved by the arrows, chosen from the month beside it, or one of those meant most often. */
export function DayField({
  label,
  text,
  required = false,
  hint,
  error,
  onText,
}: {
  label: string;
  /** As typed; {@link parseDay} reads it. */
  text: string;
  required?: boolean;
  hint?: string;
  error?: string | undefined;
  onText: (text: string) => void;
}) {
  const anchor = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const day = parseDay(text, formatLocale());
  const take = (chosen: string) => {
    onText(dayFigures(chosen));
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const vertical = event.key === 'ArrowUp' || event.key === 'ArrowDown' || event.key.startsWith('Page');
    const moved = vertical ? dayAfterKey(day ?? isoDay(new Date()), event.key) : null;
    if (event.key === 'Escape' && open) {
      // The month goes first; what is around it stays for another Escape.
      setOpen(false);
      event.stopPropagation();
    } else if (moved !== null) onText(dayFigures(moved));
    else return;
    event.preventDefault();
  };
  return (
    <div ref={anchor} className="min-w-0">
      <FormField label={label} required={required} hint={hint} error={error}>
        {(field) => (
          <TextInput
            {...field}
            value={text}
            placeholder={m.hint_day({ day: dayAndMonth() })}
            onFocus={() => setOpen(true)}
            onBlur={() => setOpen(false)}
            onChange={(event) => onText(event.target.value)}
            onKeyDown={onKeyDown}
          />
        )}
      </FormField>
      <p className="mt-1 flex gap-1">
        {SOON.map((days) => (
          <button
            key={days}
            type="button"
            onClick={() => take(inDays(days))}
            className="rounded-full border border-line px-2 text-quiet text-small hover:bg-hover hover:text-text"
          >
            {days === 1 ? m.day_tomorrow() : m.day_in_a_week()}
          </button>
        ))}
      </p>
      {open && <Calendar anchor={anchor} value={day} onChoose={take} />}
    </div>
  );
}
