import { useState } from 'react';

/**
 * What was just chosen, until the given value follows: a control shows it at once and does not spring back while it is being kept.
 * Where keeping gives a promise, its end, good or bad, leaves the given value to be shown. Whoever keeps says what went wrong.
 */
export function useAtOnce<T>(value: T, keep: (next: T) => unknown): [T, (next: T) => void] {
  const [shown, setShown] = useState({ given: value, chosen: value });
  if (shown.given !== value) setShown({ given: value, chosen: value });
  const choose = (chosen: T) => {
    const mine = { given: value, chosen };
    setShown(mine);
    const kept = keep(chosen);
    if (!(kept instanceof Promise)) return;
    const end = () => setShown((now) => (now === mine ? { given: value, chosen: value } : now));
    kept.then(end, end);
  };
  return [shown.given === value ? shown.chosen : value, choose];
}
