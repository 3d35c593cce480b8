import { queryClient } from '@/api/query-client';
import { findField } from '@/api/schema';
import type { Said, SchemaInfo } from '@/api/types';
import { m } from '@/paraglide/messages.js';
import { codeName, day, number } from './format';
import { fieldLabel, kindInSentence, message, optionLabel, roleLabel, stageLabel } from './labels';
import { language } from './locale';
import { questionText, ruleName } from './rule-names';

const listed = (texts: string[]) => new Intl.ListFormat(language(), { type: 'conjunction' }).format(texts);

/** A field's value as the engine names it: options, countries, yes or no; what is written by hand stays as it is. */
function valueInWords(kind: string, field: string, value: string): string {
  if (kind === 'person' && field === 'role') return roleLabel(value);
  const known = queryClient.getQueryData<SchemaInfo>(['schema'])?.kinds.find(({ name }) => name === kind);
  const declared = findField(known, field);
  switch (declared?.type) {
    case undefined:
    case 'choice':
      return optionLabel(kind, field, value);
    case 'boolean':
      return value === 'true' ? m.label_yes() : m.label_no();
    case 'country':
      return codeName('region', value);
    case 'language':
      return codeName('language', value);
    case 'date':
      return day(value);
    case 'integer':
    case 'money':
      return Number.isNaN(Number(value)) ? value : number(Number(value));
    default:
      return value;
  }
}

/** Other things said, such as the reasons for it. */
const isSaid = (about: unknown): about is Said[] =>
  Array.isArray(about) && about.length > 0 && about.every((one) => typeof one === 'object' && 'code' in one);

/** What a remark is about in the reader's words: the engine names kinds, fields and options as the document does. */
function inWords(name: string, about: unknown, kind: string, field: string): string {
  const schema = queryClient.getQueryData<SchemaInfo>(['schema']);
  const known = schema?.kinds.find((candidate) => candidate.name === kind);
  const labelled = (one: string) => fieldLabel(kind, findField(known, one) ?? one);
  if (isSaid(about)) return reasons(about, kind, '; ');
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
      // Several people may have the same: what comes twice is said once.
      return [...new Set(texts.map((option) => valueInWords(kind, field, option)))].join(', ');
    case 'day':
    case 'until':
      return texts.map((one) => day(one)).join(', ');
    case 'members':
      return listed(texts);
    case 'language':
      return texts.map((code) => codeName('language', code)).join(', ');
    case 'country':
      return codeName('region', texts[0] ?? '');
    default:
      return texts.join(', ');
  }
}

/** Rules of the defaults, stages among them, are called as the reader's language calls them; beside their names stand their keys. */
function rulesNamed(about: Said['about']): Record<string, string> {
  const named: Record<string, string> = {};
  const { criterion, criterion_key, question, question_key, stage_key } = about;
  if (typeof stage_key === 'string') named.stage = stageLabel(stage_key);
  if (typeof criterion === 'string' && typeof criterion_key === 'string')
    named.criterion = ruleName('criterion', { key: criterion_key, name: criterion });
  if (typeof question === 'string' && typeof question_key === 'string')
    named.question = questionText(question_key, question);
  return named;
}

/** A remark in the language of the window; nothing where the catalogue does not know it (a newer engine). */
export function remarkText({ code, about }: Said, kind?: string): string | undefined {
  const own = typeof about.kind === 'string' ? about.kind : (kind ?? '');
  const field = typeof about.field === 'string' ? about.field : '';
  const inputs = Object.fromEntries(
    Object.entries(about).map(([name, value]) => [name, inWords(name, value, own, field)]),
  );
  return message(`remark_${code}`, { ...inputs, ...rulesNamed(about) });
}

/** As a sentence of its own. */
export const asSentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The reasons that a remark gives, each as a sentence of its own. */
export const reasonsWithin = ({ about }: Said, kind: string): string[] =>
  isSaid(about.why) ? about.why.map((one) => asSentence(remarkText(one, kind) ?? '')) : [];

/** Several remarks in one line, each as a sentence of its own. */
export const reasons = (said: Said[], kind?: string, between = ' · '): string =>
  said.map((one) => asSentence(remarkText(one, kind) ?? '')).join(between);
