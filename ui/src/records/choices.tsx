import { useQuery } from '@tanstack/react-query';
import { listQuery, searchQuery, valuesQuery } from '@/api/queries';
import { useSchema } from '@/api/schema';
import type { FieldInfo, KindInfo, SearchHit } from '@/api/types';
import { Avatar, StageMark } from '@/components/badges';
import { codeName } from '@/i18n/format';
import { hitHint, optionLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import type { Choice } from './picker';

const COUNTRIES =
  'DE AT CH LI US GB FR IT ES NL BE LU DK SE NO FI IE PL CZ SK HU PT GR RO BG HR SI EE LV LT IS UA TR CA MX BR AR CL CO AU NZ JP CN KR IN SG HK TW TH MY ID PH VN AE SA IL EG ZA NG KE MA JO PA'.split(
    ' ',
  );
const CURRENCIES =
  'EUR USD GBP CHF SEK NOK DKK PLN CZK HUF RON CAD AUD NZD JPY CNY INR BRL MXN SGD HKD ZAR AED'.split(' ');
const LANGUAGES = 'de en fr it es nl pt pl cs da sv no fi hu ro el tr uk ru ja zh ko ar he hi'.split(' ');

function codes(type: 'region' | 'currency' | 'language', list: string[]): Choice[] {
  return list.map((code) => ({ value: code, label: codeName(type, code), hint: code }));
}

/** The fixed choices of a field, or null where it is written or searched for. */
export function fixedChoices(kind: string, field: FieldInfo): Choice[] | null {
  switch (field.type) {
    case 'choice':
      return field.options.map((option) => ({
        value: option,
        label: optionLabel(kind, field.name, option),
        ...(kind === 'opportunity' && field.name === 'stage' ? { icon: <StageMark stage={option} /> } : {}),
      }));
    case 'boolean':
      return [
        { value: 'true', label: m.label_yes() },
        { value: 'false', label: m.label_no() },
      ];
    case 'country':
      return codes('region', COUNTRIES);
    case 'currency':
      return codes('currency', CURRENCIES);
    case 'language':
      return codes('language', LANGUAGES);
    case 'time_zone':
      return Intl.supportedValuesOf('timeZone').map((zone) => ({
        value: zone,
        label: zone.replaceAll('_', ' '),
      }));
    default:
      return null;
  }
}

/** Values that a set has elsewhere, to choose from. */
export function useUsedValues(kind: string, field: FieldInfo, enabled: boolean): Choice[] {
  const { data } = useQuery({ ...valuesQuery(kind, field.name), enabled });
  return (data ?? [])
    .flatMap(({ value }) => (Array.isArray(value) ? value : [value]))
    .filter((value): value is string => typeof value === 'string')
    .map((value) => ({ value, label: value }));
}

export const hitChoice = (hit: SearchHit, kinds: KindInfo[]): Choice => ({
  value: hit.id,
  label: hit.title,
  hint: hitHint(hit, kinds),
  ...(hit.kind === 'member' || hit.kind === 'person'
    ? { icon: <Avatar id={hit.kind === 'member' ? hit.id : undefined} name={hit.title} /> }
    : {}),
});

/** Records of a kind that fit what was typed; before anything was, the first by name. */
export function useRecordChoices(target: string | null, text: string): Choice[] {
  const { kinds } = useSchema();
  const typed = text.trim();
  const { data: hits } = useQuery({
    ...searchQuery(typed, target, 30),
    enabled: target !== null && typed !== '',
  });
  const selection = { kind: target ?? '', filters: [], sort: [], text: '' };
  const { data: first } = useQuery({ ...listQuery(selection, 0), enabled: target !== null && typed === '' });
  if (typed !== '') return (hits ?? []).map((hit) => hitChoice(hit, kinds));
  return (first?.records ?? [])
    .slice(0, 50)
    .map(({ id, kind, title }) => hitChoice({ id, kind, title, subtitle: '', hints: [] }, kinds));
}
