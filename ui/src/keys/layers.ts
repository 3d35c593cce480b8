import { createContext, useLayoutEffect, useState } from 'react';

/** Modal dialogs that are open, the topmost last. */
const open: object[] = [];

/** The modal dialog something is in; null: the window itself. */
export const Layer = createContext<object | null>(null);

/** What has the keys: the topmost modal dialog, else the window. */
export const topLayer = (): object | null => open.at(-1) ?? null;

/** A dialog's layer: while it is open, only what is in it answers keys. */
export function useLayer(isOpen: boolean): object {
  const [layer] = useState(() => ({}));
  useLayoutEffect(() => {
    if (!isOpen) return;
    open.push(layer);
    return () => {
      open.splice(open.indexOf(layer), 1);
    };
  }, [isOpen, layer]);
  return layer;
}
