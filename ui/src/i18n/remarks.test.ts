import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JsonValue } from '@/api/serde_json/JsonValue';
import type { Said } from '@/api/types';
import { setLanguage } from './locale';
import { remarkText } from './remarks';

// Only a browser says which languages its person reads.
beforeEach(() => vi.stubGlobal('navigator', { languages: ['en-GB', 'de-DE'] }));

afterEach(() => {
  vi.unstubAllGlobals();
  setLanguage('en');
});

test('a remark is said in the language of the window, names of the schema included', () => {
  const read = { code: 'read_as', about: { kind: 'product', text: 'GTXPro', title: 'GTX Pro' } };
  expect(remarkText(read)).toBe('there is no product “GTXPro” here; read as “GTX Pro”');
  const option = { code: 'option_read_as', about: { text: 'won!', option: 'won', field: 'stage' } };
  const phone = { code: 'phone_elsewhere', about: { text: '123', country: 'DE', field: 'phone' } };
  const lacks = { code: 'lacks_fields', about: { fields: ['name', 'city'], kind: 'account' } };
  setLanguage('de');
  expect(remarkText(read)).toBe('Produkt „GTXPro“ gibt es hier nicht; gelesen als „GTX Pro“');
  expect(remarkText(option, 'opportunity')).toBe('„won!“ gelesen als Gewonnen');
  expect(remarkText(phone)).toContain('Deutschland');
  expect(remarkText(lacks)).toBe('ohne Name und Ort');
});

test('what a newer engine says is left to its own words', () => {
  expect(remarkText({ code: 'not_known_yet', about: {} })).toBeUndefined();
});

test('rules of the defaults are named in the language of the window, renamed ones as they are', () => {
  const ask = { score: 20, question: 'Is there money for it, and whose?', question_key: 'budget_known' };
  const missing = { criterion: 'Budget known', criterion_key: 'budget_known' };
  setLanguage('de');
  expect(remarkText({ code: 'today_ask', about: ask })).toContain('Gibt es Geld dafür');
  expect(remarkText({ code: 'gate_unknown', about: missing })).toContain('Budget bekannt');
  const renamed = { criterion: 'Money is there', criterion_key: 'budget_known' };
  expect(remarkText({ code: 'gate_unknown', about: renamed })).toContain('Money is there');
});

test('reasons within a remark, and the stage it is about, are in the language of the window too', () => {
  const why: JsonValue[] = [
    { code: 'gate_not_passed', about: { score: 10, confidence: 40 } },
    { code: 'gate_unknown', about: { criterion: 'Budget known', criterion_key: 'budget_known' } },
  ];
  const held: Said = {
    code: 'rule_violated',
    about: { text: 'Kran', stage: 'Discovery', stage_key: 'discovery', why },
  };
  setLanguage('de');
  const said = remarkText(held);
  expect(said).toContain('Der Lead besteht die Prüfung nicht: 10 Punkte');
  expect(said).toContain('Budget bekannt');
  expect(said).not.toContain('[object');
});

test('what several people have is said one by one', () => {
  const seniority = { kind: 'person', field: 'seniority', option: ['director', 'manager', 'director'] };
  const role = { kind: 'person', field: 'role', option: ['champion', 'user'] };
  setLanguage('de');
  expect(remarkText({ code: 'rule_field_is', about: seniority })).toBe(
    'Hierarchieebene: Bereichsleitung, Teamleitung',
  );
  expect(remarkText({ code: 'rule_field_is', about: role })).toContain('Fürsprache, Anwendung');
});

test('a count of one is said as one', () => {
  expect(remarkText({ code: 'forgotten_step_overdue', about: { days: 1 } })).toBe(
    'The next step is a day overdue',
  );
  expect(remarkText({ code: 'forgotten_step_overdue', about: { days: 12 } })).toContain('12 days');
});
