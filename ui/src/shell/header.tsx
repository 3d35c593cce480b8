import type { ReactNode } from 'react';

/** The head of a screen: its title, what stands beside it (view tabs), and actions at the end. */
export function Header({
  title,
  children,
  actions,
}: {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="@container flex h-header shrink-0 items-center gap-3 border-line border-b bg-surface px-4">
      <h1 className="min-w-0 truncate font-semibold text-head" title={title}>
        {title}
      </h1>
      <div className="flex min-w-0 flex-1 items-center gap-2">{children}</div>
      <div className="flex shrink-0 items-center gap-1.5">{actions}</div>
    </header>
  );
}
