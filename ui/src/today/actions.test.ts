import { expect, test } from 'vitest';
import type { QueueItem } from '@/api/types';
import { actionFor, actionsOf } from './actions';

const OFFER: QueueItem = {
  id: 'one',
  kind: 'opportunity',
  title: 'Windpark',
  opportunity: null,
  stage: 'qualified',
  account: null,
  value: null,
  currency: '',
  what: 'accept',
  why: [],
  clock: null,
  when: 'today',
  proposed: null,
  actions: ['accept', 'return', 'brief', 'open'],
};
const TASK: QueueItem = { ...OFFER, kind: 'task', what: 'task', stage: '', actions: ['done', 'open'] };

test('the engine says what comes first, and a contact can always be written down', () => {
  expect(actionsOf(OFFER, true)).toEqual(['accept', 'return', 'brief', 'log', 'step']);
});

test('nobody answers an offer in the name of another member', () => {
  expect(actionsOf(OFFER, false)).toEqual(['brief', 'log', 'step']);
});

test('one key does what a line is about', () => {
  expect(actionFor('a', actionsOf(OFFER, true))).toBe('accept');
  expect(actionFor('d', actionsOf(OFFER, true))).toBeUndefined();
  expect(actionFor('d', actionsOf(TASK, true))).toBe('done');
  const won = { ...OFFER, what: 'onboard', actions: ['onboard', 'open'] };
  expect(actionFor('d', actionsOf(won, true))).toBe('onboard');
});

test('a task without an opportunity has nobody to be contacted', () => {
  expect(actionsOf(TASK, true)).toEqual(['done']);
});

test('what comes back is taken up, and what rests is moved', () => {
  const back = { ...OFFER, what: 'come_back', actions: ['take_up', 'brief', 'open'] };
  const rest = { ...OFFER, what: 'rest', actions: ['step', 'move', 'open'] };
  expect(actionFor('u', actionsOf(back, true))).toBe('take_up');
  expect(actionFor('m', actionsOf(rest, true))).toBe('move');
});
