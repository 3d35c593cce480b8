import { expect, test, vi } from 'vitest';
import type { TextState } from '@/api/types';
import { mergeTexts } from './merge';
import { TextSync } from './text-sync';

/** An engine that keeps every version, merges like ours, and answers when it is told to. */
class Engine {
  versions = new Map<string, string>();
  now: TextState;
  waiting: (() => void)[] = [];
  failing = false;

  constructor(text: string) {
    this.now = { text, version: ['0'] };
    this.versions.set('0', text);
  }

  set(text: string): TextState {
    const version = String(this.versions.size);
    this.versions.set(version, text);
    this.now = { text, version: [version] };
    return this.now;
  }

  private answer(make: () => TextState): Promise<TextState> {
    return new Promise((resolve, reject) => {
      this.waiting.push(() => (this.failing ? reject(new Error('no')) : resolve(make())));
    });
  }

  store = {
    read: () => this.answer(() => this.now),
    write: (edit: TextState) =>
      this.answer(() =>
        this.set(mergeTexts(this.versions.get(edit.version[0] ?? '') ?? '', edit.text, this.now.text)),
      ),
  };

  async reply(): Promise<void> {
    this.waiting.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
  }
}

function open(text: string) {
  vi.useFakeTimers();
  const engine = new Engine(text);
  const editor = { text };
  const states: string[] = [];
  const sync = new TextSync(
    engine.now,
    {
      text: () => editor.text,
      show: (shown) => {
        editor.text = shown;
      },
    },
    engine.store,
    ({ state }) => states.push(state),
  );
  const type = (next: string) => {
    editor.text = next;
    sync.edited();
  };
  return { engine, editor, states, sync, type, pause: () => vi.advanceTimersByTimeAsync(500) };
}

test('what was typed is written once typing pauses', async () => {
  const { engine, states, type, pause } = open('one');
  type('one t');
  type('one two');
  expect(engine.waiting).toHaveLength(0);
  await pause();
  await engine.reply();
  expect(engine.now.text).toBe('one two');
  expect(states.at(-1)).toBe('saved');
});

test('typing while a write is under way is kept, and written once', async () => {
  const { engine, editor, type, pause } = open('one');
  type('one two');
  await pause();
  type('one two three');
  engine.set('zero one');
  await engine.reply();
  expect(editor.text).toBe('zero one two three');
  await pause();
  await engine.reply();
  expect(engine.now.text).toBe('zero one two three');
});

test('what others write appears while one types', async () => {
  const { engine, editor, sync, type, pause } = open('one');
  type('one!');
  engine.set('zero one');
  sync.changed();
  await engine.reply();
  expect(editor.text).toBe('zero one!');
  await pause();
  await engine.reply();
  expect(engine.now.text).toBe('zero one!');
});

test('an old answer never takes back what was written after it was asked for', async () => {
  const { engine, editor, sync, type, pause } = open('one');
  sync.changed();
  type('one two');
  await pause();
  await engine.reply();
  await pause();
  await engine.reply();
  expect(editor.text).toBe('one two');
  expect(engine.now.text).toBe('one two');
});

test('a failed write says so, keeps the text and is tried again', async () => {
  const { engine, editor, states, type, pause } = open('one');
  engine.failing = true;
  type('one two');
  await pause();
  await engine.reply();
  expect(states.at(-1)).toBe('failed');
  engine.failing = false;
  await vi.advanceTimersByTimeAsync(5_000);
  await engine.reply();
  expect([editor.text, engine.now.text, states.at(-1)]).toEqual(['one two', 'one two', 'saved']);
});

test('closing writes what was typed', async () => {
  const { engine, sync, type } = open('one');
  type('one two');
  sync.close();
  await engine.reply();
  expect(engine.now.text).toBe('one two');
});

test('closing while a write is under way still writes the rest', async () => {
  const { engine, sync, type, pause } = open('one');
  type('one two');
  await pause();
  type('one two three');
  sync.close();
  await engine.reply();
  await pause();
  await engine.reply();
  expect(engine.now.text).toBe('one two three');
});

test('before the window goes all is written: what is under way, and what was typed since', async () => {
  const { engine, editor, sync } = open('');
  editor.text = 'one';
  sync.edited();
  const first = sync.flush();
  editor.text = 'one two';
  sync.edited();
  const finished = sync.finish();
  await engine.reply();
  await first;
  expect(engine.now.text).toBe('one');
  await engine.reply();
  await finished;
  expect(engine.now.text).toBe('one two');
});

test('a window is not kept open by an engine that refuses', async () => {
  const { engine, editor, sync } = open('');
  engine.failing = true;
  editor.text = 'one';
  sync.edited();
  const finished = sync.finish();
  for (let round = 0; round < 3; round++) await engine.reply();
  await expect(finished).resolves.toBeUndefined();
});
