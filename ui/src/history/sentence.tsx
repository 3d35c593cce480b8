import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { findField, useKind } from '@/api/schema';
import type { ChangeInfo, FieldChange, KindInfo } from '@/api/types';
import { number } from '@/i18n/format';
import { fieldLabel, kindLabel, kindsInSentence, message, stageLabel } from '@/i18n/labels';
import { formatLocale } from '@/i18n/locale';
import { quoted } from '@/i18n/quotes';
import { m } from '@/paraglide/messages.js';
import { valueText } from '@/records/value';
import { useHandover } from './handover';
import { changeQuery } from './queries';

/** Actions that stand for themselves, whatever they wrote. */
const ALONE = new Set([
  'start',
  'join',
  'field',
  'rename_field',
  'retire_field',
  'restore_field',
  'rename_workspace',
]);
/** A longer value is seen where the change is opened. */
const SHORT = 40;
/** So many fields are named; more are counted. */
const NAMED = 4;
/** Stands for the record's name in a sentence until the link to it takes its place. */
const PLACE = '\u{f8ff}';

type Told = ReturnType<typeof useHandover>;

/** What was set on one record. */
function fieldsSentence(kind: KindInfo, fields: FieldChange[], what: string): string {
  const [only] = fields;
  const label = (name: string) => fieldLabel(kind.name, findField(kind, name) ?? name);
  if (only === undefined) return m.history_set({ what });
  if (fields.length === 1) {
    if (only.field === 'stage' && typeof only.to === 'string') {
      return m.history_moved({ what, stage: stageLabel(only.to) });
    }
    const field = findField(kind, only.field);
    const value = field === undefined ? '' : valueText(kind.name, field, only.to);
    if (only.to === null) return m.history_cleared({ what, field: label(only.field) });
    if (value !== '' && value.length <= SHORT) {
      const told = field?.type === 'line' ? quoted(value) : value;
      return m.history_set_to({ what, field: label(only.field), value: told });
    }
  }
  const order = (one: FieldChange) => kind.fields.findIndex((field) => field.name === one.field);
  const named = [...fields]
    .sort((a, b) => order(a) - order(b))
    .slice(0, NAMED)
    .map((one) => label(one.field));
  if (fields.length > NAMED) named.push(m.history_more({ count: fields.length - NAMED }));
  const list = new Intl.ListFormat(formatLocale(), { type: 'conjunction' }).format(named);
  return m.history_set_fields({ what, fields: list });
}

/** Records of a kind, counted. */
const counted = (kind: string, count: number) =>
  m.history_counted({ count: number(count), kinds: kindsInSentence(kind, count) });

/** What was imported, and what was made along the way because it points there. */
function importSentence({ records, reason, kind, linked }: ChangeInfo): string {
  const said = {
    count: number(records),
    kinds: kindsInSentence(kind ?? '', records),
    file: reason ?? m.history_a_file(),
  };
  const along = Object.entries(linked).map(([one, count]) => counted(one, count ?? 0));
  if (along.length === 0) return m.history_import(said);
  const list = new Intl.ListFormat(formatLocale(), { type: 'conjunction' }).format(along);
  return m.history_import_linked({ ...said, linked: list });
}

function useSentence(change: ChangeInfo, told: Told): string {
  const ofFields = change.action === 'set' && change.records <= 2;
  const { data } = useQuery({ ...changeQuery(change.change), enabled: ofFields });
  const kind = useKind(change.kind ?? '');
  const { action, records, reason } = change;
  if (ALONE.has(action)) return message(`history_${action}`, { what: reason ?? '' }) ?? action;
  if (action === 'import') return importSentence(change);
  if (told.sentence !== null) return told.sentence;
  const overrides =
    data?.fields.some(({ kind, field }) => kind === 'decision' && field === 'created') ?? false;
  if (records > 1 && !overrides) {
    const count = number(records);
    return message(`history_${action}_many`, { count }) ?? m.history_set_many({ count });
  }
  if (!ofFields || data === undefined || kind === undefined) {
    return message(`history_${action}`, { what: PLACE }) ?? m.history_set({ what: PLACE });
  }
  return fieldsSentence(
    kind,
    data.fields.filter((field) => field.record.id === change.first?.id),
    PLACE,
  );
}

/** What was done, as the end of a sentence that begins with who did it; the record in it is a link. */
export function Sentence({ change }: { change: ChangeInfo }) {
  const told = useHandover(change, PLACE);
  const [before, after] = useSentence(change, told).split(PLACE);
  const first = told.about ?? change.first;
  if (after === undefined) return before;
  return (
    <>
      {before}
      {first !== null && (
        <Link
          to="."
          search={{ record: first.id }}
          className="rounded-mark font-medium text-text underline-offset-2 hover:underline"
        >
          {first.title || kindLabel(change.kind ?? '')}
        </Link>
      )}
      {after}
    </>
  );
}
