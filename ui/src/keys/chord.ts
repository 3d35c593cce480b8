/** Macs use ⌘ where others use Ctrl. */
export const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);

/** A key press as the registry writes it: `mod+shift+z`, `?`, `arrowdown`. */
export function chordOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const parts: string[] = [];
  if (isMac ? event.metaKey : event.ctrlKey) parts.push('mod');
  if (event.altKey) parts.push('alt');
  // Shift is part of a sign such as `?`; it is named only where it does not change the sign.
  const named = key.length > 1 || /^[a-z]$/.test(key);
  if (event.shiftKey && named) parts.push('shift');
  parts.push(key);
  return parts.join('+');
}

const SIGNS: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: '⇧',
  alt: isMac ? '⌥' : 'Alt',
  enter: '↵',
  escape: 'Esc',
  arrowdown: '↓',
  arrowup: '↑',
  arrowleft: '←',
  arrowright: '→',
  backspace: '⌫',
  space: '␣',
};

/** A shortcut as caps to show, one for every key: `mod+k` → [`Ctrl`, `K`]. */
export function keyCaps(keys: string): string[] {
  return keys
    .split(/[+ ]/)
    .map((key) => SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key.toUpperCase()));
}
