import { type RefCallback, useCallback, useEffect, useRef } from 'react';

/** Brings a column into view while a card that is carried by keys would be dropped there. */
export function useReveal(aimed: boolean, ref: (element: Element | null) => void): RefCallback<HTMLElement> {
  const column = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (aimed) column.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [aimed]);
  return useCallback(
    (element: HTMLElement | null) => {
      column.current = element;
      ref(element);
    },
    [ref],
  );
}
