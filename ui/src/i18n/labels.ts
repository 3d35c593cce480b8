import type { FieldInfo } from '@/api/types';
import { m } from '@/paraglide/messages.js';

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
export const kindsLabel = (kind: string) => message(`kind_${kind}_many`) ?? plain(kind);
export const stageLabel = (stage: string) => message(`stage_${stage}`) ?? plain(stage);
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

/** The roles of people on an opportunity are words with a message where they are the usual ones. */
export const roleLabel = (role: string) => message(`role_${role}`) ?? plain(role);
