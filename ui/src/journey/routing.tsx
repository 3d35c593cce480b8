import { useQuery } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { routeQuery } from '@/api/journey';
import type { GateInfo, RecordInfo } from '@/api/types';
import { Button } from '@/components/button';
import { FailureLine } from '@/components/failure';
import { Keys } from '@/components/keys';
import { ruleName } from '@/i18n/rule-names';
import { useRecordAction } from '@/palette/record-actions';
import { m } from '@/paraglide/messages.js';
import { act, saidOffered } from './actions';
import { OverrideField } from './override-field';
import { Ranking } from './ranking';
import { Section } from './section';

/**
 * Who should get a lead, with the reasons and the similar customers behind them, and the offer: to the first, or to another. A
 * lead that the gate or another rule holds back is offered with a reason.
 */
export function Routing({ record, gate, again }: { record: RecordInfo; gate: GateInfo; again: boolean }) {
  const [insists, setInsists] = useState(false);
  // The form was left: the focus goes back to what opened it.
  const [left, setLeft] = useState(false);
  const [picked, setPicked] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string>();
  // Why another rule than the gate holds it back, once the engine has said so of the lead as it is.
  const [refusal, setRefusal] = useState<{ why: string; at: string } | null>(null);
  const held = refusal?.at === record.updated_at ? refusal.why : null;
  const why = useRef<HTMLInputElement>(null);
  const send = useRef<HTMLButtonElement>(null);
  const wantsReason = !gate.passes || held !== null;
  const shown = gate.passes || insists;
  const { data: route, error: unrouted } = useQuery({ ...routeQuery(record.id), enabled: shown });
  const chosen = route?.candidates.find((one) => one.member.id === picked)?.member ?? route?.chosen ?? null;
  const offer = () => {
    if (wantsReason && reason.trim() === '') {
      setError(m.error_override_missing());
      why.current?.focus();
      return;
    }
    void act(
      'offer',
      {
        id: record.id,
        member: chosen?.id ?? null,
        override_reason: wantsReason ? reason.trim() : null,
      },
      saidOffered(record.title, route, chosen?.id ?? null),
      (why) => setRefusal({ why, at: record.updated_at }),
    );
  };
  const leave = () => {
    setInsists(false);
    setLeft(true);
    setRefusal(null);
    setError(undefined);
    send.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !wantsReason) return;
    event.preventDefault();
    event.stopPropagation();
    leave();
  };
  useRecordAction({
    id: 'offer',
    label: gate.passes ? m.action_offer() : m.action_offer_anyway(),
    icon: Send,
    shortcut: 'offer',
    run: shown && chosen !== null ? offer : () => setInsists(true),
  });
  if (!shown) {
    return (
      <div className="border-line border-t px-2.5 py-1.5">
        <Button look="ghost" className="text-quiet" autoFocus={left} onClick={() => setInsists(true)}>
          {m.action_offer_anyway()}
        </Button>
      </div>
    );
  }
  return (
    <Section
      title={again ? m.route_again() : m.route_title()}
      note={route?.rule == null ? undefined : m.route_by_rule({ rule: ruleName('routing_rule', route.rule) })}
    >
      <FailureLine error={unrouted} />
      {(route !== undefined || (wantsReason && unrouted === null)) && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            offer();
          }}
          onKeyDown={onKeyDown}
        >
          {route !== undefined && <Ranking route={route} chosen={chosen?.id ?? ''} onChoose={setPicked} />}
          {wantsReason && (
            <div className="mt-2 flex flex-col gap-2">
              {held !== null && <p role="alert">{held}</p>}
              <OverrideField
                input={why}
                autoFocus
                reason={reason}
                error={error}
                {...(gate.passes ? {} : { label: m.offer_override() })}
                onReason={(written) => {
                  setReason(written);
                  setError(undefined);
                }}
              />
            </div>
          )}
          <div className="mt-2 flex gap-2">
            <Button ref={send} look="primary" type="submit" disabled={chosen === null}>
              {chosen === null || route === undefined
                ? m.action_offer()
                : route.mode === 'assign'
                  ? m.action_assign_to({ member: chosen.title })
                  : m.action_offer_to({ member: chosen.title })}
              <Keys keys="o" />
            </Button>
            {!gate.passes && <Button onClick={leave}>{m.action_cancel()}</Button>}
          </div>
        </form>
      )}
    </Section>
  );
}
