import type { ReactNode } from 'react';

/** What may be wider than there is room: it scrolls sideways, also from the keyboard. */
export function SideScroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled from the keyboard
    <section aria-label={label} tabIndex={0} className="overflow-x-auto rounded-mark">
      {children}
    </section>
  );
}
