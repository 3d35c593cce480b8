import { useState } from 'react';
import { enterApp } from '@/api/events';
import { useApp } from '@/api/queries';
import { rpc } from '@/api/rpc';
import { Button } from '@/components/button';
import { m } from '@/paraglide/messages.js';
import { complain } from '@/state/toasts';

/** While the sample workspace is open: what it is, and the one click that removes it. */
export function SampleBanner() {
  const sample = useApp()?.workspace?.sample ?? false;
  const [busy, setBusy] = useState(false);
  if (!sample) return null;
  const remove = () => {
    setBusy(true);
    void rpc('remove_sample').then(enterApp, (cause: unknown) => {
      setBusy(false);
      complain(cause);
    });
  };
  return (
    <section
      aria-label={m.sample_banner_label()}
      className="flex shrink-0 items-center gap-3 border-line border-b bg-accent-soft py-1 pr-2 pl-4 text-small"
    >
      <span className="min-w-0 flex-1 truncate">{m.sample_banner()}</span>
      <Button
        look="ghost"
        className="h-6 font-medium text-accent text-small"
        disabled={busy}
        onClick={remove}
      >
        {m.sample_remove()}
      </Button>
    </section>
  );
}
