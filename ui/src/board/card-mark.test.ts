import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ClockInfo, Marks } from '@/api/types';
import { USUAL_DAY_MINUTES } from '@/journey/working-day';
import { loudest } from './card-mark';

// Only a browser says which languages its person reads.
beforeEach(() => vi.stubGlobal('navigator', { languages: ['en-GB'] }));
afterEach(() => vi.unstubAllGlobals());

const clock = (kind: string, state: string): ClockInfo => ({
  kind,
  state,
  due_at: '2027-03-03T12:00:00Z',
  left_minutes: state === 'overdue' ? -120 : 30,
});
const marks = (over: Partial<Marks>): Marks => ({
  id: 'o',
  clocks: [],
  forgotten: [],
  claimed_by: [],
  is_back: false,
  ...over,
});
const kindOf = (over: Partial<Marks>, conflict = false) =>
  loudest(marks(over), conflict, USUAL_DAY_MINUTES)?.kind ?? null;

const forgotten = [{ code: 'forgotten_no_step', about: {} }];
const claimed_by = [
  { id: 'a', title: 'Ravi' },
  { id: 'b', title: 'Mara' },
];

test('a card gets one mark: two claims before a late offer before what is forgotten', () => {
  const late = clock('accept', 'overdue');
  expect(kindOf({ claimed_by, forgotten, clocks: [late] }, true)).toBe('claims');
  expect(kindOf({ forgotten, clocks: [late] }, true)).toBe('conflict');
  expect(kindOf({ forgotten, clocks: [late], is_back: true })).toBe('overdue');
  expect(kindOf({ forgotten, is_back: true })).toBe('back');
  expect(kindOf({ forgotten, clocks: [clock('accept', 'due_soon')] })).toBe('forgotten');
  expect(kindOf({ clocks: [clock('accept', 'due_soon')] })).toBe('soon');
});

test('what has time, and a next step whose line says it is late, gets none', () => {
  expect(kindOf({ clocks: [clock('accept', 'running'), clock('next_step', 'overdue')] })).toBeNull();
  expect(loudest(null, false, USUAL_DAY_MINUTES)).toBeNull();
});

test('a mark says what it means', () => {
  expect(loudest(marks({ claimed_by }), false, USUAL_DAY_MINUTES)?.words).toBe('Two took it: Ravi, Mara');
  expect(loudest(marks({ forgotten }), false, USUAL_DAY_MINUTES)?.words).toBe('Forgotten: No next step');
  expect(loudest(marks({ clocks: [clock('accept', 'overdue')] }), false, USUAL_DAY_MINUTES)?.words).toContain(
    'overdue',
  );
});
