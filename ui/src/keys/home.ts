import { useEffect, useRef } from 'react';

/** What takes the focus when somebody moves on from nowhere: the list or board that fills the screen, the first where there are several. */
const homes: (() => void)[] = [];

/** Keys that move through a list. Pressed outside of everything that has a use for them, they go to the list. */
const MOVES = new Set(['j', 'k', 'arrowdown', 'arrowup']);

/** Controls in a header that answer arrows themselves. */
const OWN_ARROWS = '[aria-haspopup], [role=combobox], [role=tab], [role=radio]';

/** While the component is there, moving from nowhere gives it the focus. */
export function useKeyboardHome(focus: () => void): void {
  const latest = useRef(focus);
  useEffect(() => {
    latest.current = focus;
  });
  useEffect(() => {
    const call = () => latest.current();
    homes.push(call);
    return () => {
      homes.splice(homes.indexOf(call), 1);
    };
  }, []);
}

/** Takes the focus home. Whether there is one. */
export function focusHome(): boolean {
  const [home] = homes;
  home?.();
  return home !== undefined;
}

/** Takes the focus home, if this key moves and was pressed where nothing else answers it. Whether it did. */
export function goHome(chord: string, target: EventTarget | null): boolean {
  // A click on what takes no focus leaves it to the whole of the screen.
  const nowhere =
    target === document.body ||
    (target instanceof HTMLElement &&
      (target.tagName === 'MAIN' || target.closest('nav, header') !== null) &&
      !target.matches(OWN_ARROWS));
  return MOVES.has(chord) && nowhere && focusHome();
}
