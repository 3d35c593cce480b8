import type { TextState } from '@/api/types';
import { mergeTexts } from './merge';

/** The editor, as far as keeping its text is concerned. */
export interface TextView {
  /** What it shows, as Markdown. */
  text(): string;
  /** Shows another text with as little change as can be. */
  show(text: string): void;
}

/** The engine, as far as one text is concerned. */
export interface TextStore {
  read(): Promise<TextState>;
  write(edit: TextState): Promise<TextState>;
}

export type SaveState = { state: 'saved' | 'editing' | 'saving' } | { state: 'failed'; cause: unknown };

/** Typing is written down once it pauses this long, */
const PAUSE_MS = 400;
/** and at the latest after this long. */
const LONGEST_MS = 2_000;
/** A failed write is tried again after this long. */
const RETRY_MS = 4_000;
/** After the editor is gone, a write that fails is tried again this often. */
const LAST_TRIES = 3;

/**
 * Keeps an editor and the engine's text the same while both change. One request at a time: an answer is always about
 * what was asked last. What was typed meanwhile is merged onto each answer and sent against the answer's version.
 */
export class TextSync {
  private base: TextState;
  private busy = false;
  private underWay: Promise<void> = Promise.resolve();
  private stale = false;
  private dirtySince: number | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private tries = Number.POSITIVE_INFINITY;

  constructor(
    initial: TextState,
    private view: TextView,
    private readonly store: TextStore,
    private report: (state: SaveState) => void,
  ) {
    this.base = initial;
  }

  /** Something was typed. */
  edited(): void {
    this.dirtySince ??= Date.now();
    if (!this.busy) this.report({ state: 'editing' });
    const wait = Math.max(0, Math.min(PAUSE_MS, this.dirtySince + LONGEST_MS - Date.now()));
    this.schedule(wait);
  }

  /** The engine's text may have changed. */
  changed(): void {
    this.stale = true;
    void this.work();
  }

  /** Writes what was typed now; while a request is on its way, waits for its answer instead. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    return this.work(true);
  }

  /** Writes all that was typed, also what is typed while that happens; gives up where writing keeps failing. */
  async finish(): Promise<void> {
    for (let round = 0; round < LAST_TRIES && (this.busy || this.dirtySince !== null); round++)
      await this.flush();
  }

  /** The editor goes away: what was typed is still written. */
  close(): void {
    let last = this.view.text();
    this.view = {
      text: () => last,
      show: (text) => {
        last = text;
      },
    };
    this.report = () => undefined;
    this.tries = LAST_TRIES;
    void this.flush();
  }

  private schedule(wait: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.work(true), wait);
  }

  private work(mayWrite = false): Promise<void> {
    if (!this.busy) this.underWay = this.exchange(mayWrite);
    return this.underWay;
  }

  private async exchange(mayWrite: boolean): Promise<void> {
    const writing = mayWrite && this.dirtySince !== null;
    if (!writing && !this.stale) return;
    const sent = writing ? this.view.text() : this.base.text;
    if (writing && sent === this.base.text) {
      this.dirtySince = null;
      this.report({ state: 'saved' });
      if (!this.stale) return;
    }
    this.busy = true;
    // What is typed from here on is not in what is sent.
    const since = this.dirtySince;
    if (writing) this.dirtySince = null;
    else this.stale = false;
    try {
      if (writing && sent !== this.base.text) {
        this.report({ state: 'saving' });
        this.take(sent, await this.store.write({ text: sent, version: this.base.version }));
      } else {
        this.stale = false;
        this.take(this.base.text, await this.store.read());
      }
      this.busy = false;
      this.report({ state: this.dirtySince === null ? 'saved' : 'editing' });
      if (this.dirtySince !== null) this.schedule(PAUSE_MS);
      if (this.stale) void this.work();
    } catch (cause) {
      this.busy = false;
      if (!writing) return;
      this.dirtySince = since;
      this.report({ state: 'failed', cause });
      this.tries -= 1;
      if (this.tries > 0) this.schedule(RETRY_MS);
    }
  }

  /** Takes an answer over: `known` is what the engine had been told or had told us. */
  private take(known: string, answer: TextState): void {
    const shown = this.view.text();
    const merged = mergeTexts(known, shown, answer.text);
    this.base = answer;
    if (merged !== shown) this.view.show(merged);
    // Typed meanwhile: it is in the editor and not yet with the engine.
    if (merged !== answer.text && shown !== known) this.dirtySince ??= Date.now();
  }
}
