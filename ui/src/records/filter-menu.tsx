import { Command } from 'cmdk';
import { type ReactElement, useState } from 'react';
import type { FieldInfo, Filter, KindInfo } from '@/api/types';
import { Button } from '@/components/button';
import { Popover } from '@/components/popover';
import { TextInput } from '@/components/text-input';
import { fieldLabel } from '@/i18n/labels';
import { formatLocale } from '@/i18n/locale';
import { m } from '@/paraglide/messages.js';
import { dayHint } from '@/records/day-text';
import { fixedChoices, useRecordChoices, useUsedValues } from './choices';
import { needsValue, operatorLabel, operatorsFor } from './filter-sentence';
import { parseDay, parseNumber } from './parse';
import type { Choice } from './picker';

/** Opens beside its trigger: first the field, then how it compares with what. */
export function FilterMenu({
  kind,
  field,
  filter,
  onFilter,
  trigger,
}: {
  kind: KindInfo;
  field?: FieldInfo;
  filter?: Filter;
  onFilter: (filter: Filter) => void;
  trigger: ReactElement<Record<string, unknown>>;
}) {
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<FieldInfo | null>(field ?? null);
  return (
    <Popover
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (next) setChosen(field ?? null);
      }}
      title={m.action_add_filter()}
      trigger={trigger}
      className="w-72 overflow-hidden p-0"
    >
      {chosen === null ? (
        <FieldList kind={kind} onChoose={setChosen} />
      ) : (
        <Comparison
          kind={kind.name}
          field={chosen}
          filter={filter}
          onFilter={(next) => {
            onFilter(next);
            setOpen(false);
          }}
        />
      )}
    </Popover>
  );
}

function FieldList({ kind, onChoose }: { kind: KindInfo; onChoose: (field: FieldInfo) => void }) {
  return (
    <Command label={m.label_field()} loop>
      <Command.Input
        autoFocus
        placeholder={m.label_field()}
        className="h-9 w-full border-line border-b bg-transparent px-3 outline-none"
      />
      <Command.List label={m.label_field()} className="max-h-72 overflow-y-auto p-1">
        {kind.fields
          .filter((field) => !field.internal && field.type !== 'text')
          .map((field) => (
            <Command.Item
              key={field.name}
              value={`${fieldLabel(kind.name, field)} ${field.name}`}
              onSelect={() => onChoose(field)}
              className="flex h-7 items-center rounded-control px-2 data-[selected=true]:bg-hover"
            >
              {fieldLabel(kind.name, field)}
            </Command.Item>
          ))}
      </Command.List>
    </Command>
  );
}

interface ComparisonProps {
  kind: string;
  field: FieldInfo;
  filter: Filter | undefined;
  onFilter: (filter: Filter) => void;
}

function Comparison(props: ComparisonProps) {
  const { kind, field, filter, onFilter } = props;
  const operators = operatorsFor(field.type);
  const [op, setOp] = useState(filter?.op ?? operators[0] ?? 'is');
  const fixed = fixedChoices(kind, field);
  const chooses = fixed !== null || field.target !== null || field.type === 'tags';
  return (
    <div className="flex flex-col">
      <label className="flex items-center gap-2 border-line border-b p-2">
        <span className="min-w-0 flex-1 truncate pl-1 font-medium">{fieldLabel(kind, field)}</span>
        <span className="sr-only">{m.label_comparison()}</span>
        <select
          value={op}
          onChange={(event) => setOp(event.target.value)}
          className="h-7 rounded-control border border-edge bg-surface px-1.5"
        >
          {operators.map((operator) => (
            <option key={operator} value={operator}>
              {operatorLabel(operator, field.type)}
            </option>
          ))}
        </select>
      </label>
      {!needsValue(op) ? (
        <div className="flex justify-end p-2">
          <Button look="primary" onClick={() => onFilter({ field: field.name, op, value: null })}>
            {m.action_apply()}
          </Button>
        </div>
      ) : chooses ? (
        <ChooseValues {...props} op={op} fixed={fixed} />
      ) : (
        <WriteValue {...props} op={op} />
      )}
    </div>
  );
}

function ChooseValues({
  kind,
  field,
  filter,
  onFilter,
  op,
  fixed,
}: ComparisonProps & { op: string; fixed: Choice[] | null }) {
  const start = Array.isArray(filter?.value)
    ? filter.value.map(String)
    : filter?.value != null
      ? [String(filter.value)]
      : [];
  const [chosen, setChosen] = useState<string[]>(start);
  const [text, setText] = useState('');
  const found = useRecordChoices(field.target, text);
  const used = useUsedValues(kind, field, field.type === 'tags');
  const choices = fixed ?? (field.target !== null ? found : used);
  const single = op === 'is' || op === 'is_not';
  const apply = (values: string[]) => {
    if (values.length === 0) return;
    const typed = values.map((value) => (field.type === 'boolean' ? value === 'true' : value));
    onFilter({ field: field.name, op, value: single ? (typed[0] ?? null) : typed });
  };
  return (
    <>
      <Command label={fieldLabel(kind, field)} shouldFilter={field.target === null} loop>
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder={m.action_search()}
          className="h-9 w-full border-line border-b bg-transparent px-3 outline-none"
        />
        <Command.List label={fieldLabel(kind, field)} className="max-h-60 overflow-y-auto p-1">
          {choices.map((choice) => (
            <Command.Item
              key={choice.value}
              value={`${choice.label} ${choice.value}`}
              onSelect={() => {
                if (single) apply([choice.value]);
                else {
                  setChosen(
                    chosen.includes(choice.value)
                      ? chosen.filter((other) => other !== choice.value)
                      : [...chosen, choice.value],
                  );
                }
              }}
              className="flex h-7 items-center gap-2 rounded-control px-2 data-[selected=true]:bg-hover"
            >
              {!single && (
                <input
                  type="checkbox"
                  tabIndex={-1}
                  readOnly
                  checked={chosen.includes(choice.value)}
                  aria-label={choice.label}
                  className="accent-accent"
                />
              )}
              {choice.icon}
              <span className="truncate">{choice.label}</span>
            </Command.Item>
          ))}
        </Command.List>
      </Command>
      {!single && (
        <div className="flex justify-end border-line border-t p-2">
          <Button look="primary" disabled={chosen.length === 0} onClick={() => apply(chosen)}>
            {m.action_apply()}
          </Button>
        </div>
      )}
    </>
  );
}

function WriteValue({ field, filter, onFilter, op }: ComparisonProps & { op: string }) {
  const [text, setText] = useState(filter?.value == null ? '' : String(filter.value));
  const [error, setError] = useState<string | null>(null);
  const apply = () => {
    let value: string | number | null = text.trim();
    if (field.type === 'money' || field.type === 'integer') value = parseNumber(text, formatLocale());
    else if (field.type === 'date' || field.type === 'instant') value = parseDay(text, formatLocale());
    if (value === null)
      setError(
        field.type === 'date' || field.type === 'instant' ? m.error_not_a_day() : m.error_not_a_number(),
      );
    else if (value !== '') onFilter({ field: field.name, op, value });
  };
  return (
    <form
      className="flex flex-col gap-2 p-2"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <TextInput
        autoFocus
        aria-label={m.label_value()}
        aria-invalid={error !== null}
        value={text}
        placeholder={field.type === 'date' ? dayHint() : ''}
        onChange={(event) => {
          setText(event.target.value);
          setError(null);
        }}
      />
      {error !== null && (
        <p role="alert" className="text-danger text-small">
          {error}
        </p>
      )}
      <Button look="primary" type="submit" className="self-end">
        {m.action_apply()}
      </Button>
    </form>
  );
}
