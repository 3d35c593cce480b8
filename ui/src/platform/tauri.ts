import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWebview } from '@tauri-apps/api/webview';
import { getCurrentWindow } from '@tauri-apps/api/window';
import type { Event } from '@/api/types';
import { browser } from './browser';
import type { Platform } from './transport';

/** A listener that is being registered may be dropped before it exists. */
function untilDropped(registering: Promise<() => void>): () => void {
  let dropped = false;
  let stop: (() => void) | undefined;
  void registering.then((unlisten) => {
    if (dropped) unlisten();
    else stop = unlisten;
  });
  return () => {
    dropped = true;
    stop?.();
  };
}

/** The desktop shell: one command, one event. */
export const desktop: Platform = {
  kind: 'desktop',
  send: (request) => invoke('rpc', { request }),
  listen(onEvent, onStream) {
    onStream(true);
    return untilDropped(listen<Event>('tandem', (event) => onEvent(event.payload)));
  },
  onFileDrop(handle) {
    return untilDropped(
      getCurrentWebview().onDragDropEvent(({ payload }) => {
        if (payload.type === 'drop') {
          const files = payload.paths.map((path) => ({ path, name: path.split(/[\\/]/).pop() ?? path }));
          handle({ type: 'drop', files });
        } else if (payload.type === 'leave') handle({ type: 'leave', files: [] });
        else handle({ type: 'hover', files: [] });
      }),
    );
  },
  onClosing(finish) {
    // The window goes when this has come to its end; the shell closes it where that takes too long.
    return untilDropped(getCurrentWindow().onCloseRequested(() => finish().catch(() => undefined)));
  },
  saveText: browser.saveText,
  setTitle(title) {
    document.title = title;
  },
};
