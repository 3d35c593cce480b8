import { formatLocale } from '@/i18n/locale';
import { m } from '@/paraglide/messages.js';
import { DayText } from '@/records/day-input';
import { editedDay } from '@/records/day-text';
import { isoDay, parseDay } from '@/records/parse';

/** The days that are meant most often: tomorrow, and in a week. */
const SOON = [1, 7];

const inDays = (days: number): string => {
  const now = new Date();
  return isoDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days));
};

/** A day in a form, with those beside it that are meant most often. */
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
  const take = (chosen: string) => onText(editedDay(chosen));
  return (
    <div className="min-w-0">
      <DayText
        label={label}
        text={text}
        day={parseDay(text, formatLocale())}
        required={required}
        hint={hint}
        error={error}
        onText={onText}
        onChoose={take}
      />
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
    </div>
  );
}
