import { queryClient } from '@/api/query-client';

const unfinished = new Set<() => Promise<void>>();

/** What must be written before the window goes. Gives the way to take it back. */
export function beforeClosing(finish: () => Promise<void>): () => void {
  unfinished.add(finish);
  return () => unfinished.delete(finish);
}

const nothingIsWritten = () =>
  new Promise<void>((resolve) => {
    const stop = queryClient.getMutationCache().subscribe(check);
    function check() {
      if (queryClient.isMutating() > 0) return;
      stop();
      resolve();
    }
    check();
  });

/** Writes everything that somebody has typed. Whoever waits for it sets a bound: the engine may not answer. */
export async function finishBeforeClosing(): Promise<void> {
  // A field that is being edited is written when it is left.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  await Promise.allSettled([...unfinished].map((finish) => finish()));
  await nothingIsWritten();
}
