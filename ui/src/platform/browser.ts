import type { Event } from '@/api/types';
import type { Failure, Platform } from './transport';

let isLeaving = false;

async function send(request: { command: string; payload?: unknown }): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch('/rpc', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      // The last words of a page that is being left are sent after it.
      keepalive: isLeaving,
    });
  } catch {
    const failure: Failure = { code: 'unreachable', message: '' };
    throw failure;
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body;
  const failure = (body ?? {}) as Partial<Failure>;
  throw { code: 'internal', message: '', ...failure } satisfies Failure;
}

function saveText(name: string, text: string, type: string): Promise<void> {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
  return Promise.resolve();
}

/** The development host over HTTP: `POST /rpc` and server-sent events. */
export const browser: Platform = {
  kind: 'browser',
  send,
  listen(onEvent, onStream) {
    const source = new EventSource('/events');
    source.onopen = () => onStream(true);
    source.onerror = () => onStream(false);
    source.onmessage = (message) => onEvent(JSON.parse(message.data) as Event);
    return () => source.close();
  },
  onFileDrop(handle) {
    const files = (event: DragEvent) =>
      [...(event.dataTransfer?.files ?? [])].map((file) => ({
        name: file.name,
        bytes: () => file.arrayBuffer(),
      }));
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      handle({ type: 'hover', files: [] });
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) handle({ type: 'leave', files: [] });
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      handle({ type: 'drop', files: files(event) });
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  },
  onClosing(finish) {
    const leave = () => {
      isLeaving = true;
      void finish();
    };
    const stay = () => {
      isLeaving = false;
    };
    window.addEventListener('pagehide', leave);
    window.addEventListener('pageshow', stay);
    return () => {
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('pageshow', stay);
    };
  },
  saveText,
  setTitle(title) {
    document.title = title;
  },
};
