import { useQuery } from '@tanstack/react-query';
import { Scale } from 'lucide-react';
import { settlementQuery } from '@/api/journey';
import type { ClaimInfo, Settlement } from '@/api/types';
import { ConflictMark, MemberName } from '@/components/badges';
import { Button } from '@/components/button';
import { cx } from '@/components/cx';
import { Keys } from '@/components/keys';
import { instant } from '@/i18n/format';
import { asSentence, remarkText } from '@/i18n/remarks';
import { useRecordAction } from '@/palette/record-actions';
import { m } from '@/paraglide/messages.js';
import { act } from './actions';

/** Gives a lead that two took to one of them, and whether that was written. */
export const settle = (id: string, member: string, why: string): Promise<boolean> =>
  act('settle', { id, field: 'owner', value: member, reason: why }, m.said_settled());

/** One of those who took it: when, and their place in the routing. */
export function Side({
  claim,
  proposed,
  onTake,
}: {
  claim: ClaimInfo;
  proposed: boolean;
  onTake: () => void;
}) {
  const name = claim.member?.title ?? '';
  return (
    <li
      className={cx(
        'flex min-w-0 flex-1 flex-col gap-1 rounded-control bg-surface p-2.5',
        proposed && 'outline-1 outline-accent',
      )}
    >
      <span className="font-medium">
        <MemberName id={claim.member?.id} name={name} />
      </span>
      <span className="text-quiet text-small">
        {m.claim_taken_at({ at: instant(claim.at) })}
        <br />
        {claim.rank === null ? m.claim_not_ranked() : m.claim_rank_is({ rank: claim.rank })}
      </span>
      <Button
        look={proposed ? 'primary' : 'secondary'}
        className="mt-1 self-start"
        aria-label={m.claim_settle_for({ member: name })}
        onClick={onTake}
      >
        {proposed ? m.claim_settle() : m.claim_settle_other()}
        {proposed && <Keys keys="s" />}
      </Button>
    </li>
  );
}

function Proposal({ id, settlement }: { id: string; settlement: Settlement }) {
  const why = asSentence(remarkText(settlement.why) ?? '');
  const asProposed = () => void settle(id, settlement.proposed.id, why);
  useRecordAction({
    id: 'settle',
    label: m.claim_settle_for({ member: settlement.proposed.title }),
    icon: Scale,
    shortcut: 'settle_as_proposed',
    run: asProposed,
  });
  return (
    <section aria-label={m.claim_twice()} className="border-line border-t bg-warning-soft px-4 py-3">
      <h3 className="flex items-center gap-1.5 font-medium">
        <ConflictMark />
        {m.claim_twice()}
      </h3>
      <p className="mt-1 text-small">
        {m.claim_proposal({ member: settlement.proposed.title, why })} {m.claim_twice_kept()}
      </p>
      <ul className="mt-2 flex flex-wrap gap-2">
        {settlement.claims.map((claim) => (
          <Side
            key={claim.member?.id ?? claim.at}
            claim={claim}
            proposed={claim.member?.id === settlement.proposed.id}
            onTake={() =>
              claim.member?.id === settlement.proposed.id
                ? asProposed()
                : void settle(id, claim.member?.id ?? '', m.claim_settled_otherwise())
            }
          />
        ))}
      </ul>
    </section>
  );
}

/** Two members took it without knowing of each other: what is proposed and why, settled with one key. */
export function TwoClaims({ id }: { id: string }) {
  const { data } = useQuery(settlementQuery(id));
  return data === undefined || data === null ? null : <Proposal id={id} settlement={data} />;
}
