import { create } from 'zustand';
import { noteChanged } from '@/api/events';
import { rpc } from '@/api/rpc';
import type { ImportPreview, ImportReport } from '@/api/types';
import type { DroppedFile } from '@/platform';
import { failureText } from '@/state/toasts';
import { useWindow } from '@/state/window';
import { toBase64 } from './base64';

/** What the engine takes over the wire at most. */
export const MAX_BYTES = 64 * 1024 * 1024;

/** How the file shall be read, where the person said something. */
export interface ImportChoices {
  kind: string | null;
  mapping: Record<string, string | null>;
  date_order: string | null;
  decimal: string | null;
  currency: string | null;
  /** Of phone numbers that say none. */
  country: string | null;
}

type Source = { name: string; path: string } | { name: string; data: string };

export type Step = 'choose' | 'match' | 'running' | 'done';

interface ImportState {
  step: Step;
  source: Source | null;
  choices: ImportChoices;
  preview: ImportPreview | null;
  /** A dry run is under way; the last one stays in sight. */
  checking: boolean;
  report: ImportReport | null;
  /** The kind that was imported. */
  kind: string | null;
  error: string | null;
}

const NOTHING: ImportState = {
  step: 'choose',
  source: null,
  choices: { kind: null, mapping: {}, date_order: null, decimal: null, currency: null, country: null },
  preview: null,
  checking: false,
  report: null,
  kind: null,
  error: null,
};

/** The import under way. It goes on when its window is closed. */
export const useImport = create<ImportState>(() => NOTHING);

const set = useImport.setState;

/** Only the answer to the last question counts, and none once the import runs. */
let asked = 0;
let waiting = 0;

/** Whatever was asked before, or is about to be, no longer counts. */
function supersede(): number {
  window.clearTimeout(waiting);
  asked += 1;
  return asked;
}

/** Typing a label or changing several columns in a row asks once. */
const ASK_MS = 180;

function request() {
  const { source, choices } = useImport.getState();
  if (source === null) return null;
  return {
    name: source.name,
    path: 'path' in source ? source.path : null,
    data: 'data' in source ? source.data : null,
    ...choices,
  };
}

async function check(): Promise<void> {
  const payload = request();
  if (payload === null) return;
  const mine = supersede();
  set({ checking: true, error: null });
  try {
    const preview = await rpc('import_preview', payload);
    if (mine !== asked) return;
    set({ preview, checking: false, step: 'match' });
  } catch (cause) {
    if (mine !== asked) return;
    const { preview } = useImport.getState();
    set({ checking: false, error: failureText(cause), ...(preview === null ? { step: 'choose' } : {}) });
  }
}

/** Starts over with what was dropped or chosen. */
export async function takeFile(file: DroppedFile, kind: string | null, tooLarge: string): Promise<void> {
  startOver(kind);
  set({ checking: true });
  useWindow.setState({ importing: { kind } });
  if (file.path !== undefined) {
    set({ source: { name: file.name, path: file.path } });
  } else {
    const bytes = (await file.bytes?.()) ?? new ArrayBuffer(0);
    if (bytes.byteLength > MAX_BYTES) {
      set({ checking: false, error: tooLarge });
      return;
    }
    set({ source: { name: file.name, data: toBase64(bytes) } });
  }
  await check();
}

/** Reads the file another way, and says what that would do. */
export function choose(change: Partial<ImportChoices>): void {
  supersede();
  set(({ choices }) => ({ choices: { ...choices, ...change }, checking: true }));
  waiting = window.setTimeout(() => void check(), ASK_MS);
}

export async function run(): Promise<void> {
  const payload = request();
  const { preview } = useImport.getState();
  if (payload === null || preview === null) return;
  supersede();
  useWindow.setState({ importProgress: { step: 'reading', done: 0, total: preview.rows } });
  set({ step: 'running', checking: false, error: null, kind: preview.kind });
  try {
    const report = await rpc('import_run', { ...payload, kind: preview.kind });
    set({ step: 'done', report });
    noteChanged({ kinds: [preview.kind, ...Object.keys(report.linked)], ids: null });
  } catch (cause) {
    set({ step: 'match', error: failureText(cause) });
    // Where the window was closed meanwhile, the reason must still be seen.
    useWindow.setState({ importing: { kind: preview.kind } });
  } finally {
    useWindow.setState({ importProgress: null });
  }
}

export const cancel = (): void => void rpc('import_cancel').catch(() => undefined);

export function startOver(kind: string | null = null): void {
  supersede();
  set({ ...NOTHING, choices: { ...NOTHING.choices, kind } });
}
