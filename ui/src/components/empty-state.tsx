import type { ReactNode } from 'react';

/** An empty screen says what belongs here and offers the fastest way to get it in. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="flex h-full flex-col items-center justify-center gap-2 p-8 text-center">
      {icon !== undefined && (
        <div className="mb-1 flex size-10 items-center justify-center rounded-panel bg-sunken text-quiet">
          {icon}
        </div>
      )}
      <h2 className="font-semibold text-head">{title}</h2>
      {children !== undefined && <p className="max-w-[52ch] text-quiet">{children}</p>}
      {actions !== undefined && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
