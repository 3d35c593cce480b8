import type { ReactNode } from 'react';

/** A part of an opportunity's journey: its heading, what is said beside it, what can be done with it. */
export function Section({
  title,
  note,
  action,
  children,
}: {
  title: string;
  note?: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <section aria-label={title} className="border-line border-t px-4 py-2.5">
      <div className="flex min-h-6 items-center gap-2 not-only:mb-1">
        <h3 className="caps shrink-0">{title}</h3>
        {note !== undefined && <span className="numeric min-w-0 text-quiet text-small">{note}</span>}
        {action !== undefined && <span className="ml-auto flex items-center gap-1">{action}</span>}
      </div>
      {children}
    </section>
  );
}
