import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { gateQuery, routeQuery } from '@/api/journey';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { FormField, TextInput } from '@/components/text-input';
import { reasons } from '@/i18n/remarks';
import { act } from '@/journey/actions';
import { Ranking } from '@/journey/ranking';
import { m } from '@/paraglide/messages.js';

/** Offers a lead to sales: the ranking with its reasons, and a reason where the gate holds it back. */
export function OfferDialog({
  id,
  title,
  onClose,
  onDone,
}: {
  id: string;
  title: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const { data: gate } = useQuery(gateQuery(id));
  const { data: route } = useQuery(routeQuery(id));
  const [picked, setPicked] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string | null>(null);
  const held = gate?.passes === false;
  const chosen = picked ?? route?.chosen?.id ?? null;
  const offer = () => {
    if (held && reason.trim() === '') return setError(m.error_override_missing());
    void act(
      'offer',
      { id, member: chosen, override_reason: reason.trim() || null },
      m.said_offered({ title }),
    ).then((done) => done && onDone());
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={m.offer_title({ title })}
      className="w-[520px]"
      footer={
        <>
          <Button onClick={onClose}>{m.action_cancel()}</Button>
          <Button look="primary" disabled={gate === undefined || route === undefined} onClick={offer}>
            {m.action_offer()}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          offer();
        }}
      >
        {held && gate !== undefined && (
          <p className="rounded-control bg-warning-soft px-3 py-2 text-small">
            {reasons(gate.missing, 'opportunity')}
          </p>
        )}
        {route !== undefined && (
          <div className="px-2">
            <h3 className="caps mb-1 -ml-2">{m.route_title()}</h3>
            <Ranking route={route} chosen={chosen ?? ''} onChoose={setPicked} />
          </div>
        )}
        {held && (
          <FormField label={m.guard_reason()} required hint={m.guard_counted()} error={error}>
            {(field) => (
              <TextInput {...field} value={reason} onChange={(event) => setReason(event.target.value)} />
            )}
          </FormField>
        )}
        <button type="submit" className="sr-only" tabIndex={-1} aria-hidden>
          {m.action_offer()}
        </button>
      </form>
    </Dialog>
  );
}
