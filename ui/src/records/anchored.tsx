import { Popover } from '@base-ui/react/popover';
import type { ReactNode, RefObject } from 'react';
import { cx } from '@/components/cx';

/** What an editor shows beside the value it edits, for as long as the editor is there. */
export function Anchored({
  anchor,
  label,
  children,
  className,
  under = false,
  passive = false,
  onClose,
}: {
  anchor: RefObject<Element | null>;
  /** Its name for those who cannot see it. */
  label: string;
  children: ReactNode;
  className: string;
  /** Another one may open over it. */
  under?: boolean;
  /** It never takes the focus from where one types. */
  passive?: boolean;
  onClose?: () => void;
}) {
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose?.()}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor}
          side="bottom"
          align="start"
          sideOffset={passive ? 4 : 2}
          collisionPadding={8}
          className={under ? 'z-40' : 'z-60'}
        >
          <Popover.Popup
            aria-label={label}
            className={cx('floating outline-none', className)}
            {...(passive
              ? { initialFocus: false, finalFocus: false, onMouseDown: (event) => event.preventDefault() }
              : {})}
          >
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
