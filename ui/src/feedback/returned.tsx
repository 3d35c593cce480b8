import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { type KeyboardEvent, useRef, useState } from 'react';
import { RETURNED_PAGE, returnedQuery } from '@/api/journey';
import type { Figure, ReturnedLead } from '@/api/types';
import { MemberName, StageBadge } from '@/components/badges';
import { Button } from '@/components/button';
import { cx } from '@/components/cx';
import { TextInput } from '@/components/text-input';
import { day, localDayOf } from '@/i18n/format';
import { unquoted } from '@/i18n/quotes';
import { ruleName } from '@/i18n/rule-names';
import { ruleTitle, useCriteria } from '@/journey/criteria';
import { useReturnReasons } from '@/journey/reasons';
import { useKeyboardHome } from '@/keys/home';
import { FigureLink } from '@/numbers/figure-link';
import type { Stretch } from '@/numbers/period-state';
import { m } from '@/paraglide/messages.js';
import { failureText } from '@/state/toasts';

const reasonName = ({ reason }: ReturnedLead) =>
  reason === null ? m.feedback_no_reason() : ruleName('reason', reason);

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
            {unquoted(lead.evidence)}
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

/** So many before the end, the next ones are read. */
const AHEAD = 10;

const STEPS: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** The reasons and criteria that are called so in the reader's language, which the engine does not know. */
function useRulesCalled(text: string): string[] {
  const rules = [...useReturnReasons(), ...useCriteria()];
  if (text === '') return [];
  return rules.filter((rule) => ruleTitle(rule).toLowerCase().includes(text)).map(({ id }) => id);
}

/** Leads that sales gave back, with the words of the rep. j and k move; what is open beside follows. */
export function ReturnedLeads({ of, all }: { of: Stretch; all: Figure }) {
  const list = useRef<HTMLUListElement>(null);
  const open = useSearch({ strict: false }).record;
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const rules = useRulesCalled(wanted);
  const query = useInfiniteQuery(returnedQuery({ ...of, text: wanted, rules }));
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage, isPlaceholderData } = query;
  const shown = data?.pages.flatMap(({ leads }) => leads) ?? [];
  const left = (data?.pages.at(-1)?.total ?? 0) - shown.length;
  const links = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-lead]') ?? [])];
  useKeyboardHome(() => (links().find((link) => link.ariaCurrent === 'true') ?? links()[0])?.focus());
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const drawn = links();
    const at = drawn.indexOf(document.activeElement as HTMLElement);
    // Whoever comes near the last one finds the next ones there.
    if (at + step + AHEAD >= drawn.length && hasNextPage && !isFetchingNextPage) void fetchNextPage();
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
          className="max-w-72 [&::-webkit-search-cancel-button]:hidden"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <p className="numeric ml-auto text-quiet">
          {m.feedback_returned_all()}{' '}
          <FigureLink figure={all} of={m.feedback_returned_all()} className="font-medium text-text">
            {m.numbers_leads({ count: all.count })}
          </FigureLink>
        </p>
      </div>
      <ul
        ref={list}
        onKeyDown={onKeyDown}
        aria-label={m.feedback_returned_leads()}
        aria-busy={isPlaceholderData}
      >
        {shown.map((lead) => (
          <Returned
            key={`${lead.opportunity.id}/${lead.at}`}
            lead={lead}
            open={lead.opportunity.id === open}
          />
        ))}
      </ul>
      {hasNextPage && (
        <Button
          look="ghost"
          className="mt-2"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {m.action_show_more({ count: Math.min(RETURNED_PAGE, left) })}
        </Button>
      )}
      {error !== null && (
        <p role="alert" className="selectable rounded-control bg-danger-soft px-2.5 py-1.5 text-danger">
          {failureText(error)}
        </p>
      )}
      {data !== undefined && shown.length === 0 && (
        <p className="py-4 text-quiet">{m.label_nothing_found()}</p>
      )}
    </>
  );
}
