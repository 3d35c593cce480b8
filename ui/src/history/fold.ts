import type { ChangeInfo } from '@/api/types';

/** A line of the history: the head of a day, or what was done (newest first; several where typing was saved in steps). */
export type Line =
  | { type: 'day'; key: string; at: string }
  | { type: 'told'; key: string; changes: ChangeInfo[] };

/** Typing on a page is saved every moment; in a row it is one piece of work. */
const TOGETHER_MS = 30 * 60_000;

const dayOf = (at: string): string => new Date(at).toDateString();

function belongs(before: ChangeInfo | undefined, change: ChangeInfo): boolean {
  return (
    before !== undefined &&
    before.action === 'text' &&
    change.action === 'text' &&
    before.by.id === change.by.id &&
    before.via === change.via &&
    before.first?.id === change.first?.id &&
    (before.undone_by === null) === (change.undone_by === null) &&
    Math.abs(Date.parse(before.at) - Date.parse(change.at)) <= TOGETHER_MS
  );
}

/** Changes (newest first) as lines under the days they were made on. */
export function foldHistory(changes: readonly ChangeInfo[]): Line[] {
  const lines: Line[] = [];
  let day = '';
  for (const change of changes) {
    if (dayOf(change.at) !== day) {
      day = dayOf(change.at);
      lines.push({ type: 'day', key: day, at: change.at });
    }
    const last = lines.at(-1);
    if (last?.type === 'told' && belongs(last.changes.at(-1), change)) last.changes.push(change);
    else lines.push({ type: 'told', key: change.change, changes: [change] });
  }
  return lines;
}
