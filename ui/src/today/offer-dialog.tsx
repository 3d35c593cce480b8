import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { gateQuery, routeQuery } from '@/api/journey';
import { Button } from '@/components/button';
import { cx } from '@/components/cx';
import { Dialog } from '@/components/dialog';
import { FormField, TextInput } from '@/components/text-input';
import { percent } from '@/i18n/measures';
import { reasons } from '@/i18n/remarks';
import { act } from '@/journey/actions';
import { m } from '@/paraglide/messages.js';

/** How many of the ranking are shown; the best are first. */
const SHOWN = 6;

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
          <fieldset>
            <legend className="caps mb-1">{m.route_title()}</legend>
            {route.candidates.slice(0, SHOWN).map((one) => (
              <label
                key={one.member.id}
                className={cx(
                  'flex items-start gap-2.5 rounded-control px-2 py-1.5',
                  one.eligible ? 'hover:bg-hover' : 'text-quiet',
                  chosen === one.member.id && 'bg-selected',
                )}
              >
                <input
                  type="radio"
                  name="to"
                  className="mt-1"
                  checked={chosen === one.member.id}
                  disabled={!one.eligible}
                  onChange={() => setPicked(one.member.id)}
                />
                <span className="min-w-0 flex-1">
                  <span className="flex justify-between gap-2">
                    <span className="font-medium">{one.member.title}</span>
                    <span className="numeric text-small">{percent(one.rate)}</span>
                  </span>
                  <span className="block text-quiet text-small">{reasons(one.reasons)}</span>
                </span>
              </label>
            ))}
          </fieldset>
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
