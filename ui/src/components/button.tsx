import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import type { ShortcutId } from '@/keys/registry';
import { cx } from './cx';
import { WithTooltip } from './tooltip';

type Look = 'primary' | 'secondary' | 'ghost' | 'danger';

const LOOKS: Record<Look, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong font-medium',
  secondary: 'bg-surface text-text border border-edge hover:bg-hover',
  ghost: 'text-text hover:bg-hover',
  danger: 'text-danger border border-edge hover:bg-danger-soft',
};

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  icon?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** An action's words where there is room, else only for those who cannot see its icon. Needs a `@container` around. */
export function RoomyLabel({ children }: { children: ReactNode }) {
  return <span className="@max-lg:sr-only">{children}</span>;
}

export function Button({
  look = 'secondary',
  icon,
  className,
  children,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={cx(
        'inline-flex h-7 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-control px-2.5 transition-colors disabled:opacity-50 aria-disabled:opacity-50',
        LOOKS[look],
        className,
      )}
      {...rest}
    >
      {icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  label: string;
  icon: ReactNode;
  shortcut?: ShortcutId;
  pressed?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that shows only an icon; its name is in the tooltip. */
export function IconButton({ label, icon, shortcut, pressed, className, ...rest }: IconButtonProps) {
  return (
    <WithTooltip label={label} shortcut={shortcut}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={cx(
          'inline-flex size-7 shrink-0 items-center justify-center rounded-control text-quiet transition-colors hover:bg-hover hover:text-text aria-pressed:bg-press aria-pressed:text-text disabled:opacity-40',
          className,
        )}
        {...rest}
      >
        {icon}
      </button>
    </WithTooltip>
  );
}
