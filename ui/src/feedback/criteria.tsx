import { Link } from '@tanstack/react-router';
import type { CriterionFeedback } from '@/api/types';
import { DataTable } from '@/components/data-table';
import { percent } from '@/i18n/measures';
import { ruleName } from '@/i18n/rule-names';
import { FigureLink } from '@/numbers/figure-link';
import { m } from '@/paraglide/messages.js';
import { byWrongShare, wrongShare } from './order';

/** Which rule was wrong: how often each said yes on leads that were given back or lost. */
export function CriteriaTable({ rows }: { rows: CriterionFeedback[] }) {
  return (
    <DataTable
      label={m.feedback_criteria()}
      rows={byWrongShare(rows)}
      keyOf={({ criterion }) => criterion.id}
      columns={[
        {
          key: 'criterion',
          label: m.feedback_criterion(),
          className: 'font-medium',
          render: ({ criterion }) => (
            <Link
              to="/rules"
              search={{ view: 'gate', rule: criterion.id }}
              title={m.feedback_to_rule()}
              className="rounded-mark hover:text-accent"
            >
              {ruleName('criterion', criterion)}
            </Link>
          ),
        },
        {
          key: 'said_yes',
          label: m.feedback_said_yes(),
          hint: m.feedback_said_yes_explained(),
          numeric: true,
          render: ({ said_yes }) => <FigureLink figure={said_yes} />,
        },
        {
          key: 'wrong',
          label: m.feedback_wrong(),
          hint: m.feedback_wrong_explained(),
          numeric: true,
          render: ({ wrong }) => <FigureLink figure={wrong} />,
        },
        {
          key: 'share',
          label: m.feedback_wrong_share(),
          numeric: true,
          className: 'w-56',
          render: (row) => {
            const share = wrongShare(row);
            if (share === null) return <span className="text-quiet">–</span>;
            return (
              <span className="flex items-center justify-end gap-2">
                <span aria-hidden className="h-1.5 w-24 rounded-full bg-press">
                  <span
                    className="block h-full rounded-full bg-danger"
                    style={{ width: `${share * 100}%` }}
                  />
                </span>
                <FigureLink figure={row.wrong} className="w-12 text-right">
                  {percent(share)}
                </FigureLink>
              </span>
            );
          },
        },
        {
          key: 'contradicted',
          label: m.feedback_contradicted(),
          hint: m.feedback_contradicted_explained(),
          numeric: true,
          render: ({ contradicted }) => <FigureLink figure={contradicted} />,
        },
      ]}
    />
  );
}
