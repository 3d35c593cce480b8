import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { gateQuery, routeQuery, settlementQuery } from '@/api/journey';
import { useApp } from '@/api/queries';
import { useSchema } from '@/api/schema';
import type { CriterionAnswer, GateInfo, RecordInfo, RouteInfo } from '@/api/types';
import { Button } from '@/components/button';
import { cx } from '@/components/cx';
import { TextInput } from '@/components/text-input';
import { optionLabel } from '@/i18n/labels';
import { percent } from '@/i18n/measures';
import { asSentence, remarkText } from '@/i18n/remarks';
import { questionText, ruleName } from '@/i18n/rule-names';
import { m } from '@/paraglide/messages.js';
import { isLink } from '@/records/value';
import { act } from './actions';
import { ReturnDialog } from './return-dialog';

const MARKS: Record<string, { sign: string; look: string }> = {
  yes: { sign: '✓', look: 'text-service' },
  no: { sign: '✕', look: 'text-danger' },
  unknown: { sign: '?', look: 'text-warning' },
};

/** One question with its answer; a click lets somebody answer it. */
function Criterion({ lead, answer }: { lead: string; answer: CriterionAnswer }) {
  const [open, setOpen] = useState(false);
  const [evidence, setEvidence] = useState('');
  const mark = MARKS[answer.verdict] ?? { sign: '?', look: 'text-quiet' };
  const why = answer.why.map((one) => asSentence(remarkText(one, 'opportunity') ?? '')).join(' · ');
  const name = ruleName('criterion', answer.criterion);
  const give = (verdict: string) =>
    void act(
      'answer',
      { id: lead, criterion: answer.criterion.id, verdict, evidence: evidence.trim() || null },
      m.said_answered({ criterion: name }),
    ).then((done) => done && setOpen(false));
  return (
    <li className="py-1">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex w-full items-baseline gap-2 rounded-control px-1 text-left hover:bg-hover"
      >
        <span className={cx('w-3 shrink-0 font-semibold', mark.look)} aria-hidden>
          {mark.sign}
        </span>
        <span className="min-w-0 flex-1">
          <span className="block">
            {name}
            {answer.required && <span className="text-quiet text-small"> · {m.gate_required()}</span>}
          </span>
          <span className="block truncate text-quiet text-small" title={answer.evidence || why}>
            {answer.evidence === '' ? why : `“${answer.evidence}” · ${answer.member?.title ?? ''}`}
          </span>
        </span>
        <span className="shrink-0 text-small">{optionLabel('answer', 'verdict', answer.verdict)}</span>
      </button>
      {open && (
        <div className="mt-1 mb-2 flex flex-col gap-2 pl-6">
          <p>{questionText(answer.criterion.key, answer.question)}</p>
          <TextInput
            aria-label={m.gate_evidence()}
            placeholder={m.gate_evidence()}
            value={evidence}
            onChange={(event) => setEvidence(event.target.value)}
          />
          <div className="flex gap-2">
            {['yes', 'no', 'unknown'].map((verdict) => (
              <Button key={verdict} onClick={() => give(verdict)}>
                {optionLabel('answer', 'verdict', verdict)}
              </Button>
            ))}
          </div>
        </div>
      )}
    </li>
  );
}

function Gate({ gate }: { gate: GateInfo }) {
  return (
    <>
      <div className="flex items-center gap-3">
        <div className="relative h-1.5 flex-1 rounded-full bg-sunken" aria-hidden>
          <div
            className={cx('absolute inset-y-0 left-0 rounded-full', gate.passes ? 'bg-service' : 'bg-accent')}
            style={{ width: `${gate.score}%` }}
          />
          <div className="absolute -inset-y-0.5 w-px bg-text" style={{ left: `${gate.score_min}%` }} />
        </div>
        <span className="numeric shrink-0 text-small">
          {m.gate_score({ score: gate.score, known: gate.confidence })}
        </span>
      </div>
      <p className="mt-1.5 text-quiet text-small">
        {gate.passes
          ? m.gate_passes()
          : gate.next === null
            ? m.gate_holds()
            : m.gate_ask({
                question: questionText(gate.next.criterion.key, gate.next.question),
                gain: gate.next.gain,
              })}
      </p>
      <ul className="mt-1">
        {gate.criteria.map((answer) => (
          <Criterion key={answer.criterion.id} lead={gate.opportunity.id} answer={answer} />
        ))}
      </ul>
    </>
  );
}

/** The ranking behind an offer, each with the reasons. */
function Route({
  route,
  chosen,
  onChoose,
}: {
  route: RouteInfo;
  chosen: string;
  onChoose: (id: string) => void;
}) {
  return (
    <fieldset className="mt-2 flex flex-col gap-0.5">
      <legend className="caps mb-1">{m.route_title()}</legend>
      {route.candidates.slice(0, 6).map((one) => (
        <label
          key={one.member.id}
          className={cx(
            'flex items-baseline gap-2 rounded-control px-1 py-0.5',
            !one.eligible && 'text-quiet',
          )}
        >
          <input
            type="radio"
            name="route"
            checked={chosen === one.member.id}
            disabled={!one.eligible}
            onChange={() => onChoose(one.member.id)}
          />
          <span className="min-w-0 flex-1">
            <span className="flex justify-between gap-2">
              <span>{one.member.title}</span>
              <span className="numeric text-small">{percent(one.rate)}</span>
            </span>
            <span className="block text-quiet text-small">
              {one.reasons.map((reason) => asSentence(remarkText(reason) ?? '')).join(' · ')}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Offer({ record, gate }: { record: RecordInfo; gate: GateInfo }) {
  const { data: route } = useQuery(routeQuery(record.id));
  const [open, setOpen] = useState(false);
  const [picked, setPicked] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  if (route === undefined) return null;
  const chosen = picked ?? route.chosen?.id ?? '';
  const offer = () =>
    void act(
      'offer',
      { id: record.id, member: chosen === '' ? null : chosen, override_reason: reason.trim() || null },
      m.said_offered({ title: record.title }),
    );
  return (
    <div className="mt-2">
      {!open && (
        <Button look={gate.passes ? 'primary' : 'secondary'} onClick={() => setOpen(true)}>
          {m.action_offer()}
        </Button>
      )}
      {open && (
        <>
          <Route route={route} chosen={chosen} onChoose={setPicked} />
          {!gate.passes && (
            <TextInput
              className="mt-2"
              aria-label={m.guard_reason()}
              placeholder={m.offer_override()}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
          <div className="mt-2 flex gap-2">
            <Button look="primary" disabled={!gate.passes && reason.trim() === ''} onClick={offer}>
              {m.action_offer()}
            </Button>
            <Button onClick={() => setOpen(false)}>{m.action_cancel()}</Button>
          </div>
        </>
      )}
    </div>
  );
}

/** Two members have it: what is proposed, one click for each. */
function Settle({ id }: { id: string }) {
  const { data } = useQuery(settlementQuery(id));
  if (data === undefined || data === null) return null;
  return (
    <div className="mb-3 rounded-control bg-warning-soft px-3 py-2">
      <p>{asSentence(remarkText(data.why) ?? '')}</p>
      <div className="mt-2 flex flex-wrap gap-2">
        {data.claims.map(({ member }) => (
          <Button
            key={member?.id}
            look={member?.id === data.proposed.id ? 'primary' : 'secondary'}
            onClick={() =>
              void act('settle', { id, field: 'owner', value: member?.id ?? null }, m.said_settled())
            }
          >
            {member?.title}
          </Button>
        ))}
      </div>
    </div>
  );
}

/** What passes between marketing and sales about an opportunity: the gate, the offer, the answer to it. */
export function LeadCard({ record }: { record: RecordInfo }) {
  const { data: gate } = useQuery(gateQuery(record.id));
  const me = useApp()?.workspace?.me.id;
  const stages = useSchema()?.stages ?? [];
  const [returning, setReturning] = useState(false);
  const phase = stages.find((stage) => stage.name === record.fields.stage)?.phase;
  const offered = record.fields.offered_to;
  const isLead = phase === 'marketing';
  const mine = isLink(offered) && offered.id === me;
  const myDeal = phase === 'sales' && isLink(record.fields.owner) && record.fields.owner.id === me;
  if (gate === undefined || (phase !== 'marketing' && phase !== 'sales')) return null;
  return (
    <section aria-label={m.gate_title()} className="border-line border-b px-4 py-3">
      <Settle id={record.id} />
      <details open={isLead}>
        <summary className="caps mb-1.5 cursor-pointer">
          {m.gate_title()} · {gate.score}
        </summary>
        <Gate gate={gate} />
      </details>
      {isLink(offered) && <p className="mt-2">{m.offered_to({ member: offered.title })}</p>}
      {isLead && !isLink(offered) && <Offer record={record} gate={gate} />}
      <div className="mt-2 flex gap-2 empty:hidden">
        {mine && (
          <Button
            look="primary"
            onClick={() =>
              void act('accept', { id: record.id, reason: null }, m.said_accepted({ title: record.title }))
            }
          >
            {m.action_accept()}
          </Button>
        )}
        {(mine || myDeal) && <Button onClick={() => setReturning(true)}>{m.action_return()}</Button>}
        {isLink(offered) && !mine && (
          <Button
            onClick={() =>
              void act('withdraw', { id: record.id, reason: null }, m.said_withdrawn({ title: record.title }))
            }
          >
            {m.action_withdraw()}
          </Button>
        )}
      </div>
      {returning && <ReturnDialog id={record.id} title={record.title} onClose={() => setReturning(false)} />}
    </section>
  );
}
