import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setLanguage } from '@/i18n/locale';
import { noticeText } from './toasts';

// Only a browser says which languages its person reads.
beforeEach(() => vi.stubGlobal('navigator', { languages: ['en-GB', 'de-DE'] }));

afterEach(() => {
  vi.unstubAllGlobals();
  setLanguage('en');
});

test('what the engine noticed is said in the language of the window, with its numbers', () => {
  const mended = {
    code: 'changes_mended',
    message: 'english',
    remark: { code: 'changes_mended', about: { restored: 1200 } },
  };
  expect(noticeText(mended)).toContain('from another place in the file: 1,200.');
  setLanguage('de');
  expect(noticeText(mended)).toContain('wiederhergestellte Änderungen: 1.200.');
});

test('a failure to open is said by its code, and what a newer engine notices in its own words', () => {
  setLanguage('de');
  expect(noticeText({ code: 'not_a_workspace', message: 'english' })).toBe(
    'Diese Datei ist kein Tandem-Arbeitsbereich.',
  );
  expect(noticeText({ code: 'not_known_yet', message: 'english' })).toBe('english');
  const newer = { code: 'newer', message: 'english', remark: { code: 'not_known_yet', about: {} } };
  expect(noticeText(newer)).toBe('english');
});
