import { expect, test } from 'vitest';
import { mergeTexts } from './merge';

const check = (base: string, ours: string, theirs: string, merged: string) =>
  expect(mergeTexts(base, ours, theirs)).toBe(merged);

test('edits at different places are both there', () => {
  check('one two three', 'one two three four', 'zero one two three', 'zero one two three four');
  check('a\n\nb\n\nc', 'a!\n\nb\n\nc', 'a\n\nb\n\nc?', 'a!\n\nb\n\nc?');
});

test('insertions at one place are both there', () => check('ab', 'aXb', 'aYb', 'aYXb'));

test('what one side removed stays removed, and what the other typed in it is kept', () => {
  check('the old words', 'the words', 'the old good words', 'the good words');
});

test('nothing typed on either side is lost, whatever the other did', () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const edit = (text: string, letter: string) => {
    let edited = text;
    for (let step = 0; step < 4; step += 1) {
      const at = random(edited.length + 1);
      edited = edited.slice(0, at) + letter + edited.slice(at + random(2));
    }
    return edited;
  };
  const count = (text: string, letter: string) => text.split(letter).length - 1;
  for (let round = 0; round < 500; round += 1) {
    const base = Array.from({ length: random(30) }, () => 'abc '[random(4)]).join('');
    const [ours, theirs] = [edit(base, 'Ü'), edit(base, 'Z')];
    const merged = mergeTexts(base, ours, theirs);
    expect(count(merged, 'Ü')).toBe(count(ours, 'Ü'));
    expect(count(merged, 'Z')).toBe(count(theirs, 'Z'));
  }
});
