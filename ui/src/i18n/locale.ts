import { overwriteGetLocale } from '@/paraglide/runtime.js';

export type Language = 'en' | 'de';

let current: Language = 'en';

/** Components read messages while rendering, so that setting this and rendering again switches the language at once. */
export function setLanguage(language: Language): void {
  current = language;
}

export function language(): Language {
  return current;
}

overwriteGetLocale(() => current);

/** The language to use: the person's choice, or the system's where we have it. */
export function chosenLanguage(preference: string | undefined, system: readonly string[]): Language {
  if (preference === 'de' || preference === 'en') return preference;
  const first = system.find((tag) => /^(de|en)\b/i.test(tag));
  return first?.toLowerCase().startsWith('de') ? 'de' : 'en';
}

/** The region decides how dates and numbers look: the system's, where it goes with the chosen language. */
export function formatLocale(): string {
  const match = navigator.languages.find((tag) => tag.toLowerCase().startsWith(`${current}-`));
  return match ?? (current === 'de' ? 'de-DE' : 'en-GB');
}
