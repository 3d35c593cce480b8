import { findField } from '@/api/schema';
import type { FieldChange, KindInfo } from '@/api/types';
import { fieldLabel, stageLabel } from '@/i18n/labels';
import { formatLocale } from '@/i18n/locale';
import { quoted } from '@/i18n/quotes';
import { m } from '@/paraglide/messages.js';
import { valueText } from '@/records/value';

type Net = Pick<FieldChange, 'field' | 'from' | 'to'>;

const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** One field's step as part of a sentence: “moved it to Discovery”, “set Next step to ‘Call back’”; what people write is quoted. */
function clause(kind: KindInfo, { field: name, from, to }: Net, currency?: string): string {
  if (name === 'created') return m.did_create();
  if (name === 'archived') return to === true ? m.did_archive() : m.did_take_back();
  if (name === 'stage' && typeof to === 'string') return m.did_move({ stage: stageLabel(to) });
  const field = findField(kind, name);
  const label = field === undefined ? fieldLabel(kind.name, name) : fieldLabel(kind.name, field);
  if (field?.type === 'text' || field?.type === 'prose') return m.did_write({ field: label });
  if (isEmpty(to)) return m.did_clear({ field: label });
  const value = field === undefined ? String(to) : valueText(kind.name, field, to, currency);
  // A set of links is told without its titles.
  if (value === '') return m.did_touch({ field: label });
  const told = field?.type === 'line' ? quoted(value) : value;
  return isEmpty(from)
    ? m.did_set({ field: label, value: told })
    : m.did_change({ field: label, value: told });
}

/** A verb that repeats is said once: “set A to 1 and B to 2”. */
const sayOnce = (clauses: string[]) =>
  clauses.map((one, at) => {
    const [verb = ''] = one.split(' ');
    return at > 0 && clauses[at - 1]?.startsWith(`${verb} `) ? one.slice(verb.length + 1) : one;
  });

/** How many steps a sentence names before it only counts. */
const NAMED = 3;

/** What was done to a record, as the end of a sentence that begins with who did it. */
export function changeSentence(kind: KindInfo, net: Net[], currency?: string): string {
  if (net.some((one) => one.field === 'created')) return m.did_create();
  // Where it was moved to comes first: it is what the rest happened for.
  const ordered = [...net].sort((a, b) => Number(b.field === 'stage') - Number(a.field === 'stage'));
  const clauses = ordered.slice(0, NAMED).map((one) => clause(kind, one, currency));
  if (ordered.length > NAMED) clauses.push(m.did_more({ count: ordered.length - NAMED }));
  return new Intl.ListFormat(formatLocale(), { type: 'conjunction' }).format(sayOnce(clauses));
}
