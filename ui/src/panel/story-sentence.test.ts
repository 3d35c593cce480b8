import { expect, test } from 'vitest';
import type { Net } from './fold';
import { storyClauses } from './story-sentence';

const names = {
  reason: ({ title }: { title: string }) => title,
  criterion: ({ title }: { title: string }) => title,
};
const link = (title: string) => ({ id: title, title });
const made = (kind: string, to: Record<string, unknown>): Net => ({
  record: { id: `${kind} ${String(to.type)}`, title: '' },
  kind,
  field: 'created',
  from: null,
  to: to as Net['to'],
});
const told = (...net: Net[]) => storyClauses(net, names);

test('decisions are told with whom they concern', () => {
  expect(told(made('decision', { type: 'offer', member: link('Ravi'), score: 72 }))).toEqual([
    'offered it to Ravi with a score of 72',
  ]);
  expect(told(made('decision', { type: 'accept', member: link('Ravi'), owner: link('Ravi') }))).toEqual([
    'accepted the offer',
  ]);
});

test('an assignment is one sentence, though it is an offer and its acceptance', () => {
  const member = link('Ravi');
  expect(
    told(
      made('decision', { type: 'offer', member, owner: link('Mara'), score: 72 }),
      made('decision', { type: 'accept', member, owner: link('Mara'), score: 72 }),
    ),
  ).toEqual(['assigned it to Ravi']);
});

test('a return says why and against which answer; the answer it writes is not told again', () => {
  const criterion = link('Timing known');
  expect(
    told(
      made('decision', { type: 'return', reason: link('Wrong time'), criterion }),
      made('answer', { criterion, verdict: 'no' }),
    ),
  ).toEqual(['gave it back to marketing: Wrong time, against the answer to “Timing known”']);
});

test('answers, promises and risks are told', () => {
  const criterion = link('Budget known');
  expect(told(made('answer', { criterion, verdict: 'yes' }))).toEqual(['answered “Budget known”: Yes']);
  expect(told(made('answer', { criterion, verdict: 'unknown' }))).toEqual([
    'took back the answer to “Budget known”',
  ]);
  expect(told(made('task', { type: 'promise', name: 'Training' }))).toEqual(['promised: Training']);
  expect(told(made('task', { type: 'risk', name: 'Champion leaves' }))).toEqual([
    'noted a risk: Champion leaves',
  ]);
});

test('the steps of an onboarding are not told one by one', () => {
  expect(told(made('task', { type: 'onboarding', name: 'Kick-off' }))).toEqual([]);
});

test('a task that was done is told by its name', () => {
  const done: Net = {
    record: { id: 't', title: 'Training' },
    kind: 'task',
    field: 'done_on',
    from: null,
    to: '2027-03-03',
  };
  expect(told(done)).toEqual(['finished “Training”']);
});
