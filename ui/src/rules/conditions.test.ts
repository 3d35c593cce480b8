import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FieldInfo, SchemaInfo } from '@/api/types';
import { setLanguage } from '@/i18n/locale';
import { conditionsSentence } from './condition-words';
import { problemIn, readConditions, valueFor, writeConditions } from './conditions';

// Only a browser says which languages its person reads.
beforeEach(() => vi.stubGlobal('navigator', { languages: ['en-GB'] }));
afterEach(() => vi.unstubAllGlobals());

const field = (name: string, type: string, more: Partial<FieldInfo> = {}): FieldInfo => ({
  name,
  type,
  options: [],
  open: false,
  target: null,
  required: false,
  listed: false,
  custom: false,
  label: null,
  internal: false,
  by_doing: false,
  ...more,
});

const schema: SchemaInfo = {
  kinds: [
    {
      name: 'opportunity',
      fields: [
        field('value', 'money'),
        field('owner', 'link', { target: 'member' }),
        field('people', 'roles', { target: 'person', options: ['champion'] }),
      ],
      retired: [],
    },
    {
      name: 'account',
      fields: [field('employees', 'integer'), field('x_tier', 'line', { label: 'Tier', custom: true })],
      retired: [],
    },
    {
      name: 'person',
      fields: [field('seniority', 'choice', { options: ['owner', 'director'] })],
      retired: [],
    },
  ],
  stages: [],
};

const sentence = (all: unknown, titles = new Map<string, string>()) =>
  conditionsSentence(schema, JSON.stringify(all), titles);

test('every form of condition reads as a sentence', () => {
  setLanguage('en');
  expect(sentence([{ field: 'account.employees', op: 'between', value: [50, 5000] }])).toBe(
    'Employees of the account between 50 and 5,000',
  );
  expect(sentence([{ field: 'person.seniority', op: 'any_of', value: ['owner', 'director'] }])).toBe(
    'Seniority of a person is Owner or Director',
  );
  expect(sentence([{ field: 'person.seniority', op: 'none_of', value: ['owner'] }])).toBe(
    'Seniority of a person is not Owner',
  );
  expect(sentence([{ field: 'value', op: 'not_empty' }])).toBe('Value is filled in');
  expect(sentence([{ field: 'account.x_tier', op: 'contains', value: 'Gold' }])).toBe(
    'Tier of the account contains Gold',
  );
  expect(sentence([{ field: 'owner', op: 'is', value: 'm1' }], new Map([['m1', 'Ravi']]))).toBe(
    'Owner is Ravi',
  );
  expect(sentence([{ field: 'person.role', op: 'is', value: 'champion' }])).toBe(
    'Role of a person is Champion',
  );
  expect(
    sentence([{ activity: ['form', 'visit'], direction: 'inbound', within_days: 30, at_least: 2 }]),
  ).toBe('Form or Visit from them, within 30 days, at least 2 times');
  expect(sentence([{ activity: ['call'] }, { gate: false }])).toBe(
    'Call and the lead does not pass the gate',
  );
  expect(sentence([])).toBe('');
});

test('what is read is written back as it was', () => {
  const all = [
    { field: 'account.employees', op: 'over', value: 19 },
    { field: 'value', op: 'not_empty' },
    { activity: ['form'], direction: 'inbound', within_days: 90 },
    { gate: true },
  ];
  expect(JSON.parse(writeConditions(readConditions(JSON.stringify(all)) ?? []) ?? '')).toEqual(all);
  expect(writeConditions([])).toBeNull();
});

test('what no window can read is told from what is empty', () => {
  expect(readConditions('')).toEqual([]);
  expect(readConditions('{')).toBeNull();
  expect(readConditions('{"gate": true}')).toBeNull();
  expect(readConditions('[{"weather": "fine"}]')).toBeNull();
  expect(problemIn('[{"weather": "fine"}]')).toBe('unreadable');
});

test('a condition that says too little says what it lacks', () => {
  const problem = (one: unknown) => problemIn(JSON.stringify([one]));
  expect(problem({ field: 'value', op: 'over', value: null })).toBe('no_value');
  expect(problem({ field: 'value', op: 'any_of', value: [] })).toBe('no_value');
  expect(problem({ field: 'value', op: 'between', value: [1] })).toBe('no_span');
  expect(problem({ field: 'value', op: 'between', value: [9, 1] })).toBe('span_turned');
  expect(problem({ activity: [] })).toBe('no_activity');
  expect(problem({ field: 'value', op: 'over', value: 0 })).toBeNull();
  expect(problem({ field: 'value', op: 'empty' })).toBeNull();
});

test('another comparison keeps what was written', () => {
  expect(valueFor('any_of', 'a')).toEqual(['a']);
  expect(valueFor('between', 5)).toEqual([5, null]);
  expect(valueFor('over', [5, 9])).toBe(5);
  expect(valueFor('empty', 5)).toBeUndefined();
});
