import { beforeEach, expect, test, vi } from 'vitest';
import type { RecordInfo } from '@/api/types';
import { empty, toLog, wrongIn } from './draft';

// Only a browser says which languages its person reads.
beforeEach(() => vi.stubGlobal('navigator', { languages: ['en-GB'] }));

const LEAD: RecordInfo = {
  id: 'lead',
  kind: 'opportunity',
  title: 'Windpark',
  fields: { account: { id: 'nordwind', title: 'Nordwind AG' } },
  conflicts: {},
  archived: false,
  created_at: '2027-01-01T00:00:00Z',
  updated_at: '2027-01-01T00:00:00Z',
};
const NOW = new Date('2027-03-05T10:00:00Z');

test('the first line is the subject, the rest what was said', () => {
  const draft = { ...empty('call'), text: 'Talked to Ines\nShe needs a quote.\nBy Friday.', person: 'ines' };
  expect(toLog(draft, LEAD, NOW)).toEqual({
    fields: {
      type: 'call',
      subject: 'Talked to Ines',
      body: 'She needs a quote.\nBy Friday.',
      at: NOW.toISOString(),
      direction: 'outbound',
      account: 'nordwind',
      opportunity: 'lead',
      person: 'ines',
    },
    next: null,
    promise: null,
  });
});

test('what follows goes along', () => {
  const draft = {
    ...empty('meeting'),
    text: 'Met',
    step: 'Send the quote',
    day: '2027-03-09',
    promise: 'A quote',
  };
  const { next, promise, fields } = toLog(draft, LEAD, NOW);
  expect(next).toEqual({ id: 'lead', step: 'Send the quote', on: '2027-03-09' });
  expect(promise).toEqual({ what: 'A quote', on: null });
  expect(fields).not.toHaveProperty('direction');
});

test('a step without a day, and a day without a step, are told beside the field', () => {
  const draft = { ...empty('call'), text: 'Talked' };
  expect(wrongIn(draft)).toEqual({});
  expect(Object.keys(wrongIn({ ...draft, step: 'Send the quote' }))).toEqual(['day']);
  expect(Object.keys(wrongIn({ ...draft, day: 'tomorrow' }))).toEqual(['step']);
  expect(Object.keys(wrongIn({ ...draft, text: ' ' }))).toEqual(['text']);
});
