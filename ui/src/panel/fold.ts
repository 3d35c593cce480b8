import type { FieldChange, TimelineEntry } from '@/api/types';
import { localDayOf } from '@/i18n/format';

/** A field's passage from its first to its last value over changes that are told as one. */
export type Net = Pick<FieldChange, 'record' | 'kind' | 'field' | 'from' | 'to'>;

/** Entries that are told as one: an activity, or changes by one hand within a few minutes. */
export interface Told {
  key: string;
  at: string;
  activity: TimelineEntry['activity'];
  /** Newest first; empty for an activity. */
  changes: TimelineEntry[];
}

export interface Day {
  /** Local day, `2027-03-31`. */
  day: string;
  entries: Told[];
}

/** Edits in a row are one piece of work. */
const TOGETHER_MS = 5 * 60_000;

function belongs(told: Told | undefined, entry: TimelineEntry): boolean {
  const last = told?.changes.at(-1);
  if (last?.change == null || entry.change === null) return false;
  return (
    last.change.action === 'set' &&
    entry.change.action === 'set' &&
    last.change.by.id === entry.change.by.id &&
    last.change.via === entry.change.via &&
    last.change.reason === entry.change.reason &&
    last.change.undone_by === null &&
    entry.change.undone_by === null &&
    Math.abs(Date.parse(last.at) - Date.parse(entry.at)) <= TOGETHER_MS
  );
}

/** Folds a timeline (newest first) into days, and what one hand did in a row into one entry. */
export function foldTimeline(entries: TimelineEntry[]): Day[] {
  const days: Day[] = [];
  for (const entry of entries) {
    const day = localDayOf(entry.at);
    let today = days.at(-1);
    if (today?.day !== day) {
      today = { day, entries: [] };
      days.push(today);
    }
    const previous = today.entries.at(-1);
    if (previous !== undefined && belongs(previous, entry)) previous.changes.push(entry);
    else {
      today.entries.push({
        key: entry.activity?.id ?? entry.change?.change ?? entry.at,
        at: entry.at,
        activity: entry.activity,
        changes: entry.change === null ? [] : [entry],
      });
    }
  }
  return days;
}

/** What folded changes come to, field by field, oldest step first; what came back to where it was is left out. */
export function netFields(changes: TimelineEntry[]): Net[] {
  const net = new Map<string, Net>();
  for (const entry of [...changes].reverse()) {
    for (const { record, kind, field, from, to } of entry.fields) {
      const place = `${record.id}/${field}`;
      const before = net.get(place);
      net.set(place, { record, kind, field, from: before === undefined ? from : before.from, to });
    }
  }
  return [...net.values()].filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
}
