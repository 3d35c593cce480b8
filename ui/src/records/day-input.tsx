import { type KeyboardEvent, useRef, useState } from 'react';
import { FormField, TextInput } from '@/components/text-input';
import { formatLocale } from '@/i18n/locale';
import { m } from '@/paraglide/messages.js';
import { Calendar, dayAfterKey } from './calendar';
import { dayHint, editedDay } from './day-text';
import { isoDay, parseDay, parsePastDay } from './parse';

/** A day as it is typed, with the month beside it; arrows move it, and a click in the month chooses one. */
export function DayText({
  label,
  text,
  day,
  required = false,
  past = false,
  hint,
  error,
  autoFocus = false,
  onText,
  onChoose,
  onEnter,
  onLeave,
}: {
  label: string;
  text: string;
  /** The day that the text is read as; where it is none, the one that the arrows begin at. */
  day: string | null;
  required?: boolean;
  /** Its examples are days that were. */
  past?: boolean;
  hint?: string | undefined;
  error?: string | null | undefined;
  autoFocus?: boolean;
  onText: (text: string) => void;
  onChoose: (day: string) => void;
  onEnter?: () => void;
  onLeave?: () => void;
}) {
  const anchor = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const onKeyDown = (event: KeyboardEvent) => {
    const vertical = event.key === 'ArrowUp' || event.key === 'ArrowDown' || event.key.startsWith('Page');
    const moved = vertical ? dayAfterKey(day ?? isoDay(new Date()), event.key) : null;
    if (event.key === 'Escape' && open) {
      // The month goes first; what is around it stays for another Escape.
      setOpen(false);
      event.stopPropagation();
    } else if (event.key === 'Enter' && onEnter !== undefined) onEnter();
    else if (moved !== null) onText(editedDay(moved));
    else return;
    event.preventDefault();
  };
  return (
    <div ref={anchor} className="min-w-0">
      <FormField label={label} required={required} hint={hint} error={error}>
        {(field) => (
          <TextInput
            {...field}
            autoFocus={autoFocus}
            placeholder={dayHint(past)}
            value={text}
            onFocus={() => setOpen(true)}
            onClick={() => setOpen(true)}
            onBlur={() => {
              setOpen(false);
              onLeave?.();
            }}
            onChange={(event) => onText(event.target.value)}
            onKeyDown={onKeyDown}
          />
        )}
      </FormField>
      {open && (
        <Calendar
          anchor={anchor}
          value={day}
          onChoose={(chosen) => {
            setOpen(false);
            onChoose(chosen);
          }}
        />
      )}
    </div>
  );
}

const understand = (text: string, past: boolean): string | null =>
  (past ? parsePastDay : parseDay)(text, formatLocale());

/** A day that is written as soon as it is chosen, or typed and left. */
export function DayInput({
  label,
  value,
  past = false,
  refused = null,
  autoFocus = false,
  onDay,
}: {
  label: string;
  value: string | null;
  /** Days to come are refused. */
  past?: boolean;
  /** Why the day that was last written is not taken, where somebody else knows that. */
  refused?: string | null;
  autoFocus?: boolean;
  onDay: (day: string) => void;
}) {
  const shown = value === null ? '' : editedDay(value);
  const [text, setText] = useState({ of: value, text: shown });
  const [error, setError] = useState<string | null>(null);
  const typed = text.of === value ? text.text : shown;
  const take = (day: string) => {
    const tooLate = past && day > isoDay(new Date());
    setError(tooLate ? m.period_not_past() : null);
    if (!tooLate) onDay(day);
  };
  const finish = () => {
    if (typed.trim() === '' || (typed === shown && refused === null)) return;
    const day = understand(typed, past);
    if (day === null) setError(past ? m.error_not_a_past_day() : m.error_not_a_day());
    else take(day);
  };
  return (
    <DayText
      label={label}
      text={typed}
      day={understand(typed, past) ?? value}
      past={past}
      error={error ?? refused}
      autoFocus={autoFocus}
      onText={(next) => {
        setText({ of: value, text: next });
        setError(null);
      }}
      onChoose={(chosen) => {
        setText({ of: value, text: editedDay(chosen) });
        take(chosen);
      }}
      onEnter={finish}
      onLeave={finish}
    />
  );
}
