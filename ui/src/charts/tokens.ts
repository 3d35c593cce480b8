import { useSyncExternalStore } from 'react';

/** The colours that drawings use, by the names of `tokens.css`. */
const COLOURS = [
  'text',
  'quiet',
  'line',
  'edge',
  'press',
  'surface',
  'raised',
  'accent',
  'marketing',
  'sales',
  'service',
  'exit',
  'danger',
  'warning',
] as const;

export type Colour = (typeof COLOURS)[number];

/** What a drawing needs of the style sheet, as values: it cannot read variables itself. Sizes in pixels. */
export type Tokens = Record<Colour, string> & { font: string; size: number; radius: number };

export function readTokens(): Tokens {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string) => style.getPropertyValue(name).trim();
  const colours = Object.fromEntries(COLOURS.map((name) => [name, value(`--${name}`)]));
  return {
    ...(colours as Record<Colour, string>),
    font: getComputedStyle(document.body).fontFamily,
    size: Number.parseFloat(value('--text-caps')) || 11,
    radius: Number.parseFloat(value('--radius-control')) || 6,
  };
}

function followTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

/** The theme that is shown, so that what depends on the tokens is drawn again when it changes. */
export const useTheme = (): string =>
  useSyncExternalStore(followTheme, () => document.documentElement.dataset.theme ?? 'light');

/** The colour of a phase or a team: the same everywhere; revenue has the accent, what is unknown has none. */
export function colourOf(tokens: Tokens, name: string): string {
  if (name === 'marketing' || name === 'sales' || name === 'service' || name === 'exit') return tokens[name];
  return name === 'revenue' ? tokens.accent : tokens.quiet;
}
