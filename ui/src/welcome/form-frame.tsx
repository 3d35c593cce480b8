import { ArrowLeft } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from '@/components/button';
import { m } from '@/paraglide/messages.js';

/** A form of the first screen: what it does, its inputs, what was refused, one button. */
export function FormFrame({
  title,
  lead,
  onBack,
  onSubmit,
  error,
  action,
  children,
}: {
  title: string;
  lead: string;
  onBack: () => void;
  onSubmit: (event: FormEvent) => void;
  error: string | undefined;
  action: ReactNode;
  children: ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  const wasSent = useRef(false);
  const submit = (event: FormEvent) => {
    wasSent.current = true;
    onSubmit(event);
  };
  // Once what is wrong has been drawn, be it refused here or by the engine, the first of it gets the focus.
  useEffect(() => {
    const first = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (!wasSent.current || !first) return;
    wasSent.current = false;
    first.focus();
  });
  return (
    <form
      ref={form}
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && onBack()}
      className="flex flex-col gap-3.5 rounded-panel bg-raised p-5 shadow-card"
    >
      <div className="flex items-start gap-2">
        <IconButton
          label={m.action_back()}
          icon={<ArrowLeft className="size-4" />}
          onClick={onBack}
          className="-mt-0.5 -ml-1.5"
        />
        <div className="min-w-0">
          <h2 className="font-semibold text-head">{title}</h2>
          <p className="text-quiet">{lead}</p>
        </div>
      </div>
      {children}
      {error !== undefined && (
        <p role="alert" className="selectable rounded-control bg-danger-soft px-3 py-2 text-danger">
          {error}
        </p>
      )}
      <div className="flex justify-end">{action}</div>
    </form>
  );
}
