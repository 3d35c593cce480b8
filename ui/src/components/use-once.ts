import { useRef, useState } from 'react';

/**
 * Starts something that is not under way already: a second click or press until it has ended asks for nothing new. Where it
 * gives no promise it has ended at once.
 */
export function useOnce<A extends unknown[]>(
  run: (...args: A) => unknown,
): { busy: boolean; start: (...args: A) => void } {
  const [busy, setBusy] = useState(false);
  const going = useRef(false);
  const start = (...args: A) => {
    if (going.current) return;
    const done = run(...args);
    if (!(done instanceof Promise)) return;
    going.current = true;
    setBusy(true);
    const end = () => {
      going.current = false;
      setBusy(false);
    };
    done.then(end, end);
  };
  return { busy, start };
}
