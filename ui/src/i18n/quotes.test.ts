import { expect, test } from 'vitest';
import { quoted, unquoted } from './quotes';

test.each([
  ['“They have no budget”', 'They have no budget'],
  ['„Kein Budget dieses Jahr.“', 'Kein Budget dieses Jahr.'],
  ['«Nächstes Jahr»', 'Nächstes Jahr'],
  [' "Call again" ', 'Call again'],
  ['“Now” and “later”', '“Now” and “later”'],
  ['They said “later”', 'They said “later”'],
  ["'s ist zu teuer", "'s ist zu teuer"],
  ['"', '"'],
])('%s is quoted once', (written, words) => {
  expect(unquoted(written)).toBe(words);
  expect(quoted(written)).toBe(`“${words}”`);
});
