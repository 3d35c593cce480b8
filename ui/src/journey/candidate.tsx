import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { RouteCandidate } from '@/api/types';
import { AgentNote, Avatar } from '@/components/badges';
import { cx } from '@/components/cx';
import { percent } from '@/i18n/measures';
import { asSentence, remarkText } from '@/i18n/remarks';
import { m } from '@/paraglide/messages.js';
import { SimilarCustomers } from './similar';

/** Who may get a lead: their place, why, and the customers behind their rate. */
export function Candidate({
  candidate,
  chosen,
  onChoose,
}: {
  candidate: RouteCandidate;
  chosen: boolean;
  onChoose: () => void;
}) {
  const [open, setOpen] = useState(false);
  const { member, rank, eligible, rate, similar } = candidate;
  const reasons = candidate.reasons.map((reason) => asSentence(remarkText(reason, 'opportunity') ?? ''));
  return (
    <li className={cx('rounded-control', chosen && 'bg-selected', !eligible && 'text-quiet')}>
      <div className="flex items-start">
        <label className="flex min-w-0 flex-1 items-start gap-2 rounded-control px-2 py-1.5 has-enabled:hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent">
          <input
            type="radio"
            name="route"
            checked={chosen}
            data-first={chosen || undefined}
            disabled={!eligible}
            onChange={onChoose}
            className="sr-only"
          />
          <span className="numeric w-4 shrink-0 text-right text-quiet">{eligible ? rank : '–'}</span>
          <Avatar id={member.id} name={member.title} size={20} />
          <span className="min-w-0 flex-1">
            <span className="flex items-baseline justify-between gap-2">
              <span className={cx('truncate', eligible && 'font-medium')}>
                {member.title}
                <AgentNote id={member.id} />
              </span>
              {eligible && (
                <span className="numeric shrink-0 text-small" title={m.route_rate_hint()}>
                  {percent(rate)}
                </span>
              )}
            </span>
            <span className="block text-quiet text-small">{reasons.join(' · ')}</span>
          </span>
        </label>
        {similar.length > 0 && (
          <button
            type="button"
            aria-expanded={open}
            aria-label={m.route_similar({ member: member.title })}
            title={m.route_similar({ member: member.title })}
            onClick={() => setOpen(!open)}
            className="mt-1 flex size-6 shrink-0 items-center justify-center rounded-control text-quiet hover:bg-hover hover:text-text"
          >
            <ChevronRight className={cx('size-3.5 transition-transform', open && 'rotate-90')} aria-hidden />
          </button>
        )}
      </div>
      {open && (
        <div className="pr-1 pb-2 pl-12">
          <SimilarCustomers customers={similar} />
        </div>
      )}
    </li>
  );
}
