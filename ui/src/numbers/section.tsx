import type { ReactNode } from 'react';

/** A part of the page that the tabs lead to. */
export function Section({
  id,
  title,
  lead,
  actions,
  children,
}: {
  id: string;
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section
      data-section={id}
      aria-labelledby={`section-${id}`}
      className="@container border-line border-b py-6 last:border-b-0"
    >
      <div className="mb-3 flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <h2 id={`section-${id}`} tabIndex={-1} className="font-semibold text-head outline-none">
            {title}
          </h2>
          {lead !== undefined && <p className="max-w-[96ch] text-quiet">{lead}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** What a section says where there is nothing to show yet: what would stand here, and what brings it. */
export function NothingYet({ children, actions }: { children: ReactNode; actions?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-panel bg-sunken px-4 py-3">
      <p className="min-w-0 flex-1 text-quiet">{children}</p>
      {actions}
    </div>
  );
}
