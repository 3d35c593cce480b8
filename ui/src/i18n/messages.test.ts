import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Message = string | { declarations: string[]; match: Record<string, string> }[];

const read = (language: string): Record<string, Message> =>
  JSON.parse(readFileSync(new URL(`../../messages/${language}.json`, import.meta.url), 'utf8'));

const [english, german] = [read('en'), read('de')];

const texts = (message: Message): string[] =>
  typeof message === 'string' ? [message] : message.flatMap((variant) => Object.values(variant.match));

const placeholders = (text: string): string =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map(([, name]) => name)
    .sort()
    .join();

test('English and German have the same messages', () => {
  expect(Object.keys(german).sort()).toEqual(Object.keys(english).sort());
});

test('a message takes the same inputs in both languages', () => {
  for (const [key, message] of Object.entries(english)) {
    const [ours, theirs] = [texts(message), texts(german[key] ?? '')];
    expect(new Set(theirs.map(placeholders)), key).toEqual(new Set(ours.map(placeholders)));
  }
});

test('no message is empty', () => {
  for (const catalogue of [english, german]) {
    for (const [key, message] of Object.entries(catalogue)) {
      if (key !== '$schema')
        expect(
          texts(message).every((text) => text.trim() !== ''),
          key,
        ).toBe(true);
    }
  }
});

test('nobody is addressed as du', () => {
  for (const [key, message] of Object.entries(german)) {
    expect(texts(message).join(' '), key).not.toMatch(/\b(du|dich|dir|dein|deine|deinen|deinem|deiner)\b/i);
  }
});
