import { type ComponentProps, type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react';
import { cx } from './cx';

export const INPUT =
  'h-8 w-full min-w-0 rounded-control border border-edge bg-surface px-2.5 text-body placeholder:text-quiet focus-visible:border-accent aria-invalid:border-danger';

export function TextInput({
  className,
  ...rest
}: InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }) {
  return <input className={cx(INPUT, className)} autoComplete="off" spellCheck={false} {...rest} />;
}

/** One of a few in a form, nothing at first. */
export function ReasonSelect({
  options,
  onChange,
  ...rest
}: {
  options: { value: string; label: string }[];
  value: string;
  onChange: (value: string) => void;
} & Omit<ComponentProps<'select'>, 'onChange' | 'value'>) {
  return (
    <select {...rest} className={INPUT} onChange={(event) => onChange(event.target.value)}>
      <option value="" />
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** A labelled control in a form, with a hint below and what is wrong with it in words. */
export function FormField({
  label,
  hint,
  error,
  required,
  children,
}: {
  label: string;
  hint?: ReactNode;
  error?: string | null | undefined;
  required?: boolean;
  children: (props: {
    id: string;
    'aria-invalid'?: true;
    'aria-describedby'?: string;
    'aria-required'?: true;
  }) => ReactNode;
}) {
  const id = useId();
  const described = [error ? `${id}-error` : null, hint ? `${id}-hint` : null].filter(Boolean).join(' ');
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium text-small">
        {label}
        {required && (
          <span aria-hidden className="text-danger">
            {' '}
            *
          </span>
        )}
      </label>
      {children({
        id,
        ...(error ? { 'aria-invalid': true as const } : {}),
        ...(required ? { 'aria-required': true as const } : {}),
        ...(described === '' ? {} : { 'aria-describedby': described }),
      })}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-danger text-small">
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-quiet text-small">
          {hint}
        </p>
      )}
    </div>
  );
}
