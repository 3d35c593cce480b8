import { useEffect } from 'react';
import { platform } from '@/platform';
import { showNotice } from '@/state/toasts';
import { useWindow } from '@/state/window';
import { queryClient } from './query-client';
import { kindsLinkingTo } from './schema';
import type { AppState, Changed, Event, SchemaInfo } from './types';

const pending = {
  kinds: new Set<string>(),
  ids: new Set<string>(),
  everything: false,
  timer: 0,
  /** Who waits for what is gathered to be read. */
  waiting: [] as (() => void)[],
};

/** Many changes in a row (an import, a sync) are answered by one reading. */
const GATHER_MS = 40;

/** Marks what these changes touch as out of date; what is on screen is read again, which ends the promise. */
export function noteChanged(changed: Pick<Changed, 'kinds' | 'ids'>): Promise<void> {
  for (const kind of changed.kinds) pending.kinds.add(kind);
  if (changed.ids === null) pending.everything = true;
  else for (const id of changed.ids) pending.ids.add(id);
  if (pending.timer === 0) pending.timer = window.setTimeout(flush, GATHER_MS);
  return new Promise((read) => pending.waiting.push(read));
}

function flush(): void {
  const { ids, everything, waiting } = pending;
  const schema = queryClient.getQueryData<SchemaInfo>(['schema']) ?? { kinds: [], stages: [] };
  const kinds = kindsLinkingTo(schema, pending.kinds);
  pending.kinds = new Set();
  pending.ids = new Set();
  pending.everything = false;
  pending.timer = 0;
  pending.waiting = [];
  const again = queryClient.invalidateQueries({
    predicate: ({ queryKey: [what, key] }) => {
      switch (what) {
        case 'list':
        case 'values':
          return kinds.has(String(key));
        case 'board':
          return kinds.has('opportunity');
        case 'record':
        case 'field_history':
        case 'text':
          return everything || ids.has(String(key)) || kinds.size > 1;
        case 'related':
        case 'timeline':
        case 'history':
        case 'change':
        case 'conflicts':
        case 'search':
        case 'journey':
          return true;
        default:
          return false;
      }
    },
  });
  void again.finally(() => {
    for (const read of waiting) read();
  });
}

/** Everything read belongs to one workspace: another one starts empty. */
export function enterApp(app: AppState): void {
  const before = queryClient.getQueryData<AppState>(['app']);
  queryClient.setQueryData(['app'], app);
  if (before?.workspace?.id !== app.workspace?.id) {
    queryClient.removeQueries({ predicate: ({ queryKey: [what] }) => what !== 'app' });
  }
}

function handle(event: Event): void {
  switch (event.event) {
    case 'changed':
      noteChanged(event.payload);
      break;
    case 'schema':
      queryClient.setQueryData(['schema'], event.payload);
      // Its columns are the stages.
      void queryClient.invalidateQueries({ queryKey: ['board'] });
      break;
    case 'status':
      queryClient.setQueryData(['status'], event.payload);
      break;
    case 'app':
      enterApp(event.payload);
      break;
    case 'import':
      useWindow.setState({ importProgress: event.payload });
      break;
    case 'notice':
      showNotice(event.payload);
      break;
  }
}

/** Follows the engine for as long as the window is open. */
export function useEngineEvents(): void {
  useEffect(() => {
    let broken = false;
    return platform.listen(handle, (up) => {
      // What happened while the stream was broken was missed.
      if (up && broken) void queryClient.invalidateQueries();
      broken = !up;
    });
  }, []);
}
