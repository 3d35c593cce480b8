import { type ReactNode, useEffect, useRef } from 'react';
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
  current,
  render,
}: {
  label: string;
  tabs: readonly T[];
  current: T;
  render: (tab: T) => ReactNode;
}) {
  const row = useRef<HTMLElement>(null);
  const at = tabs.indexOf(current);
  useEffect(() => {
    row.current?.querySelectorAll('li')[at]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [at]);
  return (
    <nav
      ref={row}
      aria-label={label}
      className="shrink-0 overflow-x-auto border-line border-b bg-surface px-4"
    >
      <ul className="flex h-9 items-center gap-0.5">
        {tabs.map((tab) => (
          <li key={tab}>{render(tab)}</li>
        ))}
      </ul>
    </nav>
  );
}
