import { Link } from '@tanstack/react-router';
import type { SimilarCustomer } from '@/api/types';
import { cx } from '@/components/cx';
import { money } from '@/i18n/format';
import { message, optionLabel, stageLabel } from '@/i18n/labels';
import { days, percent } from '@/i18n/measures';
import { m } from '@/paraglide/messages.js';

/** In what two customers are alike, in words. */
const alike = (same: string[]) => same.map((part) => message(`similar_in_${part}`) ?? part).join(', ');

/** What became of it: won for how much, or lost for which reason. */
function outcome({ won, value, currency, days: took, exit_reason }: SimilarCustomer): string {
  const parts = won
    ? [
        value === null ? null : money(value, currency === '' ? null : currency),
        took === null ? null : days(took),
      ]
    : [exit_reason === '' ? null : optionLabel('opportunity', 'exit_reason', exit_reason)];
  return parts.filter((part) => part !== null).join(' · ');
}

/** A customer's name; where several purchases of one are listed, what was bought. */
function nameAmong(customers: SimilarCustomer[], { account, opportunity }: SimilarCustomer): string {
  const isOnly = customers.filter((other) => other.account?.id === account?.id).length === 1;
  return account !== null && isOnly ? account.title : opportunity.title;
}

/** Customers like the one in question; each opens its record. */
export function SimilarCustomers({ customers }: { customers: SimilarCustomer[] }) {
  return (
    <ul className="flex flex-col">
      {customers.map((one) => (
        <li key={one.opportunity.id}>
          <Link
            to="/record/$id"
            params={{ id: one.opportunity.id }}
            search={{}}
            className="flex items-baseline gap-2 rounded-control px-1.5 py-0.5 text-small hover:bg-hover"
          >
            <span
              className={cx(
                'w-19 shrink-0 truncate rounded-mark px-1 text-center',
                one.won ? 'bg-service-soft text-service' : 'bg-exit-soft text-exit',
              )}
            >
              {stageLabel(one.won ? 'won' : 'lost')}
            </span>
            <span className="min-w-0 flex-1">
              <span className="block truncate">{nameAmong(customers, one)}</span>
              <span className="block text-quiet">
                {[alike(one.same), outcome(one)].filter((part) => part !== '').join(' · ')}
              </span>
            </span>
            <span className="numeric shrink-0 text-quiet" title={m.similar_hint()}>
              {percent(one.similarity)}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
