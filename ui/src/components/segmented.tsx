import { type ReactNode, useId, useState } from 'react';
import { cx } from './cx';

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
  // What was chosen shows at once, also where keeping it takes a moment.
  const [shown, setShown] = useState({ given: value, chosen: value });
  if (shown.given !== value) setShown({ given: value, chosen: value });
  return (
    <fieldset className="inline-flex h-7 rounded-control bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          title={option.label}
          className={cx(
            'relative inline-flex items-center gap-1.5 rounded-mark px-2 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent',
            option.value === shown.chosen
              ? 'bg-raised font-medium shadow-card'
              : 'text-quiet hover:text-text',
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === shown.chosen}
            onChange={() => {
              setShown({ given: value, chosen: option.value });
              onChange(option.value);
            }}
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
