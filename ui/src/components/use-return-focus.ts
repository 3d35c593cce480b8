import { useState } from 'react';
import { focusHome } from '@/keys/home';

/** What comes and goes over the window: it is no place to return to. */
const PASSING = '[role=dialog], [role=menu], [role=listbox]';

/**
 * Where the focus goes when a dialog closes: to what had it before, else to where the keys are at home. What had it is noted as
 * the dialog is drawn, before a field in it takes the focus for itself.
 */
export function useReturnFocus(open: boolean): () => HTMLElement | boolean {
  const [opened, setOpened] = useState<{ open: boolean; from: Element | null }>({ open: false, from: null });
  if (opened.open !== open) setOpened({ open, from: open ? document.activeElement : opened.from });
  return () => {
    const { from } = opened;
    const active = document.activeElement;
    // Somebody took the focus on purpose as it closed.
    if (active?.closest('#main') != null && active.id !== 'main') return false;
    if (from instanceof HTMLElement && from !== document.body && from.isConnected) return from;
    window.requestAnimationFrame(() => document.activeElement === document.body && focusHome());
    // What it was opened from in passing knows by itself where that was opened from.
    return from?.closest(PASSING) != null;
  };
}
