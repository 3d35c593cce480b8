import { ChevronDown } from 'lucide-react';
import { useRef, useState } from 'react';
import type { FieldInfo } from '@/api/types';
import { cx } from '@/components/cx';
import { FormField, INPUT, TextInput } from '@/components/text-input';
import { fieldLabel } from '@/i18n/labels';
import { formatLocale } from '@/i18n/locale';
import { m } from '@/paraglide/messages.js';
import { DayText } from './day-input';
import { editedDay } from './day-text';
import { Editor, opensList } from './editor';
import { parseDay, parseNumber } from './parse';
import { valueText } from './value';

interface FormValueProps {
  kind: string;
  field: FieldInfo;
  value: unknown;
  error: string | null;
  onValue: (value: unknown) => void;
}

/** What was typed, as the value it stands for; the text itself where it is none, so that the engine says what is wrong. */
function typed(field: FieldInfo, text: string): unknown {
  if (text.trim() === '') return null;
  if (field.type === 'money' || field.type === 'integer') return parseNumber(text, formatLocale()) ?? text;
  if (field.type === 'date') return parseDay(text, formatLocale()) ?? text;
  return text;
}

/** A value as it is written in a form. */
function written(field: FieldInfo, value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '';
  return field.type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? editedDay(value) : value;
}

/** A field in a form: written ones as an input, chosen ones as a button that opens the same list as everywhere. */
export function FormValue({ kind, field, value, error, onValue }: FormValueProps) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState(() => written(field, value));
  const anchor = useRef<HTMLButtonElement>(null);
  const label = fieldLabel(kind, field);
  if (opensList(field.type)) {
    const words = valueText(kind, field, value);
    return (
      <FormField label={label} error={error} required={field.required}>
        {({ 'aria-required': _, ...control }) => (
          <>
            <button
              ref={anchor}
              type="button"
              onClick={() => setOpen(true)}
              className={cx(INPUT, 'flex items-center gap-2 text-left')}
              {...control}
              aria-label={words === '' ? label : `${label}: ${words}`}
            >
              <span className={cx('min-w-0 flex-1 truncate', words === '' && 'text-quiet')}>
                {words || m.label_choose()}
              </span>
              <ChevronDown className="size-3.5 shrink-0 text-quiet" aria-hidden />
            </button>
            {open && (
              <Editor
                kind={kind}
                field={field}
                value={value}
                anchor={anchor}
                onClose={() => setOpen(false)}
                onCommit={(next) => {
                  onValue(next);
                  return Promise.resolve();
                }}
              />
            )}
          </>
        )}
      </FormField>
    );
  }
  if (field.type === 'date') {
    return (
      <DayText
        label={label}
        text={text}
        day={parseDay(text, formatLocale())}
        required={field.required}
        error={error}
        onText={(next) => {
          setText(next);
          onValue(typed(field, next));
        }}
        onChoose={(day) => {
          setText(editedDay(day));
          onValue(day);
        }}
      />
    );
  }
  if (field.type === 'prose') {
    return (
      <FormField label={label} error={error} required={field.required}>
        {(control) => (
          <textarea
            {...control}
            rows={3}
            value={text}
            className={cx(INPUT, 'h-auto py-1.5')}
            onChange={(event) => {
              setText(event.target.value);
              onValue(typed(field, event.target.value));
            }}
          />
        )}
      </FormField>
    );
  }
  return (
    <FormField label={label} error={error} required={field.required}>
      {(control) => (
        <TextInput
          {...control}
          value={field.type === 'instant' ? localMoment(value) : text}
          type={field.type === 'instant' ? 'datetime-local' : 'text'}
          onChange={(event) => {
            setText(event.target.value);
            onValue(
              field.type === 'instant' ? toMoment(event.target.value) : typed(field, event.target.value),
            );
          }}
        />
      )}
    </FormField>
  );
}

const pad = (value: number) => String(value).padStart(2, '0');

/** A moment as a `datetime-local` input takes it. */
export function localMoment(value: unknown): string {
  const at = new Date(String(value ?? ''));
  if (Number.isNaN(at.getTime())) return '';
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

function toMoment(text: string): string | null {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
