import { queryClient } from '@/api/query-client';
import { findField } from '@/api/schema';
import type { Said, SchemaInfo } from '@/api/types';
import { codeName, number } from './format';
import { fieldLabel, kindInSentence, message, optionLabel, stageLabel } from './labels';
import { language } from './locale';

const listed = (texts: string[]) => new Intl.ListFormat(language(), { type: 'conjunction' }).format(texts);

/** What a remark is about in the reader's words: the engine names kinds, fields and options as the document does. */
function inWords(name: string, about: unknown, kind: string, field: string): string {
  const schema = queryClient.getQueryData<SchemaInfo>(['schema']);
  const known = schema?.kinds.find((candidate) => candidate.name === kind);
  const labelled = (one: string) => fieldLabel(kind, findField(known, one) ?? one);
  const texts = Array.isArray(about) ? about.map(String) : [String(about)];
  if (typeof about === 'number') return number(about);
  switch (name) {
    case 'kind':
      return kindInSentence(texts[0] ?? '');
    case 'field':
    case 'fields':
      return listed(texts.map(labelled));
    case 'option':
    case 'options':
      return texts.map((option) => optionLabel(kind, field, option)).join(', ');
    case 'stage':
      return texts.map(stageLabel).join(', ');
    case 'language':
      return texts.map((code) => codeName('language', code)).join(', ');
    case 'country':
      return codeName('region', texts[0] ?? '');
    default:
      return texts.join(', ');
  }
}

/** A remark in the language of the window; nothing where the catalogue does not know it (a newer engine). */
export function remarkText({ code, about }: Said, kind?: string): string | undefined {
  const own = typeof about.kind === 'string' ? about.kind : (kind ?? '');
  const field = typeof about.field === 'string' ? about.field : '';
  const inputs = Object.fromEntries(
    Object.entries(about).map(([name, value]) => [name, inWords(name, value, own, field)]),
  );
  return message(`remark_${code}`, inputs);
}

/** As a sentence of its own. */
export const asSentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
