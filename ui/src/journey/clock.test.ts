import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ClockInfo } from '@/api/types';
import { setLanguage } from '@/i18n/locale';
import { clockText } from './clock';
import { minutesOf } from './working-day';

// Only a browser says which languages its person reads.
beforeEach(() => vi.stubGlobal('navigator', { languages: ['en-GB'] }));
afterEach(() => {
  vi.unstubAllGlobals();
  setLanguage('en');
});

const clock = (kind: string, hours: number): ClockInfo => ({
  kind,
  state: hours < 0 ? 'overdue' : 'running',
  due_at: '2027-03-03T12:00:00Z',
  left_minutes: hours * 60,
});

test('working time is told in working days of the length that the workspace has', () => {
  expect(clockText(clock('accept', -80), minutesOf('09:00-17:00'))).toBe('10 working days overdue');
  expect(clockText(clock('accept', -80), minutesOf('08:00-12:00, 14:00-18:00'))).toBe(
    '10 working days overdue',
  );
  expect(clockText(clock('first_touch', 20), minutesOf('09:00-19:00'))).toBe('2 working days left');
  expect(clockText(clock('first_touch', 15), minutesOf('09:00-17:00'))).toBe('15 working hrs left');
  expect(clockText(clock('accept', 0.5), minutesOf('09:00-17:00'))).toBe('30 working min left');
  setLanguage('de');
  expect(clockText(clock('accept', -80), minutesOf('09:00-17:00'))).toBe('10 Arbeitstage überfällig');
  expect(clockText(clock('accept', 8), minutesOf('09:00-17:00'))).toBe('noch 8 Arbeitsstd.');
});

test('time on the wall has days of its own', () => {
  // What was due on Monday is three days late on Thursday morning, whatever the hour.
  expect(clockText(clock('next_step', -57), minutesOf('09:00-17:00'))).toBe('3 days overdue');
  expect(clockText(clock('next_step', -71), minutesOf('09:00-17:00'))).toBe('3 days overdue');
  expect(clockText(clock('task', -0.1), minutesOf('09:00-17:00'))).toBe('1 day overdue');
  expect(clockText(clock('task', 20), minutesOf('09:00-17:00'))).toBe('20 hrs left');
});

test('a renewal that has come up is not late', () => {
  expect(clockText(clock('renewal', -66 * 24), 480)).toBe('came up 66 days ago');
  expect(clockText(clock('renewal', -2), 480)).toBe('came up today');
  setLanguage('de');
  expect(clockText(clock('renewal', -24), 480)).toBe('steht seit 1 Tag an');
});

test('hours that are none stand for the usual day', () => {
  expect([undefined, '', 'soon', '17:00-09:00'].map(minutesOf)).toEqual([480, 480, 480, 480]);
});
