import type { CriterionFeedback, FeedbackRow } from '@/api/types';

/** Share of the decided leads a criterion said yes on that were given back or lost; none where it said yes on none. */
export const wrongShare = ({ said_yes, wrong }: CriterionFeedback): number | null =>
  said_yes.count === 0 ? null : wrong.count / said_yes.count;

/** The rule that was wrong most often comes first; what was never tried comes last. */
export const byWrongShare = (rows: CriterionFeedback[]): CriterionFeedback[] =>
  [...rows].sort(
    (a, b) =>
      (wrongShare(b) ?? -1) - (wrongShare(a) ?? -1) ||
      b.contradicted.count - a.contradicted.count ||
      a.criterion.name.localeCompare(b.criterion.name),
  );

/** Revenue divided by cost; none where it was earned in another currency only. */
export function returnOnCost(row: Pick<FeedbackRow, 'revenue' | 'cost' | 'cost_currency'>): number | null {
  if (row.cost === null || row.cost <= 0) return null;
  const brought = row.revenue[row.cost_currency];
  if (brought === undefined && Object.keys(row.revenue).length > 0) return null;
  return (brought ?? 0) / row.cost;
}
