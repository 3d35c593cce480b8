import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { shortcut as lookUp, type ShortcutId } from '@/keys/registry';
import { cx } from './cx';
import { Keys } from './keys';

const ITEM =
  'flex min-h-7 items-center gap-2 rounded-control px-2 py-1 outline-none data-[highlighted]:bg-hover data-[disabled]:opacity-50';

export function Menu({
  trigger,
  label,
  children,
  align = 'start',
  side = 'bottom',
}: {
  trigger: ReactElement<Record<string, unknown>>;
  label: string;
  children: ReactNode;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom' | 'right';
}) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} side={side} sideOffset={4} collisionPadding={8} className="z-40">
          <Base.Popup
            aria-label={label}
            className="floating max-h-(--available-height) min-w-44 overflow-y-auto p-1 outline-none"
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export function MenuItem({
  icon,
  children,
  shortcut,
  danger,
  onSelect,
  disabled,
}: {
  icon?: ReactNode;
  children: ReactNode;
  shortcut?: ShortcutId;
  danger?: boolean;
  onSelect: () => void;
  disabled?: boolean;
}) {
  return (
    <Base.Item disabled={disabled ?? false} onClick={onSelect} className={cx(ITEM, danger && 'text-danger')}>
      {icon !== undefined && <span className="text-quiet">{icon}</span>}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut !== undefined && <Keys keys={lookUp(shortcut).keys[0] ?? ''} />}
    </Base.Item>
  );
}

/** An item that is on or off; the menu stays open. */
export function MenuCheck({
  checked,
  onChange,
  children,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <Base.CheckboxItem checked={checked} onCheckedChange={onChange} closeOnClick={false} className={ITEM}>
      <span className="flex size-4 items-center justify-center rounded-mark border border-edge">
        <Base.CheckboxItemIndicator>
          <Check className="size-3 text-accent" strokeWidth={3} />
        </Base.CheckboxItemIndicator>
      </span>
      <span className="min-w-0 flex-1 truncate">{children}</span>
    </Base.CheckboxItem>
  );
}

export const MenuSeparator = () => <Base.Separator className="my-1 h-px bg-line" />;
