import { m } from '@/paraglide/messages.js';

/** Opening and closing marks, as people and keyboards write them. */
const PAIRS = ['""', '“”', '„“', '„”', '«»', '»«', '‹›', '›‹', "''", '‘’', '‚‘', '””'];

/** Words without the quotation marks that somebody put around them: whoever quotes them brings marks. */
export function unquoted(text: string): string {
  const words = text.trim();
  const inside = words.slice(1, -1);
  const isWhole = ([open = '', close = '']: string) =>
    words.length > 2 &&
    words.startsWith(open) &&
    words.endsWith(close) &&
    // Marks within may be those of two quotations.
    !inside.includes(open) &&
    !inside.includes(close);
  return PAIRS.some(isWhole) ? inside.trim() : words;
}

/** Somebody's words, in quotation marks once. */
export const quoted = (text: string): string => m.quoted({ text: unquoted(text) });
