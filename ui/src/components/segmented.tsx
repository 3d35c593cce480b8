import { type ReactNode, useId } from 'react';
import { cx } from './cx';
import { useAtOnce } from './use-at-once';

/** One of two to four, all in sight. Arrow keys choose. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: T;
  options: { value: T; label: string; icon?: ReactNode; short?: string }[];
  onChange: (value: T) => void;
}) {
  const name = useId();
  const [chosen, choose] = useAtOnce(value, onChange);
  return (
    <fieldset className="inline-flex h-7 rounded-control bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          title={option.label}
          className={cx(
            'relative inline-flex items-center gap-1.5 rounded-mark px-2 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent',
            option.value === chosen ? 'bg-raised font-medium shadow-card' : 'text-quiet hover:text-text',
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === chosen}
            onChange={() => choose(option.value)}
            className="absolute inset-0 opacity-0"
            aria-label={option.label}
          />
          {option.icon}
          {option.short === undefined ? option.icon === undefined && option.label : option.short}
        </label>
      ))}
    </fieldset>
  );
}
