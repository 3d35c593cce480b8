import { describe, expect, it } from 'vitest';
import type { ChangeInfo, TimelineEntry } from '@/api/types';
import { foldTimeline, netFields } from './fold';

const change = (over: Partial<ChangeInfo>): ChangeInfo => ({
  change: 'c',
  action: 'set',
  by: { id: 'ravi', title: 'Ravi' },
  device: 'd',
  via: 'desktop',
  at: '2027-03-10T12:00:00',
  reason: null,
  records: 1,
  linked: {},
  first: null,
  kind: 'opportunity',
  undone_by: null,
  waiting: false,
  ...over,
});

const entry = (
  at: string,
  over: Partial<ChangeInfo>,
  fields: [string, unknown, unknown][] = [],
): TimelineEntry => ({
  at,
  activity: null,
  change: change({ at, ...over }),
  fields: fields.map(([field, from, to]) => ({
    record: { id: 'r', title: 'R' },
    kind: 'opportunity',
    field,
    from: from as never,
    to: to as never,
    change: change({ at, ...over }),
  })),
});

describe('a timeline', () => {
  it('is grouped by day, newest first', () => {
    const days = foldTimeline([
      entry('2027-03-10T12:00:00', { change: 'a' }),
      entry('2027-03-09T12:00:00', { change: 'b' }),
    ]);
    expect(days.map((day) => day.day)).toEqual(['2027-03-10', '2027-03-09']);
  });

  it('folds what one hand did in a row', () => {
    const [day] = foldTimeline([
      entry('2027-03-10T12:02:00', { change: 'b' }),
      entry('2027-03-10T12:00:00', { change: 'a' }),
    ]);
    expect(day?.entries).toHaveLength(1);
    expect(day?.entries[0]?.changes).toHaveLength(2);
  });

  it.each<[string, Partial<ChangeInfo>]>([
    ['another hand', { by: { id: 'ann', title: 'Ann' } }],
    ['an agent', { via: 'agent' }],
    ['another reason', { reason: 'asked by the buyer' }],
    ['another action', { action: 'undo' }],
    ['what was undone', { undone_by: 'x' }],
  ])('keeps %s apart', (_, over) => {
    const [day] = foldTimeline([
      entry('2027-03-10T12:02:00', { change: 'b', ...over }),
      entry('2027-03-10T12:00:00', { change: 'a' }),
    ]);
    expect(day?.entries).toHaveLength(2);
  });

  it('keeps hours apart', () => {
    const [day] = foldTimeline([
      entry('2027-03-10T15:00:00', { change: 'b' }),
      entry('2027-03-10T12:00:00', { change: 'a' }),
    ]);
    expect(day?.entries).toHaveLength(2);
  });
});

describe('folded changes', () => {
  it('tell where a field came from and where it ended', () => {
    const changes = [
      entry('2027-03-10T12:02:00', {}, [['stage', 'discovery', 'proposal']]),
      entry('2027-03-10T12:00:00', {}, [['stage', 'accepted', 'discovery']]),
    ];
    expect(netFields(changes)).toMatchObject([{ field: 'stage', from: 'accepted', to: 'proposal' }]);
  });

  it('leave out what came back to where it was', () => {
    const changes = [
      entry('2027-03-10T12:02:00', {}, [['value', 2, 1]]),
      entry('2027-03-10T12:00:00', {}, [['value', 1, 2]]),
    ];
    expect(netFields(changes)).toEqual([]);
  });
});
