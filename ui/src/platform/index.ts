import { browser } from './browser';
import { desktop } from './tauri';
import type { Platform } from './transport';

export type { DroppedFile, Failure, Platform } from './transport';

/** Where this window runs. */
export const platform: Platform =
  typeof window !== 'undefined' && '__TAURI_INTERNALS__' in window ? desktop : browser;
