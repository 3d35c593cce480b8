import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Layer, useLayer } from '@/keys/layers';
import { m } from '@/paraglide/messages.js';
import { IconButton } from './button';
import { cx } from './cx';
import { useReturnFocus } from './use-return-focus';

/** What is written or chosen first: what says so of itself, else the first field. */
const firstIn = (popup: HTMLElement | null): HTMLElement | null | undefined =>
  popup?.querySelector<HTMLElement>('[data-first]') ??
  popup?.querySelector<HTMLElement>('input:not([tabindex="-1"]), textarea, select');

/** A window over the window, for what needs an answer before going on. */
export function Dialog({
  open,
  onClose,
  title,
  children,
  footer,
  className,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  footer?: ReactNode;
  className?: string;
}) {
  // Whoever opens it wants to write; the closing button comes first in the tree only because it stands on top.
  const popup = useRef<HTMLDivElement>(null);
  const layer = useLayer(open);
  const returnFocus = useReturnFocus(open);
  // What is asked may come later than the dialog; until then the focus waits on its frame.
  useEffect(() => {
    if (popup.current !== null && document.activeElement === popup.current) firstIn(popup.current)?.focus();
  });
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <Base.Popup
          ref={popup}
          initialFocus={() => firstIn(popup.current) ?? popup.current}
          finalFocus={returnFocus}
          className={cx(
            'fixed top-[10vh] left-1/2 z-50 flex max-h-[80vh] w-[560px] max-w-[calc(100vw-48px)] -translate-x-1/2 flex-col overflow-hidden rounded-panel bg-raised shadow-modal outline-none transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0',
            className,
          )}
        >
          <header className="flex h-12 shrink-0 items-center justify-between border-line border-b pr-2 pl-4">
            <Base.Title className="font-semibold text-head">{title}</Base.Title>
            <Base.Close render={<IconButton label={m.action_close()} icon={<X className="size-4" />} />} />
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys too */}
          <div tabIndex={0} className="min-h-0 flex-1 overflow-y-auto p-4 outline-none">
            <Layer value={layer}>{children}</Layer>
          </div>
          {footer !== undefined && (
            <footer className="flex shrink-0 items-center justify-end gap-2 border-line border-t bg-canvas px-4 py-3">
              {footer}
            </footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
