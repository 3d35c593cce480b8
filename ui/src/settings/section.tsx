import { type ReactNode, useId } from 'react';

/** A part of the settings: its name and what it is for at the left, its controls at the right. */
export function Section({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid grid-cols-[180px_minmax(0,1fr)] gap-8 border-line border-b py-6 last:border-b-0"
    >
      <div>
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {lead !== undefined && <p className="mt-1 text-quiet text-small">{lead}</p>}
      </div>
      <div className="flex min-w-0 flex-col gap-4">{children}</div>
    </section>
  );
}

/** A setting: its label at the left, its control at the right. */
export function Setting({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-4">
      <div className="min-w-0">
        <p>{label}</p>
        {hint !== undefined && <p className="text-quiet text-small">{hint}</p>}
      </div>
      {children}
    </div>
  );
}
