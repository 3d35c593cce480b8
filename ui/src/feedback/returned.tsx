import { Link, useSearch } from '@tanstack/react-router';
import { type KeyboardEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Figure, ReturnedLead } from '@/api/types';
import { MemberName, StageBadge } from '@/components/badges';
import { Button } from '@/components/button';
import { cx } from '@/components/cx';
import { TextInput } from '@/components/text-input';
import { day, localDayOf, number } from '@/i18n/format';
import { ruleName } from '@/i18n/rule-names';
import { useKeyboardHome } from '@/keys/home';
import { FigureLink } from '@/numbers/figure-link';
import { m } from '@/paraglide/messages.js';

const reasonName = ({ reason }: ReturnedLead) =>
  reason === null ? m.feedback_no_reason() : ruleName('reason', reason);

/** Everything that is said of a returned lead, to be searched. */
const textOf = (lead: ReturnedLead): string =>
  [
    lead.opportunity.title,
    lead.evidence,
    reasonName(lead),
    lead.criterion === null ? '' : ruleName('criterion', lead.criterion),
    lead.campaign?.title ?? '',
    lead.by?.title ?? '',
  ]
    .join('\n')
    .toLowerCase();

function Returned({ lead, open }: { lead: ReturnedLead; open: boolean }) {
  return (
    <li className="border-line border-b">
      <Link
        to="."
        search={(now) => ({ ...now, record: lead.opportunity.id })}
        replace
        data-lead
        aria-current={open ? 'true' : undefined}
        className={cx('block rounded-mark px-3 py-2.5 hover:bg-hover', open && 'bg-selected')}
      >
        <span className="flex flex-wrap items-baseline gap-x-3">
          <span className="min-w-0 truncate font-medium">{lead.opportunity.title || m.label_untitled()}</span>
          <span className="rounded-mark bg-warning-soft px-1.5 text-small text-warning">
            {reasonName(lead)}
          </span>
          <span className="numeric ml-auto text-quiet text-small">{day(localDayOf(lead.at))}</span>
        </span>
        {lead.evidence.trim() !== '' && (
          <q className="selectable mt-1 block max-w-[76ch] border-edge border-l-2 pl-3">
            {lead.evidence.trim()}
          </q>
        )}
        <span className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-quiet text-small">
          {lead.by !== null && <MemberName id={lead.by.id} name={lead.by.title} />}
          {lead.criterion !== null && (
            <span>{m.feedback_contradicts({ criterion: ruleName('criterion', lead.criterion) })}</span>
          )}
          {lead.campaign !== null && (
            <span>{m.feedback_from_campaign({ campaign: lead.campaign.title })}</span>
          )}
          <span className="inline-flex items-center gap-1.5">
            {m.feedback_now()} <StageBadge stage={lead.stage} />
          </span>
        </span>
      </Link>
    </li>
  );
}

const STEPS: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** So many are drawn at once; more as one asks or walks on. */
const STEP = 50;

/** All leads that were given back, to be opened; where the engine's list ends before them, how far it goes. */
function All({ leads, all }: { leads: ReturnedLead[]; all: Figure }) {
  const isWhole = new Set(leads.map((lead) => lead.opportunity.id)).size >= all.count;
  const words = isWhole
    ? m.feedback_returned_all()
    : m.feedback_returned_newest({ shown: number(leads.length) });
  return (
    <p className="numeric ml-auto text-quiet">
      {words}{' '}
      <FigureLink figure={all} of={words} className="font-medium text-text">
        {m.numbers_leads({ count: all.count })}
      </FigureLink>
    </p>
  );
}

/** Leads that sales gave back, with the words of the rep. j and k move; what is open beside follows. */
export function ReturnedLeads({ leads, all }: { leads: ReturnedLead[]; all: Figure }) {
  const list = useRef<HTMLUListElement>(null);
  const open = useSearch({ strict: false }).record;
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const found = wanted === '' ? leads : leads.filter((lead) => textOf(lead).includes(wanted));
  const [most, setMost] = useState(STEP);
  const shown = found.slice(0, most);
  const left = found.length - shown.length;
  const links = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-lead]') ?? [])];
  useKeyboardHome(() => (links().find((link) => link.ariaCurrent === 'true') ?? links()[0])?.focus());
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const at = links().indexOf(document.activeElement as HTMLElement);
    // Whoever walks on past the last one finds the next.
    if (at + step >= shown.length && left > 0) flushSync(() => setMost(most + STEP));
    const drawn = links();
    const next = drawn[Math.max(0, Math.min(drawn.length - 1, at + step))];
    next?.focus();
    if (open !== undefined) next?.click();
  };
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1">
        <TextInput
          type="search"
          aria-label={m.feedback_search()}
          placeholder={m.feedback_search()}
          className="max-w-72"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setMost(STEP);
          }}
        />
        <All leads={leads} all={all} />
      </div>
      <ul ref={list} onKeyDown={onKeyDown} aria-label={m.feedback_returned_leads()}>
        {shown.map((lead) => (
          <Returned
            key={`${lead.opportunity.id}/${lead.at}`}
            lead={lead}
            open={lead.opportunity.id === open}
          />
        ))}
      </ul>
      {left > 0 && (
        <Button look="ghost" className="mt-2" onClick={() => setMost(most + STEP)}>
          {m.action_show_more({ count: Math.min(STEP, left) })}
        </Button>
      )}
      {shown.length === 0 && <p className="py-4 text-quiet">{m.label_nothing_found()}</p>}
    </>
  );
}
