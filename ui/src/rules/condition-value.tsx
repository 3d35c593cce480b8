import { useRef, useState } from 'react';
import { useSchema } from '@/api/schema';
import type { JsonValue } from '@/api/serde_json/JsonValue';
import type { FieldInfo } from '@/api/types';
import { optionLabel, roleLabel } from '@/i18n/labels';
import { formatLocale } from '@/i18n/locale';
import { m } from '@/paraglide/messages.js';
import { fixedChoices, useRecordChoices } from '@/records/choices';
import { dayHint, editedDay } from '@/records/day-text';
import { parseDay, parseNumber } from '@/records/parse';
import { type Choice, Picker } from '@/records/picker';
import { PickerButton } from '@/records/picker-button';
import { fieldAt, placeOf } from './condition-fields';
import { conditionValue, either } from './condition-words';
import type { FieldCondition } from './conditions';
import { useTitles } from './use-titles';
import { WrittenValue } from './written';

/** As high as what is typed beside it. */
const BUTTON = 'h-7 w-full min-w-0 px-2';

const listOf = (value: JsonValue | undefined): JsonValue[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

/** What the list offers, if it is one: the options of the field, or records. */
function choicesOf(kind: string, name: string, field: FieldInfo): Choice[] | null {
  if (kind === 'person' && name === 'role')
    return field.options.map((value) => ({ value, label: roleLabel(value) }));
  return field.type === 'boolean' ? null : fixedChoices(kind, field);
}

/** One or several of a list. */
function Chosen({
  label,
  value,
  several,
  path,
  field,
  choices,
  onValue,
}: {
  label: string;
  value: JsonValue | undefined;
  several: boolean;
  path: string;
  field: FieldInfo;
  choices: Choice[] | null;
  onValue: (value: JsonValue) => void;
}) {
  const schema = useSchema();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const anchor = useRef<HTMLButtonElement>(null);
  const chosen = listOf(value).map(String);
  const searches = choices === null && field.target !== null;
  const found = useRecordChoices(searches && open ? field.target : null, text);
  const titles = useTitles(searches ? chosen : []);
  const words = chosen.map((one) => conditionValue(schema, path, one, titles));
  const offered = choices ?? (searches ? found : chosen.map((one) => ({ value: one, label: one })));
  const take = (one: string) => {
    if (!several) {
      onValue(one);
      setOpen(false);
    } else onValue(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]);
  };
  return (
    <>
      <PickerButton
        anchor={anchor}
        label={label}
        words={words.length === 0 ? m.label_choose() : either(words)}
        empty={words.length === 0}
        className={BUTTON}
        onOpen={() => setOpen(true)}
      />
      {open && (
        <Picker
          anchor={anchor}
          label={label}
          multiple={several}
          choices={offered}
          chosen={new Set(chosen)}
          onChoose={(choice) => choice !== null && take(choice.value)}
          onClose={() => {
            setOpen(false);
            setText('');
          }}
          {...(searches ? { search: text, onSearch: setText } : {})}
          {...(searches || (choices !== null && !field.open) ? {} : { onCreate: take })}
        />
      )}
    </>
  );
}

/** What is typed for a field: a number, a day, or words. */
function Typed({
  label,
  type,
  value,
  onValue,
}: {
  label: string;
  type: string;
  value: JsonValue | undefined;
  onValue: (value: JsonValue) => void;
}) {
  const isNumber = type === 'money' || type === 'integer';
  const isDay = type === 'date' || type === 'instant';
  const shown = (): string => {
    if (value === undefined || value === null) return '';
    if (isNumber) return new Intl.NumberFormat(formatLocale(), { useGrouping: false }).format(Number(value));
    return isDay ? editedDay(String(value)) : String(value);
  };
  return (
    <WrittenValue<JsonValue>
      label={label}
      shown={shown()}
      placeholder={isDay ? dayHint() : ''}
      numeric={isNumber}
      understand={(text) => {
        if (text.trim() === '') return { value: null };
        if (isNumber) {
          const read = parseNumber(text, formatLocale());
          return read === null ? { wrong: m.error_not_a_number() } : { value: read };
        }
        if (!isDay) return { value: text.trim() };
        const day = parseDay(text, formatLocale());
        return day === null ? { wrong: m.error_not_a_day() } : { value: day };
      }}
      onWrite={onValue}
    />
  );
}

function YesOrNo({
  label,
  value,
  onValue,
}: {
  label: string;
  value: JsonValue | undefined;
  onValue: (value: JsonValue) => void;
}) {
  return (
    <select
      aria-label={label}
      value={String(value ?? '')}
      onChange={(event) => onValue(event.target.value === 'true')}
      className="h-7 w-full rounded-control border border-edge bg-surface px-1.5"
    >
      <option value="" disabled>
        {m.label_choose()}
      </option>
      <option value="true">{m.label_yes()}</option>
      <option value="false">{m.label_no()}</option>
    </select>
  );
}

/** What a field is compared with, written or chosen as its type asks. */
export function ConditionValue({
  condition,
  onValue,
}: {
  condition: FieldCondition;
  onValue: (value: JsonValue) => void;
}) {
  const schema = useSchema();
  const { field: path, op, value } = condition;
  const field = fieldAt(schema, path);
  const [kind, name] = placeOf(path);
  if (op === 'empty' || op === 'not_empty') return null;
  const type = field?.type ?? 'line';
  if (op === 'between') {
    const [from, to] = Array.isArray(value) ? value : [];
    return (
      <span className="grid min-w-0 grid-cols-[1fr_auto_1fr] items-center gap-1.5">
        <Typed
          label={m.condition_from()}
          type={type}
          value={from}
          onValue={(next) => onValue([next, to ?? null])}
        />
        <span className="text-quiet">{m.condition_and_between()}</span>
        <Typed
          label={m.condition_to()}
          type={type}
          value={to}
          onValue={(next) => onValue([from ?? null, next])}
        />
      </span>
    );
  }
  const several = op === 'any_of' || op === 'none_of';
  const choices = field === undefined ? null : choicesOf(kind, name, field);
  if (field !== undefined && (several || choices !== null || field.target !== null))
    return (
      <Chosen
        label={m.label_value()}
        value={value}
        several={several}
        path={path}
        field={field}
        choices={choices}
        onValue={onValue}
      />
    );
  if (type === 'boolean') return <YesOrNo label={m.label_value()} value={value} onValue={onValue} />;
  return <Typed label={m.label_value()} type={type} value={value} onValue={onValue} />;
}

/** Which kinds of activity are meant. */
export function ActivityTypes({ value, onValue }: { value: string[]; onValue: (types: string[]) => void }) {
  const schema = useSchema();
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const options =
    schema.kinds.find((kind) => kind.name === 'activity')?.fields.find((field) => field.name === 'type')
      ?.options ?? [];
  const labelOf = (type: string) => optionLabel('activity', 'type', type);
  const words = value.length === 0 ? m.label_choose() : either(value.map(labelOf));
  return (
    <>
      <PickerButton
        anchor={anchor}
        label={m.condition_activity_types()}
        words={words}
        empty={value.length === 0}
        className={BUTTON}
        onOpen={() => setOpen(true)}
      />
      {open && (
        <Picker
          anchor={anchor}
          label={m.condition_activity_types()}
          multiple
          choices={[...new Set([...options, ...value])].map((one) => ({ value: one, label: labelOf(one) }))}
          chosen={new Set(value)}
          onChoose={(choice) =>
            choice !== null &&
            onValue(
              value.includes(choice.value)
                ? value.filter((other) => other !== choice.value)
                : [...value, choice.value],
            )
          }
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
