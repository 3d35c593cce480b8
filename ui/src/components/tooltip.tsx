import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';
import { shortcut as lookUp, type ShortcutId } from '@/keys/registry';
import { Keys } from './keys';

export const TooltipProvider = Tooltip.Provider;

/** Names what it wraps, and its key. The wrapped element keeps its own accessible name. */
export function WithTooltip({
  label,
  shortcut,
  side = 'bottom',
  children,
}: {
  label: string;
  shortcut?: ShortcutId | undefined;
  side?: 'top' | 'bottom' | 'right' | 'left';
  children: ReactElement<Record<string, unknown>>;
}) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner side={side} sideOffset={6} className="z-50">
          <Tooltip.Popup className="floating flex items-center gap-2 px-2 py-1 text-small">
            {label}
            {shortcut !== undefined && <Keys keys={lookUp(shortcut).keys[0] ?? ''} />}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
