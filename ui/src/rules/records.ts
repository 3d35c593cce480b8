import type { RecordInfo } from '@/api/types';

export const textOf = (record: Pick<RecordInfo, 'fields'>, name: string): string => {
  const value = record.fields[name];
  return typeof value === 'string' ? value : '';
};

export const numberOf = (record: Pick<RecordInfo, 'fields'>, name: string): number | null => {
  const value = record.fields[name];
  return typeof value === 'number' ? value : null;
};

export const isOn = (record: Pick<RecordInfo, 'fields'>, name = 'active'): boolean =>
  record.fields[name] === true;

/** What is left free between two ranks, so that something can come between. */
const STEP = 100;

export const lastRank = (records: RecordInfo[]): number =>
  Math.max(0, ...records.map((record) => numberOf(record, 'rank') ?? 0)) + STEP;

/** A rank between the last two; the last rule usually takes whatever is left. */
export function rankBeforeLast(records: RecordInfo[]): number {
  const [before, last] = [records.at(-2), records.at(-1)].map((one) =>
    one === undefined ? null : numberOf(one, 'rank'),
  );
  if (last === null || last === undefined) return lastRank(records);
  return Math.floor(((before ?? 0) + last) / 2);
}

/** The ranks to write so that the record at `from` stands at `to`: its own alone where there is room between its neighbours. */
export function moved(
  records: RecordInfo[],
  from: number,
  to: number,
): { record: RecordInfo; rank: number }[] {
  const record = records[from];
  if (record === undefined || from === to || to < 0 || to >= records.length) return [];
  const order = records.toSpliced(from, 1).toSpliced(to, 0, record);
  const rank = (at: number) => (at < 0 ? 0 : numberOf(order[at] ?? record, 'rank'));
  const [before, after] = [rank(to - 1), to + 1 < order.length ? rank(to + 1) : null];
  if (before !== null && to + 1 >= order.length) return [{ record, rank: before + STEP }];
  if (before !== null && after !== null && after - before > 1)
    return [{ record, rank: Math.floor((before + after) / 2) }];
  return order
    .map((one, at) => ({ record: one, rank: (at + 1) * STEP }))
    .filter(({ record: one, rank: next }) => numberOf(one, 'rank') !== next);
}
