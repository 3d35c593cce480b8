import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setLanguage } from '@/i18n/locale';
import { numberTitle, ownSpan, reasonIn, recordIn } from './number-title';

// Only a browser says which languages its person reads.
beforeEach(() => vi.stubGlobal('navigator', { languages: ['en-GB', 'de-DE'] }));

afterEach(() => {
  vi.unstubAllGlobals();
  setLanguage('en');
});

test('a number says what it counts, with the names of what it is about', () => {
  expect(numberTitle('goal/019a/won', { title: 'New business 2026' })).toBe(
    'Won towards “New business 2026”',
  );
  expect(numberTitle('funnel/entered/qualified')).toBe('Came to Qualified');
  expect(numberTitle('meter/2026-03/returned')).toBe('Given back in March 2026');
  expect(numberTitle('speed/upto/60')).toBe('First contact within 1 hr of the offer');
  expect(numberTitle('speed/touched')).toBe('Offered and contacted since');
  expect(numberTitle('feedback/source/webinar/accepted')).toBe('Leads from Webinar that sales accepted');
  expect(numberTitle('feedback/returned')).toBe('Leads that sales gave back in the period');
  expect(numberTitle('feedback/criterion/019a/wrong', { title: 'Budget known' })).toContain('Budget known');
  expect(numberTitle('goal/019a/team/sales', { title: 'New business 2026' })).toBe(
    'Won towards “New business 2026” with a part of Sales',
  );
  expect(numberTitle('attribution/first/EUR/team/marketing')).toBe(
    'Won with a part of Marketing (First touch)',
  );
  expect(numberTitle('attribution/linear/EUR/campaign/')).toBe(
    'Won with a part outside of any campaign (Linear)',
  );
  expect(numberTitle('attribution/untouched/EUR')).toBe('Won without a touch on record');
  expect(numberTitle('attribution/deals/CHF')).toBe('Won in CHF');
  expect(recordIn('attribution/linear/EUR/campaign/019c')).toBe('019c');
  expect(numberTitle('velocity/lost')).toBe('Lost in the period');
  expect(numberTitle('won')).toBe('Won in the period');
});

test('what is counted at a month’s end is not over while the month runs', () => {
  const said = (on: string) => numberTitle('meter/2026-11/forgotten', { on });
  expect(said('2026-11-27')).toBe('Forgotten as of 27 Nov');
  expect(said('2026-12-01')).toBe('Forgotten at the end of November 2026');
});

test('a goal’s records are of its own days', () => {
  const goal = { fields: { from: '2026-04-01', to: '2027-03-31' } };
  expect(ownSpan('goal/019a/won', goal)).toEqual({ from: '2026-04-01', to: '2027-03-31' });
  expect(ownSpan('goal/019a/won', undefined)).toBe(null);
  expect(ownSpan('feedback/campaign/019a/won', goal)).toBe(null);
});

test('what belongs to none is called so', () => {
  expect(numberTitle('attribution/linear/EUR/team/')).toBe(
    'Won with a part that belongs to no team (Linear)',
  );
  expect(numberTitle('goal/019a/team/', { title: 'Year' })).toBe(
    'Won towards “Year” with a part that belongs to no team',
  );
  expect(numberTitle('feedback/source//leads')).toBe('Leads from no known source');
});

test('it says so in German too', () => {
  setLanguage('de');
  expect(numberTitle('funnel/entered/qualified')).toBe('In die Stufe Qualifiziert gekommen');
  expect(numberTitle('meter/2026-03/forgotten')).toContain('März 2026');
});

test('leads without a campaign are called so', () => {
  expect(numberTitle('feedback/campaign//won')).toBe('Leads from no campaign that were won');
});

test('a reason stands beside what was returned for it', () => {
  expect(
    numberTitle('feedback/campaign/019a/returned/019b', { title: 'Trade fair', reason: 'No budget' }),
  ).toBe('Leads from Trade fair that sales gave back · No budget');
  expect(reasonIn('feedback/campaign/019a/returned/019b')).toBe('019b');
  expect(reasonIn('feedback/campaign/019a/returned')).toBe(null);
});

test('only records are looked up by their id', () => {
  expect(recordIn('goal/019a/won')).toBe('019a');
  expect(recordIn('feedback/criterion/019b/wrong')).toBe('019b');
  expect(recordIn('feedback/source/webinar/won')).toBe(null);
  expect(recordIn('feedback/campaign//won')).toBe(null);
});

test.each(['', 'tomorrow/1', 'funnel', 'goal/1', 'meter/soon/gap', 'feedback/campaign/1/unheard'])(
  'of the name “%s” nobody knows, it is a number all the same',
  (name) => expect(numberTitle(name)).toBe('Records behind a number'),
);
