import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { gateQuery, routeQuery } from '@/api/journey';
import { FailureLine } from '@/components/failure';
import { FormDialog } from '@/components/form-dialog';
import { reasons } from '@/i18n/remarks';
import { act, saidOffered } from '@/journey/actions';
import { OverrideField } from '@/journey/override-field';
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
  const { data: gate, error: ungated } = useQuery(gateQuery(id));
  const { data: route, error: unrouted } = useQuery(routeQuery(id));
  const [picked, setPicked] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string | null>(null);
  const why = useRef<HTMLInputElement>(null);
  // Why another rule than the gate holds it back, once the engine has said so.
  const [refused, setRefused] = useState<string | null>(null);
  const held = gate?.passes === false || refused !== null;
  const chosen = picked ?? route?.chosen?.id ?? null;
  const offer = () => {
    if (held && reason.trim() === '') {
      why.current?.focus();
      return setError(m.error_override_missing());
    }
    return act(
      'offer',
      { id, member: chosen, override_reason: reason.trim() || null },
      saidOffered(title, route, chosen),
      setRefused,
    ).then((done) => done && onDone());
  };
  return (
    <FormDialog
      title={m.offer_title({ title })}
      action={m.action_offer()}
      ready={gate !== undefined && route !== undefined}
      onFinish={offer}
      onClose={onClose}
      className="w-[520px]"
    >
      <FailureLine error={ungated ?? unrouted} />
      {held && gate !== undefined && (
        <p role="status" className="rounded-control bg-warning-soft px-3 py-2 text-small">
          {refused ?? reasons(gate.missing, 'opportunity')}
        </p>
      )}
      {route !== undefined && (
        <div className="px-2">
          <h3 className="caps mb-1 -ml-2">{m.route_title()}</h3>
          <Ranking route={route} chosen={chosen ?? ''} onChoose={setPicked} />
        </div>
      )}
      {held && (
        <OverrideField
          input={why}
          autoFocus={refused !== null}
          reason={reason}
          error={error}
          onReason={(written) => {
            setReason(written);
            setError(null);
          }}
        />
      )}
    </FormDialog>
  );
}
