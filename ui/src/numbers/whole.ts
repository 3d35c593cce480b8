import type { Attribution, Figure } from '@/api/types';

/**
 * The number that counts exactly the opportunities of an attributed sum. What was won counts all currencies, so it is that only
 * where there is but one; else the only part of a team, campaign or source has them all. Absent: no number does.
 */
export function wholeOf(
  { teams, campaigns, sources }: Pick<Attribution, 'teams' | 'campaigns' | 'sources'>,
  won: Figure,
  currencies: number,
): Figure | null {
  if (currencies === 1) return won;
  const only = [teams, campaigns, sources].find((shares) => shares.length === 1);
  return only?.[0]?.records ?? null;
}
