import type { RecordInfo } from '@/api/types';

/** Numbers that say how much their records are worth; a share of a value is not the sum of whole ones. */
const OF_MONEY = /^(won|attribution\/deals\/.*|goal\/[^/]+\/(won|open))$/;

export const isOfMoney = (number: string): boolean => OF_MONEY.test(number);

/** What records are worth, by currency; nothing where one of them has not been read: half a sum would be a wrong one. */
export function worth(rows: {
  total: number;
  at: (index: number) => Pick<RecordInfo, 'fields'> | undefined;
}): Record<string, number> | null {
  const sums: Record<string, number> = {};
  for (let index = 0; index < rows.total; index++) {
    const record = rows.at(index);
    if (record === undefined) return null;
    const { value, currency } = record.fields;
    const name = typeof currency === 'string' ? currency : '';
    if (typeof value === 'number') sums[name] = (sums[name] ?? 0) + value;
  }
  return sums;
}
