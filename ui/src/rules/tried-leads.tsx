import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { createContext, useContext } from 'react';
import { type Asked, triedQuery } from '@/api/journey';
import type { TriedLeads } from '@/api/types';
import { cx } from '@/components/cx';
import { FailureLine } from '@/components/failure';
import { Popover } from '@/components/popover';
import { number } from '@/i18n/format';
import { m } from '@/paraglide/messages.js';

/** How the back-test was asked whose numbers stand here. */
export const TriedIn = createContext<Asked>({ months: 0, drafts: [] });

/** The leads behind a number: each opens beside the rules. */
function Leads({ leads }: { leads: TriedLeads }) {
  const asked = useContext(TriedIn);
  const query = useInfiniteQuery(triedQuery(asked, leads.number));
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const shown = data?.pages.flatMap(({ records }) => records) ?? [];
  return (
    <div className="min-h-0 overflow-y-auto p-1">
      <FailureLine error={error} className="px-2 py-1" />
      <ul>
        {shown.map((lead) => (
          <li key={lead.id}>
            <Link
              to="."
              search={(now) => ({ ...now, record: lead.id })}
              replace
              className="block truncate rounded-control px-2 py-1 hover:bg-hover"
            >
              {lead.title || m.label_untitled()}
            </Link>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button
          type="button"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
          className="numeric w-full rounded-control px-2 py-1 text-left text-quiet text-small hover:bg-hover"
        >
          {m.action_show_more({ count: leads.count - shown.length })}
        </button>
      )}
    </div>
  );
}

/** A number of leads that opens them. */
export function TriedNumber({ leads, of, className }: { leads: TriedLeads; of: string; className?: string }) {
  if (leads.count === 0) return <span className={cx('numeric text-quiet', className)}>0</span>;
  return (
    <Popover
      title={of}
      align="end"
      className="flex max-h-[min(420px,60vh)] w-72 flex-col p-0"
      trigger={
        <button
          type="button"
          aria-label={`${of}: ${number(leads.count)}`}
          className={cx(
            'numeric rounded-mark decoration-edge underline-offset-3 hover:text-accent hover:underline',
            className,
          )}
        >
          {number(leads.count)}
        </button>
      }
    >
      <p className="border-line border-b px-3 py-2 font-medium">{of}</p>
      <Leads leads={leads} />
    </Popover>
  );
}
