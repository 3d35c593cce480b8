import { Link } from '@tanstack/react-router';
import type { FeedbackRow, Figure, ReasonCount } from '@/api/types';
import { type DataColumn, DataTable } from '@/components/data-table';
import { sums as formatSums, money, number } from '@/i18n/format';
import { shareOf } from '@/i18n/measures';
import { ruleName } from '@/i18n/rule-names';
import { FigureLink } from '@/numbers/figure-link';
import { campaignName, sourceName } from '@/numbers/names';
import { m } from '@/paraglide/messages.js';
import { returnOnCost } from './order';

/** A count with its share of the row's leads. */
function Part({ figure, of }: { figure: Figure; of: Figure }) {
  const share = shareOf(figure.count, of.count);
  return (
    <span className="inline-flex items-baseline gap-1.5">
      <FigureLink figure={figure} />
      {share !== null && <span className="w-10 text-quiet text-small">{share}</span>}
    </span>
  );
}

/** Why leads were given back, the most frequent first, each with a bar as long as its share. */
function Reasons({ reasons, returned }: { reasons: ReasonCount[]; returned: Figure }) {
  const shown = [...reasons].sort((a, b) => b.leads.count - a.leads.count);
  if (shown.length === 0) return <span className="text-quiet">–</span>;
  return (
    <ul className="-my-0.5 min-w-48 pr-3">
      {shown.map(({ reason, leads }) => (
        <li key={reason.id} className="flex h-6 items-center gap-2">
          <span className="min-w-0 flex-1 truncate">{ruleName('reason', reason)}</span>
          <span aria-hidden className="h-1.5 w-10 shrink-0 rounded-full bg-press">
            <span
              className="block h-full rounded-full bg-warning"
              style={{ width: `${(leads.count / Math.max(1, returned.count)) * 100}%` }}
            />
          </span>
          <span className="w-5 shrink-0 text-right">
            <FigureLink figure={leads} of={ruleName('reason', reason)} />
          </span>
        </li>
      ))}
    </ul>
  );
}

const none = <span className="text-quiet">–</span>;

const countColumns = (): DataColumn<FeedbackRow>[] => [
  {
    key: 'leads',
    label: m.feedback_leads(),
    numeric: true,
    render: ({ leads }) => <FigureLink figure={leads} />,
  },
  {
    key: 'passed',
    label: m.feedback_passed(),
    hint: m.feedback_passed_explained(),
    numeric: true,
    render: ({ passed, leads }) => <Part figure={passed} of={leads} />,
  },
  {
    key: 'accepted',
    label: m.feedback_accepted(),
    numeric: true,
    render: ({ accepted, leads }) => <Part figure={accepted} of={leads} />,
  },
  {
    key: 'returned',
    label: m.feedback_returned(),
    numeric: true,
    render: ({ returned, leads }) => <Part figure={returned} of={leads} />,
  },
  {
    key: 'reasons',
    label: m.feedback_reasons(),
    render: ({ reasons, returned }) => <Reasons reasons={reasons} returned={returned} />,
  },
  {
    key: 'won',
    label: m.feedback_won(),
    numeric: true,
    render: ({ won, leads }) => <Part figure={won} of={leads} />,
  },
  {
    key: 'revenue',
    label: m.feedback_revenue(),
    numeric: true,
    render: ({ revenue, won }) => {
      const words = formatSums(revenue);
      return words === '' ? none : <FigureLink figure={won}>{words}</FigureLink>;
    },
  },
];

const costColumns = (): DataColumn<FeedbackRow>[] => [
  {
    key: 'cost',
    label: m.feedback_cost(),
    numeric: true,
    render: ({ cost, cost_currency }) => (cost === null ? none : money(cost, cost_currency)),
  },
  {
    key: 'return',
    label: m.feedback_return(),
    hint: m.feedback_return_explained(),
    numeric: true,
    render: (row) => {
      const factor = returnOnCost(row);
      return factor === null ? none : `${number(Math.round(factor * 10) / 10)} ×`;
    },
  },
];

const hasLeads = (row: FeedbackRow) => row.leads.count > 0 || row.cost !== null;

/** What became of each campaign's leads, and what they cost. */
export function CampaignTable({ rows }: { rows: FeedbackRow[] }) {
  return (
    <DataTable
      label={m.feedback_campaigns()}
      rows={rows.filter(hasLeads)}
      keyOf={(row) => row.key}
      columns={[
        {
          key: 'campaign',
          label: m.feedback_campaign(),
          className: 'font-medium',
          render: (row) =>
            row.key === '' ? (
              <span className="text-quiet">{campaignName(row.title)}</span>
            ) : (
              <Link
                to="."
                search={(now) => ({ ...now, record: row.key })}
                replace
                className="rounded-mark hover:text-accent"
              >
                {row.title || m.label_untitled()}
              </Link>
            ),
        },
        ...countColumns(),
        ...costColumns(),
      ]}
    />
  );
}

/** What became of the leads from each source. */
export function SourceTable({ rows }: { rows: FeedbackRow[] }) {
  return (
    <DataTable
      label={m.feedback_sources()}
      rows={rows.filter(hasLeads)}
      keyOf={(row) => row.key}
      columns={[
        {
          key: 'source',
          label: m.feedback_source(),
          className: 'font-medium',
          render: (row) => <span className={row.key === '' ? 'text-quiet' : ''}>{sourceName(row.key)}</span>,
        },
        ...countColumns(),
      ]}
    />
  );
}
