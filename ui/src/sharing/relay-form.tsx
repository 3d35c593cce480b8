import { type FormEvent, useState } from 'react';
import { useStatus } from '@/api/queries';
import { queryClient } from '@/api/query-client';
import { rpc } from '@/api/rpc';
import { Button } from '@/components/button';
import { FormField, TextInput } from '@/components/text-input';
import { m } from '@/paraglide/messages.js';
import { failureText, say } from '@/state/toasts';

/** Names the relay this workspace meets through, or leaves it. */
export function RelayForm({ autoFocus = false }: { autoFocus?: boolean }) {
  const kept = useStatus()?.relay ?? '';
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const address = typed ?? kept;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const relay = address.trim();
    if (relay !== '' && !/^wss?:\/\/\S+$/.test(relay)) {
      setError(m.error_bad_relay_url());
      return;
    }
    setBusy(true);
    try {
      queryClient.setQueryData(['status'], await rpc('set_relay', { relay: relay || null }));
      setTyped(null);
      setError(null);
      say(relay === '' ? m.relay_left() : m.relay_named());
    } catch (cause) {
      setError(failureText(cause));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <FormField label={m.relay_address()} hint={m.relay_hint()} error={error}>
        {(props) => (
          <span className="flex gap-2">
            <TextInput
              {...props}
              autoFocus={autoFocus}
              value={address}
              placeholder="wss://relay.example.com"
              onChange={(event) => {
                setTyped(event.target.value);
                setError(null);
              }}
            />
            <Button
              type="submit"
              look={address.trim() !== kept ? 'primary' : 'secondary'}
              className="h-8"
              disabled={busy || address.trim() === kept}
            >
              {m.action_save()}
            </Button>
          </span>
        )}
      </FormField>
    </form>
  );
}
