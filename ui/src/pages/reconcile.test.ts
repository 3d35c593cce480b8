import { EditorState, TextSelection } from 'prosemirror-state';
import { expect, test } from 'vitest';
import { adoptSources, parse, write } from './markdown';
import { reconcile } from './reconcile';

const LIST =
  '# Who we sell to\n\nFirms with *many* reps.\n\n- one\n- two\n\n> Said by a customer\n\n```\ncode\n```\n';

const TABLE = 'Before\n\n| a | b |\n|---|---|\n| one | two |\n\nAfter\n';

/** The text after taking over `theirs`, with `^` where the cursor of `ours` is. */
function merged(ours: string, theirs: string): string {
  const doc = parse(ours.replace('^', ''));
  let state = EditorState.create({ doc });
  const marker = EditorState.create({ doc: parse(ours) });
  let cursor = 1;
  marker.doc.descendants((node, at) => {
    const found = node.isText ? (node.text ?? '').indexOf('^') : -1;
    if (found !== -1) cursor = at + found;
  });
  state = state.apply(state.tr.setSelection(TextSelection.create(state.doc, cursor)));
  const theirDoc = parse(theirs);
  state = state.apply(reconcile(state.tr, theirDoc));
  adoptSources(state.doc, theirDoc);
  expect(write(state.doc)).toBe(theirs);
  const { from } = state.selection;
  return write(state.apply(state.tr.insertText('^', from)).doc);
}

test('a document is written as it was read', () => {
  for (const text of [
    LIST,
    'a\nb\n\n\n\n* x\n* y\n\n1) one\n',
    '',
    'Setext\n===\n\ntext',
    '[a]: http://b.c\n\nsee [a]\n',
  ]) {
    expect(write(parse(text))).toBe(text);
  }
});

test('an edit changes the block that was edited and nothing else', () => {
  const text = '* one\n* two\n\nA line\nand another\n\nSetext\n===\n';
  const state = EditorState.create({ doc: parse(text) });
  const end = state.doc.content.size - 1;
  const edited = state.apply(state.tr.insertText('!', end)).doc;
  expect(write(edited)).toBe('* one\n* two\n\nA line\nand another\n\n# Setext!\n');
});

test('the cursor stays where it was when others write elsewhere', () => {
  expect(merged('one\n\ntw^o\n', 'zero\n\none\n\ntwo\n')).toBe('zero\n\none\n\ntw^o\n');
  expect(merged('one\n\ntw^o\n\nthree\n', 'one more\n\ntwo\n\nfour\n')).toBe('one more\n\ntw^o\n\nfour\n');
});

test('the cursor stays at its letter when others write before and after it in one paragraph', () => {
  expect(merged('The quick fo^x jumps.\n', 'The very quick fox jumps far.\n')).toBe(
    'The very quick fo^x jumps far.\n',
  );
});

test('blocks change their kind, lists get items, paragraphs go', () => {
  expect(merged('# He^ad\n\ntext\n', '## Head\n\ntext\n')).toContain('Head');
  expect(merged('- one\n- tw^o\n', '- one\n- two\n- three\n')).toBe('- one\n- tw^o\n- three\n');
  expect(merged('a\n\nb^\n\nc\n', 'a\n\nc\n')).toContain('a');
  expect(merged(LIST.replace('two', 'tw^o'), LIST.replace('Firms', 'Companies'))).toContain('- tw^o');
});

test('a table merges by character', () => {
  expect(merged(TABLE.replace('one', 'on^e'), TABLE.replace('two', 'two and more'))).toBe(
    TABLE.replace('one', 'on^e').replace('two', 'two and more'),
  );
});
