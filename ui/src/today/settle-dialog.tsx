import { useQuery } from '@tanstack/react-query';
import { settlementQuery } from '@/api/journey';
import type { Settlement } from '@/api/types';
import { Dialog } from '@/components/dialog';
import { FailureLine } from '@/components/failure';
import { asSentence, remarkText } from '@/i18n/remarks';
import { Side, settle } from '@/journey/settlement';
import { useShortcut } from '@/keys/use-shortcut';
import { m } from '@/paraglide/messages.js';

interface Given {
  id: string;
  title: string;
  onClose: () => void;
  onDone: () => void;
}

function Sides({ id, settlement, onDone }: { id: string; settlement: Settlement; onDone: () => void }) {
  const why = asSentence(remarkText(settlement.why) ?? '');
  const give = (member: string | undefined) => {
    if (member === undefined) return;
    const reason = member === settlement.proposed.id ? why : m.claim_settled_otherwise();
    void settle(id, member, reason).then((done) => done && onDone());
  };
  useShortcut('settle_as_proposed', () => give(settlement.proposed.id));
  return (
    <>
      <p>
        {m.claim_proposal({ member: settlement.proposed.title, why })} {m.claim_twice_kept()}
      </p>
      <ul className="mt-3 flex flex-wrap gap-2">
        {settlement.claims.map((claim) => (
          <Side
            key={claim.member?.id ?? claim.at}
            claim={claim}
            proposed={claim.member?.id === settlement.proposed.id}
            onTake={() => give(claim.member?.id)}
          />
        ))}
      </ul>
    </>
  );
}

/** Two have taken the same lead: who should have it and why, one click for each. */
export function SettleDialog({ id, title, onClose, onDone }: Given) {
  const { data, error } = useQuery(settlementQuery(id));
  return (
    <Dialog open onClose={onClose} title={m.settle_title({ title })} className="w-[480px]">
      <FailureLine error={error} />
      {data === null && <p className="text-quiet">{m.settle_nothing()}</p>}
      {data && <Sides id={id} settlement={data} onDone={onDone} />}
    </Dialog>
  );
}
