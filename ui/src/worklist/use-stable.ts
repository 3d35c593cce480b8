import { useCallback, useLayoutEffect, useRef } from 'react';

/** The same function over all renders, which does what the latest one would: lines that did not change are not drawn again. */
export function useStable<A extends unknown[], R>(latest: (...args: A) => R): (...args: A) => R {
  const kept = useRef(latest);
  useLayoutEffect(() => {
    kept.current = latest;
  });
  return useCallback((...args: A) => kept.current(...args), []);
}
