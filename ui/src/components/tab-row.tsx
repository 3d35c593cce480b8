import type { ReactNode } from 'react';
import { cx } from './cx';

/** How a tab looks, whether it is a link or a button. */
export const tabLook = (current: boolean): string =>
  cx(
    'flex h-7 items-center gap-1.5 whitespace-nowrap rounded-control px-2.5 transition-colors',
    current ? 'bg-press font-medium' : 'text-quiet hover:bg-hover hover:text-text',
  );

/** A row of tabs below the head of a screen; it scrolls sideways where there are too many. */
export function TabRow<T extends string>({
  label,
  tabs,
  render,
}: {
  label: string;
  tabs: readonly T[];
  render: (tab: T) => ReactNode;
}) {
  return (
    <nav aria-label={label} className="shrink-0 overflow-x-auto border-line border-b bg-surface px-4">
      <ul className="flex h-9 items-center gap-0.5">
        {tabs.map((tab) => (
          <li key={tab}>{render(tab)}</li>
        ))}
      </ul>
    </nav>
  );
}
