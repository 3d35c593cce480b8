import { useQuery } from '@tanstack/react-query';
import { settlementQuery } from '@/api/journey';
import { MemberName } from '@/components/badges';
import { Dialog } from '@/components/dialog';
import { Keys } from '@/components/keys';
import { instant } from '@/i18n/format';
import { asSentence, remarkText } from '@/i18n/remarks';
import { act } from '@/journey/actions';
import { m } from '@/paraglide/messages.js';

/** Two have taken the same lead: who should have it and why, one key for each. */
export function SettleDialog({
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
  const { data } = useQuery(settlementQuery(id));
  const settle = (member: { id: string; title: string }) =>
    void act(
      'settle',
      { id, field: 'owner', value: member.id },
      m.said_settled_for({ member: member.title, title }),
    ).then((done) => done && onDone());
  const claims = data?.claims.filter((claim) => claim.member !== null) ?? [];
  return (
    <Dialog open onClose={onClose} title={m.settle_title({ title })} className="w-[460px]">
      {data === null && <p className="text-quiet">{m.settle_nothing()}</p>}
      {data && (
        // biome-ignore lint/a11y/noStaticElementInteractions: the figures are another way to the buttons below
        <div
          onKeyDown={(event) => {
            const member = claims[Number(event.key) - 1]?.member;
            if (member) settle(member);
          }}
        >
          <p>{asSentence(remarkText(data.why) ?? '')}</p>
          <ul className="mt-3 flex flex-col gap-2">
            {claims.map(({ member, at, rank }, index) => (
              <li key={member?.id}>
                <button
                  type="button"
                  // biome-ignore lint/a11y/noAutofocus: what is proposed is one Enter away
                  autoFocus={member?.id === data.proposed.id}
                  data-first={member?.id === data.proposed.id ? '' : undefined}
                  onClick={() => member && settle(member)}
                  className="flex w-full items-center gap-3 rounded-panel border border-edge px-3 py-2 text-left hover:bg-hover"
                >
                  <span className="min-w-0 flex-1">
                    <span className="flex items-center gap-2">
                      <MemberName name={member?.title ?? ''} />
                      {member?.id === data.proposed.id && (
                        <span className="rounded-full bg-accent-soft px-2 text-accent text-small">
                          {m.settle_proposed()}
                        </span>
                      )}
                    </span>
                    <span className="block text-quiet text-small">
                      {m.settle_claimed({ at: instant(at) })}
                      {rank !== null && ` · ${m.settle_rank({ rank })}`}
                    </span>
                  </span>
                  <Keys keys={String(index + 1)} />
                </button>
              </li>
            ))}
          </ul>
          <p className="mt-3 text-quiet text-small">{m.settle_kept()}</p>
        </div>
      )}
    </Dialog>
  );
}
