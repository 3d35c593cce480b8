import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Status } from '@/api/types';
import { setLanguage } from '@/i18n/locale';
import { explanation, secondLine } from './sync-words';

const FETCHING: Status = {
  sync: 'syncing',
  relay: 'wss://relay.acme.example',
  detail: null,
  fetched: { at: 12_000, of: 100_000 },
  waiting: 3,
  fingerprint: 'amber-otter',
  sameness: 'unknown',
  peers: [],
  conflicts: 0,
  last_synced_at: null,
  undo: null,
  redo: null,
  loaded: true,
};

// Only a browser says which languages its person reads.
beforeEach(() => vi.stubGlobal('navigator', { languages: ['en-GB', 'de-DE'] }));

afterEach(() => {
  vi.unstubAllGlobals();
  setLanguage('en');
});

test('while a workspace is fetched, the status line says how much has come', () => {
  expect(secondLine(FETCHING)).toBe('12,000 of 100,000 records fetched');
  expect(explanation(FETCHING)).toBe('12,000 of 100,000 records fetched');
  setLanguage('de');
  expect(secondLine(FETCHING)).toBe('12.000 von 100.000 Datensätzen geholt');
});

test('once everything is there, what waits is said again', () => {
  const live = { ...FETCHING, fetched: null };
  expect(secondLine(live)).toBe('3 changes waiting');
  expect(explanation(live)).toBe('Exchanging changes with the other devices.');
  expect(secondLine({ ...live, loaded: false })).toBe('Reading the document…');
});

test('why there is no connection is said in the reader’s language', () => {
  const offline = { ...FETCHING, sync: 'offline', fetched: null, detail: 'the relay does not answer' };
  expect(explanation(offline)).toBe('the relay does not answer');
  setLanguage('de');
  expect(explanation(offline)).toBe(
    'Alles funktioniert. Änderungen bleiben hier und werden gesendet, sobald das Relay erreichbar ist.',
  );
});
