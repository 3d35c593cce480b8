import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { cx } from '@/components/cx';
import { fieldLabel } from '@/i18n/labels';
import { formatLocale } from '@/i18n/locale';
import { m } from '@/paraglide/messages.js';
import { Calendar, dayAfterKey } from './calendar';
import { editedDay } from './day-text';
import { type After, type EditorProps, useCommit } from './editor';
import { localMoment } from './form-value';
import { isoDay, parseDay, parseNumber, separators } from './parse';

/** What stands in the input for a value. */
function asText(type: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (type === 'money' || type === 'integer')
    return String(value).replace('.', separators(formatLocale()).decimal);
  if (type === 'instant') return localMoment(value);
  if (type === 'date') return editedDay(String(value));
  return String(value);
}

/** What was typed, as a value; words that say what is wrong otherwise. */
function understand(type: string, text: string): { value: unknown } | { wrong: string } {
  const typed = text.trim();
  if (typed === '') return { value: null };
  if (type === 'money' || type === 'integer') {
    const number = parseNumber(typed, formatLocale());
    if (number === null || (type === 'integer' && !Number.isInteger(number)))
      return { wrong: m.error_not_a_number() };
    return { value: number };
  }
  if (type === 'date') {
    const day = parseDay(typed, formatLocale());
    return day === null ? { wrong: m.error_not_a_day() } : { value: day };
  }
  if (type === 'instant') {
    const at = new Date(typed);
    return Number.isNaN(at.getTime()) ? { wrong: m.error_not_a_moment() } : { value: at.toISOString() };
  }
  return { value: type === 'prose' ? text.trimEnd() : typed };
}

const INPUT_TYPES: Record<string, string> = {
  email: 'email',
  phone: 'tel',
  url: 'url',
  instant: 'datetime-local',
};

/** Writes lines, prose, numbers, dates and addresses in the place of the value. */
export function TextEditor(props: EditorProps) {
  const { kind, field, value, initialText, anchor, onClose } = props;
  const { error, setError, commit } = useCommit(props);
  const before = asText(field.type, value);
  const [text, setText] = useState(initialText ?? before);
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const settled = useRef(false);
  const selectNext = useRef(false);
  const id = useId();

  useEffect(() => {
    input.current?.focus();
    if (initialText === undefined) input.current?.select();
  }, [initialText]);

  // What the keys wrote stands selected, so that typing replaces it and the keys go on.
  useLayoutEffect(() => {
    if (selectNext.current && text !== '') input.current?.select();
    selectNext.current = false;
  }, [text]);

  /** Once, however the field is left meanwhile; a refusal lets it be tried again. */
  const write = (next: unknown, after: After) => {
    settled.current = true;
    void commit(next, after).then(() => {
      settled.current = false;
    });
  };

  const finish = (after: After) => {
    if (settled.current) return;
    if (text === before) {
      settled.current = true;
      onClose(after);
      return;
    }
    const understood = understand(field.type, text);
    if ('wrong' in understood) setError(understood.wrong);
    else write(understood.value, after);
  };

  /** Arrows and page keys move the day; left and right only while all is selected, else they move in the text. */
  const moveDay = (event: KeyboardEvent): boolean => {
    const { selectionStart, selectionEnd, value: shown } = input.current ?? { value: '' };
    const sideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
    const wholeSelected = selectionStart === 0 && selectionEnd === shown.length;
    if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || (sideways && !wholeSelected))
      return false;
    const moved = dayAfterKey(parseDay(text, formatLocale()) ?? isoDay(new Date()), event.key);
    if (moved === null) return false;
    setText(editedDay(moved));
    setError(null);
    selectNext.current = true;
    return true;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const multiline = field.type === 'prose';
    if (event.key === 'Escape') {
      settled.current = true;
      onClose('stay');
    } else if (field.type === 'date' && moveDay(event)) {
      // Moved.
    } else if (event.key === 'Enter' && (!multiline || event.ctrlKey || event.metaKey)) finish('down');
    else if (event.key === 'Tab') finish(event.shiftKey ? 'left' : 'right');
    else return;
    event.preventDefault();
  };

  const shared = {
    ref: input,
    id,
    value: text,
    'aria-label': fieldLabel(kind, field),
    'aria-invalid': error !== null,
    ...(error === null ? {} : { 'aria-describedby': `${id}-error` }),
    onKeyDown,
    onChange: (event: { target: { value: string } }) => {
      setText(event.target.value);
      setError(null);
    },
    onBlur: () => finish('stay'),
    className: cx(
      'w-full bg-surface px-2 outline-2 outline-accent -outline-offset-1 rounded-mark aria-invalid:outline-danger',
      field.type === 'prose' ? 'absolute top-0 left-0 z-20 min-h-28 py-1.5 shadow-float' : 'h-full min-h-7',
    ),
  };
  return (
    <span className="relative block h-full min-h-7 w-full">
      {field.type === 'prose' ? (
        <textarea {...shared} rows={5} />
      ) : (
        <input {...shared} type={INPUT_TYPES[field.type] ?? 'text'} autoComplete="off" spellCheck={false} />
      )}
      {field.type === 'date' && error === null && (
        <Calendar
          anchor={anchor}
          value={parseDay(text, formatLocale()) ?? (typeof value === 'string' ? value : null)}
          onChoose={(day) => write(day, 'stay')}
        />
      )}
      {error !== null && (
        <span
          id={`${id}-error`}
          role="alert"
          className="floating absolute top-full left-0 z-30 mt-1 w-max max-w-72 whitespace-normal px-2 py-1 text-danger text-small"
        >
          {error}
        </span>
      )}
    </span>
  );
}
