/** What everything won was worth on average, in each currency: what has another currency or no value counts as nothing. */
export const averageOf = (revenue: Record<string, number | undefined>, won: number): Record<string, number> =>
  Object.fromEntries(
    Object.entries(revenue)
      .filter((entry): entry is [string, number] => entry[1] !== undefined && won > 0)
      .map(([currency, sum]) => [currency, sum / won]),
  );
