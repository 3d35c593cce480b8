import { type ComponentProps, type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { cx } from '@/components/cx';
import { GrownInput } from '@/components/grown-input';
import { INPUT } from '@/components/text-input';
import { useAtOnce } from '@/components/use-at-once';
import { number } from '@/i18n/format';
import { formatLocale } from '@/i18n/locale';
import { m } from '@/paraglide/messages.js';
import { parseNumber } from '@/records/parse';
import { failureText } from '@/state/toasts';

/** Takes what was written; refusing it keeps it in the field, with the words of the refusal. */
export type OnWrite<T> = (value: T) => unknown | Promise<unknown>;

/** What is being written, until it is taken: Enter and leaving take it, Escape gives it up. */
function useWritten<T>(
  shown: string,
  understand: (text: string) => { value: T } | { wrong: string },
  onWrite: OnWrite<T>,
) {
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const take = (text: string) => {
    const understood = understand(text);
    if ('wrong' in understood) return setWrong(understood.wrong);
    Promise.resolve()
      .then(() => onWrite(understood.value))
      .then(() => setTyped(null))
      .catch((cause: unknown) => setWrong(failureText(cause)));
  };
  return {
    text: typed ?? shown,
    wrong,
    take,
    write: (text: string) => {
      setTyped(text);
      setWrong(null);
    },
    leave: () => {
      if (typed === null) return;
      if (typed.trim() === shown.trim()) setTyped(null);
      else take(typed);
    },
    giveUp: () => {
      setTyped(null);
      setWrong(null);
    },
  };
}

function Wrong({ id, children }: { id: string; children: string | null }) {
  if (children === null) return null;
  return (
    <span
      id={id}
      role="alert"
      className="floating absolute top-full left-0 z-30 mt-1 w-max max-w-72 whitespace-normal px-2 py-1 text-danger text-small"
    >
      {children}
    </span>
  );
}

const onKeys =
  (written: { leave: () => void; giveUp: () => void }, also?: (event: KeyboardEvent) => boolean) =>
  (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Enter') written.leave();
    else if (event.key === 'Escape') {
      written.giveUp();
      event.currentTarget.blur();
    } else if (also?.(event) !== true) return;
    event.preventDefault();
    event.stopPropagation();
  };

/** What every written field has: its name, what stands in it, what is wrong with it, how it is taken. */
function attributes(
  id: string,
  label: string,
  written: Pick<ReturnType<typeof useWritten>, 'text' | 'wrong' | 'write' | 'leave' | 'giveUp'>,
  also?: (event: KeyboardEvent) => boolean,
): ComponentProps<'input'> {
  return {
    value: written.text,
    'aria-label': label,
    'aria-invalid': written.wrong !== null,
    ...(written.wrong === null ? {} : { 'aria-describedby': `${id}-wrong` }),
    autoComplete: 'off',
    onChange: (event) => written.write(event.target.value),
    onBlur: written.leave,
    onKeyDown: onKeys(written, also),
  };
}

const LOOK =
  'min-w-0 rounded-control border border-line bg-surface transition-colors hover:border-edge focus-visible:border-accent aria-invalid:border-danger';

/** A whole number written where it stands. Arrows move it by one. */
export function WrittenNumber({
  label,
  value,
  onWrite,
  min = 0,
  max = 1_000_000,
  optional = false,
  placeholder,
  unit,
  className,
}: {
  label: string;
  value: number | null;
  onWrite: OnWrite<number | null>;
  min?: number;
  max?: number;
  /** Nothing may stand here. */
  optional?: boolean;
  placeholder?: string;
  unit?: ReactNode;
  className?: string;
}) {
  const id = useId();
  const written = useWritten<number | null>(
    value === null ? '' : number(value),
    (text) => {
      if (text.trim() === '') return optional ? { value: null } : { wrong: m.rules_number_needed() };
      const read = parseNumber(text, formatLocale());
      if (read === null || !Number.isInteger(read)) return { wrong: m.error_not_a_number() };
      return read < min || read > max
        ? { wrong: m.rules_number_between({ min: number(min), max: number(max) }) }
        : { value: read };
    },
    onWrite,
  );
  const step = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (by === 0 || event.altKey) return false;
    const from = parseNumber(written.text, formatLocale()) ?? min;
    written.write(number(Math.min(max, Math.max(min, from + by * (event.shiftKey ? 10 : 1)))));
    return true;
  };
  return (
    <span className="relative inline-flex items-center gap-1.5">
      <input
        {...attributes(id, label, written, step)}
        placeholder={placeholder}
        inputMode="numeric"
        onFocus={(event) => event.target.select()}
        className={cx(LOOK, 'numeric h-7 px-2 text-right', className ?? 'w-16')}
      />
      {unit !== undefined && <span className="text-quiet">{unit}</span>}
      <Wrong id={`${id}-wrong`}>{written.wrong}</Wrong>
    </span>
  );
}

/** Any value that is written as text. */
export function WrittenValue<T>({
  label,
  shown,
  understand,
  onWrite,
  placeholder,
  numeric = false,
  tall = false,
}: {
  label: string;
  shown: string;
  understand: (text: string) => { value: T } | { wrong: string };
  onWrite: OnWrite<T>;
  placeholder?: string;
  numeric?: boolean;
  /** As high as the fields of a form. */
  tall?: boolean;
}) {
  const id = useId();
  const written = useWritten(shown, understand, onWrite);
  return (
    <span className="relative block min-w-0">
      <input
        {...attributes(id, label, written)}
        placeholder={placeholder}
        className={cx(LOOK, 'w-full border-edge', tall ? 'h-8 px-2.5' : 'h-7 px-2', numeric && 'numeric')}
      />
      <Wrong id={`${id}-wrong`}>{written.wrong}</Wrong>
    </span>
  );
}

interface WrittenTextProps {
  label: string;
  value: string;
  onWrite: OnWrite<string>;
  required?: boolean;
  placeholder?: string;
  className?: string;
  autoFocus?: boolean;
}

function useText({ value, onWrite, required }: WrittenTextProps) {
  return useWritten<string>(
    value,
    (text) =>
      required === true && text.trim() === '' ? { wrong: m.error_name_missing() } : { value: text.trim() },
    onWrite,
  );
}

/** A line of text written where it stands. */
export function WrittenText(props: WrittenTextProps) {
  const { label, placeholder, className, autoFocus } = props;
  const id = useId();
  const written = useText(props);
  return (
    <span className="relative block min-w-0">
      <input
        {...attributes(id, label, written)}
        placeholder={placeholder}
        // biome-ignore lint/a11y/noAutofocus: what was just made is named first
        autoFocus={autoFocus}
        className={cx(INPUT, className)}
      />
      <Wrong id={`${id}-wrong`}>{written.wrong}</Wrong>
    </span>
  );
}

/** A line of text that is shown whole, however long. */
export function WrittenLines(props: WrittenTextProps) {
  const { label, placeholder, className } = props;
  const written = useText(props);
  return (
    <GrownInput
      value={written.text}
      aria-label={label}
      placeholder={placeholder ?? ''}
      onChange={(event) => written.write(event.target.value)}
      onBlur={written.leave}
      onKeyDown={onKeys(written)}
      className={cx(
        'w-full rounded-control border border-edge bg-surface px-2.5 py-1.5 focus-visible:border-accent',
        className,
      )}
    />
  );
}

/** Yes or no. */
export function Check({
  label,
  checked,
  onChange,
  shown = false,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** The label stands beside it for everybody. */
  shown?: boolean;
}) {
  const [ticked, tick] = useAtOnce(checked, onChange);
  return (
    <label className="inline-flex items-center gap-2">
      <input
        type="checkbox"
        checked={ticked}
        onChange={(event) => tick(event.target.checked)}
        className="size-3.5 accent-accent"
      />
      <span className={shown ? '' : 'sr-only'}>{label}</span>
    </label>
  );
}
