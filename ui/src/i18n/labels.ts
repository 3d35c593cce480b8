import { queryClient } from '@/api/query-client';
import type { FieldInfo, KindInfo, SchemaInfo, SearchHit } from '@/api/types';
import { m } from '@/paraglide/messages.js';
import { language } from './locale';
import { unchanged } from './rule-names';

type Catalogue = Record<string, ((inputs?: Record<string, unknown>) => string) | undefined>;
const catalogue = m as unknown as Catalogue;

/** The message of a key that is only known at run time (it derives from the schema), if the catalogue has it. */
export function message(key: string, inputs?: Record<string, unknown>): string | undefined {
  return catalogue[key]?.(inputs ?? {});
}

/** A name from the document made presentable, for what the catalogue does not know (custom options, newer versions). */
export function plain(name: string): string {
  const words = name.replace(/^x_/, '').replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const kindLabel = (kind: string) => message(`kind_${kind}`) ?? plain(kind);
/** A kind within a sentence: English writes it small, German does not. */
export const kindInSentence = (kind: string) =>
  language() === 'de' ? kindLabel(kind) : kindLabel(kind).toLowerCase();

/** Some records of a kind within a sentence; of no known kind, just records. */
export function kindsInSentence(kind: string, count: number): string {
  if (kind === '') return m.history_records();
  if (count === 1) return kindInSentence(kind);
  return language() === 'de' ? kindsLabel(kind) : kindsLabel(kind).toLowerCase();
}

export const kindsLabel = (kind: string) => message(`kind_${kind}_many`) ?? plain(kind);

/** A stage under its present name; a default's in the reader's language as long as nobody has called it otherwise. */
export function stageLabel(stage: string): string {
  const stages = queryClient.getQueryData<SchemaInfo>(['schema'])?.stages;
  const known = stages?.find(({ name }) => name === stage);
  return known === undefined
    ? (message(`stage_${stage}`) ?? plain(stage))
    : unchanged(`stage_${stage}`, known.label);
}

export const phaseLabel = (phase: string) => message(`phase_${phase}`) ?? plain(phase);

export function fieldLabel(kind: string, field: Pick<FieldInfo, 'name' | 'label'> | string): string {
  const name = typeof field === 'string' ? field : field.name;
  const own = typeof field === 'string' ? null : field.label;
  return own ?? message(`field_${kind}_${name}`) ?? message(`field_any_${name}`) ?? plain(name);
}

export function optionLabel(kind: string, field: string, option: string): string {
  if (kind === 'opportunity' && field === 'stage') return stageLabel(option);
  return message(`option_${kind}_${field}_${option}`) ?? plain(option);
}

/** The second line of something found: the engine names options as they stand in the document. */
export function hitHint(hit: Pick<SearchHit, 'kind' | 'hints'>, kinds: KindInfo[]): string {
  const fields = kinds.find((kind) => kind.name === hit.kind)?.fields ?? [];
  const words = hit.hints.map(({ field, text }) => {
    const isStage = hit.kind === 'opportunity' && field === 'stage';
    const isOption = isStage || (fields.find(({ name }) => name === field)?.options.includes(text) ?? false);
    return isOption ? optionLabel(hit.kind, field, text) : text;
  });
  return words.filter((word) => word !== '').join(' · ');
}

/** The roles of people on an opportunity are words with a message where they are the usual ones. */
export const roleLabel = (role: string) => message(`role_${role}`) ?? plain(role);
