import type { Event, Said } from '@/api/types';

/** What a failed request carries; callers branch on `code`, people read `message`. */
export interface Failure {
  code: string;
  message: string;
  field?: string | null;
  /** The message as a code with what it is about, to be said in the reader's language. */
  remark?: Said | null;
}

/** A file that was dropped on the window: by path where the platform knows one, otherwise by its bytes. */
export interface DroppedFile {
  name: string;
  path?: string;
  bytes?: () => Promise<ArrayBuffer>;
}

/** The way to the engine, and the few things a window does that differ by platform. */
export interface Platform {
  /** `desktop` or `browser`. */
  kind: 'desktop' | 'browser';
  /** Sends one request; rejects with a {@link Failure}. */
  send(request: { command: string; payload?: unknown }): Promise<unknown>;
  /** Follows the engine's events until the returned function is called. `up` is false while the stream is broken. */
  listen(onEvent: (event: Event) => void, onStream: (up: boolean) => void): () => void;
  /** Calls back for files dropped on the window; `hover` tells that files are over it. */
  onFileDrop(handle: (drop: { type: 'hover' | 'leave' | 'drop'; files: DroppedFile[] }) => void): () => void;
  /** Calls back before the window goes; where the platform can, it stays until that is done, for a bounded time. */
  onClosing(finish: () => Promise<void>): () => void;
  /** Hands a text to the person as a file. */
  saveText(name: string, text: string, type: string): Promise<void>;
  /** Sets the window's title. */
  setTitle(title: string): void;
}
