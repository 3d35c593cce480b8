import { m } from '@/paraglide/messages.js';

type Said = (inputs?: Record<string, unknown>, options?: { locale?: 'en' | 'de' }) => string;
const catalogue = m as unknown as Record<string, Said | undefined>;

/** The words in the document, in the reader's language where they are still those of the default. */
export function unchanged(key: string, words: string): string {
  const said = catalogue[key];
  return said !== undefined && said({}, { locale: 'en' }) === words ? said() : words;
}

/** What a rule is called: a default's name is translated as long as nobody changed the English one. */
export const ruleName = (kind: string, { key, name }: { key: string; name: string }): string =>
  key === '' ? name : unchanged(`rule_${kind}_${key}`, name);

/** A criterion's question, by the same rule. */
export const questionText = (key: string, question: string): string =>
  key === '' ? question : unchanged(`question_${key}`, question);
