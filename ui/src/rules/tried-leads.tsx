import { Link } from '@tanstack/react-router';
import type { TriedLeads } from '@/api/types';
import { cx } from '@/components/cx';
import { Popover } from '@/components/popover';
import { number } from '@/i18n/format';
import { m } from '@/paraglide/messages.js';

/** A number of leads that opens them: each opens beside the rules. */
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
      <ul className="min-h-0 overflow-y-auto p-1">
        {leads.records.map((lead) => (
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
      {leads.count > leads.records.length && (
        <p className="border-line border-t px-3 py-1.5 text-quiet text-small">
          {m.backtest_first({ shown: number(leads.records.length), count: number(leads.count) })}
        </p>
      )}
    </Popover>
  );
}
