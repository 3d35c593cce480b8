import { Hand, PackageX, ThumbsUp, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { ClockInfo, RecordInfo } from '@/api/types';
import { AgentNote, Avatar } from '@/components/badges';
import { Button } from '@/components/button';
import { Keys } from '@/components/keys';
import { ago } from '@/i18n/format';
import { useRecordAction } from '@/palette/record-actions';
import { m } from '@/paraglide/messages.js';
import { isLink, type LinkValue } from '@/records/value';
import { accept, act } from './actions';
import { ClockLabel } from './clock';
import { ReturnDialog } from './return-dialog';

/** What a member may do about who has an opportunity. */
export interface Standing {
  /** To whom it is offered. */
  offeredTo: LinkValue | null;
  /** It is offered to whoever looks. */
  offeredToMe: boolean;
  /** Whoever looks may give it back: it is offered to them, or their deal. */
  returnable: boolean;
  /** Whoever looks may take it without an offer. */
  claimable: boolean;
}

/** To whom it is offered. Once sales has it, or it left, no offer stands, whatever its field still says. */
export const offeredTo = ({ fields }: RecordInfo, phase: string): LinkValue | null =>
  phase === 'marketing' && isLink(fields.offered_to) ? fields.offered_to : null;

export function standingOf(record: RecordInfo, phase: string, me: string | undefined): Standing {
  const { owner, stage } = record.fields;
  const mine = isLink(owner) && owner.id === me;
  const offered = offeredTo(record, phase);
  const offeredToMe = offered !== null && offered.id === me;
  const works = (phase === 'marketing' || phase === 'sales') && stage !== 'won';
  return {
    offeredTo: offered,
    offeredToMe,
    returnable: offeredToMe || (phase === 'sales' && works && mine),
    claimable: works && !mine && !offeredToMe,
  };
}

/** To whom it is offered, since when, and how long they have. */
function Offered({ to, since, clock }: { to: LinkValue; since: unknown; clock: ClockInfo | undefined }) {
  return (
    <div className="flex items-center gap-2">
      <Avatar id={to.id} name={to.title} size={24} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">
          {m.offered_to({ member: to.title })}
          <AgentNote id={to.id} />
        </span>
        {typeof since === 'string' && <span className="block text-quiet text-small">{ago(since)}</span>}
      </span>
      {clock !== undefined && <ClockLabel clock={clock} />}
    </div>
  );
}

/** The offer and the answer to it: accept, give back, take it, or withdraw it. */
export function Claim({
  record,
  standing,
  clocks,
}: {
  record: RecordInfo;
  standing: Standing;
  clocks: ClockInfo[];
}) {
  const [returning, setReturning] = useState(false);
  const { id, title } = record;
  const { offered_at: since, owner } = record.fields;
  const { offeredTo, offeredToMe, returnable, claimable } = standing;
  const isOffered = offeredTo !== null;
  const lead = { id, reason: null };
  const take = () => void accept({ id, title });
  const claim = () => void act('claim', lead, m.said_claimed({ title }));
  const withdraw = () => void act('withdraw', lead, m.said_withdrawn({ title }));
  useRecordAction(
    { id: 'accept', label: m.action_accept(), icon: ThumbsUp, shortcut: 'accept', run: take },
    offeredToMe,
  );
  useRecordAction(
    {
      id: 'return',
      label: m.action_return(),
      icon: Undo2,
      shortcut: 'give_back',
      run: () => setReturning(true),
    },
    returnable,
  );
  useRecordAction(
    { id: 'claim', label: m.action_claim(), icon: Hand, shortcut: 'claim', run: claim },
    claimable,
  );
  useRecordAction(
    { id: 'withdraw', label: m.action_withdraw(), icon: PackageX, run: withdraw },
    isOffered && !offeredToMe,
  );
  const touch = clocks.find((clock) => clock.kind === 'first_touch' && clock.state !== 'met');
  // Somebody else's deal is taken over only by whoever looks for that.
  const takes = claimable && (isOffered || !isLink(owner));
  if (!isOffered && !returnable && !takes && touch === undefined) return null;
  return (
    <section aria-label={m.claim_title()} className="border-line border-t px-4 py-3">
      {isOffered && (
        <Offered to={offeredTo} since={since} clock={clocks.find((clock) => clock.kind === 'accept')} />
      )}
      {!isOffered && touch !== undefined && (
        <div className="flex items-center justify-between gap-2">
          <span>{m.claim_first_touch()}</span>
          <ClockLabel clock={touch} />
        </div>
      )}
      <div className="flex flex-wrap gap-2 pt-2 first:pt-0 empty:hidden">
        {offeredToMe && (
          <Button look="primary" onClick={take}>
            {m.action_accept()}
            <Keys keys="a" />
          </Button>
        )}
        {returnable && (
          <Button onClick={() => setReturning(true)}>
            {m.action_return()}
            <Keys keys="r" />
          </Button>
        )}
        {takes && (
          <Button onClick={claim}>
            {m.action_claim()}
            <Keys keys="t" />
          </Button>
        )}
        {isOffered && !offeredToMe && (
          <Button look="ghost" className="text-quiet" onClick={withdraw}>
            {m.action_withdraw()}
          </Button>
        )}
      </div>
      {returning && <ReturnDialog id={id} title={title} onClose={() => setReturning(false)} />}
    </section>
  );
}
