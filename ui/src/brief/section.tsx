import type { ReactNode } from 'react';

/** A part of the brief under its heading. */
export function Part({ title, count, children }: { title: string; count?: number; children: ReactNode }) {
  return (
    <section aria-label={title} className="break-inside-avoid">
      <h2 className="caps mb-1.5 flex gap-1.5 border-line border-b pb-1">
        {title}
        {count !== undefined && count > 0 && <span className="numeric">{count}</span>}
      </h2>
      {children}
    </section>
  );
}

/** What stands where there is nothing. */
export const None = ({ children }: { children: ReactNode }) => <p className="text-quiet">{children}</p>;
