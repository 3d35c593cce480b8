import { useQuery } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useRef, useState } from 'react';
import { routeQuery } from '@/api/journey';
import type { GateInfo, RecordInfo } from '@/api/types';
import { Button } from '@/components/button';
import { Keys } from '@/components/keys';
import { FormField, TextInput } from '@/components/text-input';
import { ruleName } from '@/i18n/rule-names';
import { useRecordAction } from '@/palette/record-actions';
import { m } from '@/paraglide/messages.js';
import { act } from './actions';
import { Ranking } from './ranking';
import { Section } from './section';

/**
 * Who should get a lead, with the reasons and the similar customers behind them, and the offer: to the first, or to another. A
 * lead that the gate holds back is offered with a reason.
 */
export function Routing({ record, gate, again }: { record: RecordInfo; gate: GateInfo; again: boolean }) {
  const [insists, setInsists] = useState(false);
  const [picked, setPicked] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string>();
  const why = useRef<HTMLInputElement>(null);
  const shown = gate.passes || insists;
  const { data: route } = useQuery({ ...routeQuery(record.id), enabled: shown });
  const chosen = route?.candidates.find((one) => one.member.id === picked)?.member ?? route?.chosen ?? null;
  const said = () => {
    if (chosen === null) return m.said_offered({ title: record.title });
    const member = chosen.title;
    return route?.mode === 'assign' ? m.said_assigned_to({ member }) : m.said_offered_to({ member });
  };
  const offer = () => {
    if (!gate.passes && reason.trim() === '') {
      setError(m.error_override_missing());
      why.current?.focus();
      return;
    }
    void act(
      'offer',
      { id: record.id, member: chosen?.id ?? null, override_reason: reason.trim() || null },
      said(),
    );
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
        <Button look="ghost" className="text-quiet" onClick={() => setInsists(true)}>
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
      {route !== undefined && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            offer();
          }}
        >
          <Ranking route={route} chosen={chosen?.id ?? ''} onChoose={setPicked} />
          {!gate.passes && (
            <div className="mt-2">
              <FormField label={m.offer_override()} required hint={m.guard_counted()} error={error}>
                {(field) => (
                  <TextInput
                    {...field}
                    ref={why}
                    value={reason}
                    onChange={(event) => {
                      setReason(event.target.value);
                      setError(undefined);
                    }}
                  />
                )}
              </FormField>
            </div>
          )}
          <div className="mt-2 flex gap-2">
            <Button look="primary" type="submit" disabled={chosen === null}>
              {chosen === null
                ? m.action_offer()
                : route.mode === 'assign'
                  ? m.action_assign_to({ member: chosen.title })
                  : m.action_offer_to({ member: chosen.title })}
              <Keys keys="o" />
            </Button>
            {!gate.passes && <Button onClick={() => setInsists(false)}>{m.action_cancel()}</Button>}
          </div>
        </form>
      )}
    </Section>
  );
}
