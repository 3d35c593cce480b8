import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { cx } from './cx';

export interface SelectOption {
  value: string;
  label: string;
  hint?: string;
  icon?: ReactNode;
}

export interface SelectGroup {
  label?: string;
  options: SelectOption[];
}

/** One of a few; arrows, Enter and typing the first letters choose. */
export function Select({
  value,
  onChange,
  options,
  groups,
  label,
  placeholder,
  id,
  className,
  compact = false,
  disabled = false,
  ...aria
}: {
  value: string | null;
  onChange: (value: string) => void;
  options?: SelectOption[];
  groups?: SelectGroup[];
  /** Its accessible name, where no label element points at it. */
  label?: string;
  placeholder?: string;
  id?: string;
  className?: string;
  compact?: boolean;
  disabled?: boolean;
  'aria-invalid'?: true;
  'aria-describedby'?: string;
  'aria-required'?: true;
}) {
  const all = groups ?? [{ options: options ?? [] }];
  const items = all.flatMap((group) =>
    group.options.map(({ value: of, label: shown }) => ({ value: of, label: shown })),
  );
  return (
    <Base.Root
      items={items}
      value={value}
      disabled={disabled}
      onValueChange={(next) => typeof next === 'string' && onChange(next)}
    >
      <Base.Trigger
        {...(id === undefined ? {} : { id })}
        {...(label === undefined ? {} : { 'aria-label': label })}
        {...aria}
        className={cx(
          'flex w-full min-w-0 items-center gap-2 rounded-control border border-edge bg-surface text-left transition-colors hover:bg-hover disabled:opacity-50',
          compact ? 'h-7 px-2' : 'h-8 px-2.5',
          className,
        )}
      >
        <Base.Value
          className="min-w-0 flex-1 truncate data-[placeholder]:text-quiet"
          placeholder={placeholder}
        />
        <ChevronsUpDown className="size-3.5 shrink-0 text-quiet" aria-hidden />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} collisionPadding={8} alignItemWithTrigger={false} className="z-60">
          <Base.Popup className="floating max-h-[min(var(--available-height),320px)] min-w-(--anchor-width) overflow-y-auto p-1 outline-none">
            {all.map((group, index) => (
              <Fragment key={group.label ?? index}>
                {index > 0 && <Base.Separator className="my-1 h-px bg-line" />}
                <Base.Group>
                  {group.label !== undefined && (
                    <Base.GroupLabel className="caps px-2 pt-1 pb-0.5">{group.label}</Base.GroupLabel>
                  )}
                  {group.options.map((option) => (
                    <Base.Item
                      key={option.value}
                      value={option.value}
                      className="flex min-h-7 items-center gap-2 rounded-control px-2 py-1 outline-none data-[highlighted]:bg-hover"
                    >
                      {option.icon}
                      <Base.ItemText className="min-w-0 flex-1 truncate">{option.label}</Base.ItemText>
                      {option.hint !== undefined && (
                        <span className="text-quiet text-small">{option.hint}</span>
                      )}
                      <Base.ItemIndicator>
                        <Check className="size-3.5 text-accent" aria-hidden />
                      </Base.ItemIndicator>
                    </Base.Item>
                  ))}
                </Base.Group>
              </Fragment>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
