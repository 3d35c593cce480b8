import { Plus, TriangleAlert, X } from 'lucide-react';
import { useSchema } from '@/api/schema';
import { Button, IconButton } from '@/components/button';
import { Select } from '@/components/select';
import { message } from '@/i18n/labels';
import { asSentence } from '@/i18n/remarks';
import { m } from '@/paraglide/messages.js';
import { operatorLabel } from '@/records/filter-sentence';
import { ACTIVITY, comparisons, fieldAt, GATE, NEW_ACTIVITY, pathLabel, subjects } from './condition-fields';
import { ActivityTypes, ConditionValue } from './condition-value';
import { conditionSentence, idsIn } from './condition-words';
import {
  type ActivityCondition,
  type Condition,
  type FieldCondition,
  isActivity,
  isField,
  problemOf,
  readConditions,
  valueFor,
  writeConditions,
} from './conditions';
import { useTitles } from './use-titles';
import { WrittenNumber } from './written';

const subjectOf = (one: Condition): string => (isField(one) ? one.field : isActivity(one) ? ACTIVITY : GATE);

/** An optional count: absent rather than nothing. */
const withCount = (
  one: ActivityCondition,
  name: 'within_days' | 'at_least',
  count: number | null,
): ActivityCondition => {
  const { [name]: _, ...rest } = one;
  return count === null ? rest : { ...rest, [name]: count };
};

function ActivityEditor({ one, onChange }: { one: ActivityCondition; onChange: (next: Condition) => void }) {
  const { direction, ...undirected } = one;
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5">
      <span className="min-w-40 flex-1">
        <ActivityTypes value={one.activity} onValue={(activity) => onChange({ ...one, activity })} />
      </span>
      <Select
        compact
        className="!w-36"
        label={m.condition_direction()}
        value={direction ?? 'either'}
        options={['inbound', 'outbound', 'either'].map((value) => ({
          value,
          label: message(`condition_direction_${value}`) ?? value,
        }))}
        onChange={(value) => onChange(value === 'either' ? undirected : { ...undirected, direction: value })}
      />
      <span className="flex items-center gap-1.5">
        <span className="text-quiet">{m.condition_within_days()}</span>
        <WrittenNumber
          label={m.condition_within_days_label()}
          value={one.within_days ?? null}
          optional
          min={1}
          max={3650}
          placeholder={m.condition_ever()}
          className="w-16"
          unit={m.condition_days_unit()}
          onWrite={(count) => onChange(withCount(one, 'within_days', count))}
        />
      </span>
      <span className="flex items-center gap-1.5">
        <span className="text-quiet">{m.condition_at_least()}</span>
        <WrittenNumber
          label={m.condition_at_least_label()}
          value={one.at_least ?? 1}
          min={1}
          max={1000}
          className="w-12"
          unit={m.condition_times_unit()}
          onWrite={(count) => onChange(withCount(one, 'at_least', count === 1 ? null : count))}
        />
      </span>
    </div>
  );
}

function FieldEditor({ one, onChange }: { one: FieldCondition; onChange: (next: Condition) => void }) {
  const schema = useSchema();
  const field = fieldAt(schema, one.field);
  const known = comparisons(field);
  const ops = known.includes(one.op) ? known : [one.op, ...known];
  return (
    <div className="grid min-w-0 flex-1 grid-cols-[minmax(96px,132px)_minmax(0,1fr)] items-center gap-1.5">
      <Select
        compact
        label={m.label_comparison()}
        value={one.op}
        options={ops.map((op) => ({ value: op, label: operatorLabel(op, field?.type ?? 'line') }))}
        onChange={(op) => {
          const value = valueFor(op, one.value);
          onChange({ field: one.field, op, ...(value === undefined ? {} : { value }) });
        }}
      />
      <ConditionValue condition={one} onValue={(value) => onChange({ ...one, value })} />
    </div>
  );
}

function GateEditor({ gate, onChange }: { gate: boolean; onChange: (next: Condition) => void }) {
  return (
    <Select
      compact
      label={m.condition_subject_gate()}
      value={String(gate)}
      options={[
        { value: 'true', label: asSentence(m.condition_gate_passes()) },
        { value: 'false', label: asSentence(m.condition_gate_fails()) },
      ]}
      onChange={(value) => onChange({ gate: value === 'true' })}
    />
  );
}

/** A condition: what it is about, how it compares, with what. */
function Row({
  one,
  withGate,
  onChange,
  onRemove,
}: {
  one: Condition;
  withGate: boolean;
  onChange: (next: Condition) => void;
  onRemove: () => void;
}) {
  const schema = useSchema();
  const titles = useTitles(idsIn(schema, [one]));
  const problem = problemOf(one);
  const isUnknown = isField(one) && fieldAt(schema, one.field) === undefined;
  const about = (subject: string): Condition => {
    if (subject === GATE) return { gate: true };
    if (subject === ACTIVITY) return NEW_ACTIVITY;
    const op = comparisons(fieldAt(schema, subject))[0] ?? 'is';
    const value = valueFor(op, undefined);
    return { field: subject, op, ...(value === undefined ? {} : { value }) };
  };
  const groups = subjects(schema).map((group) => ({
    ...group,
    options: group.options.filter(({ value }) => withGate || value !== GATE || subjectOf(one) === GATE),
  }));
  if (isField(one) && !groups.some(({ options }) => options.some(({ value }) => value === one.field)))
    groups.unshift({ label: '', options: [{ value: one.field, label: pathLabel(schema, one.field) }] });
  return (
    <li className="rounded-control bg-surface p-1.5 shadow-card">
      <div className="flex items-start gap-1.5">
        <div className="@max-xl:flex-col flex min-w-0 flex-1 items-stretch gap-1.5">
          <Select
            compact
            className="@max-xl:!w-full !w-52 shrink-0"
            label={m.condition_subject()}
            value={subjectOf(one)}
            groups={groups}
            onChange={(subject) => subject !== subjectOf(one) && onChange(about(subject))}
          />
          {isField(one) ? (
            <FieldEditor one={one} onChange={onChange} />
          ) : isActivity(one) ? (
            <ActivityEditor one={one} onChange={onChange} />
          ) : (
            <GateEditor gate={one.gate} onChange={onChange} />
          )}
        </div>
        <IconButton
          label={m.action_remove_named({ name: conditionSentence(schema, one, titles) })}
          icon={<X className="size-3.5" />}
          onClick={onRemove}
        />
      </div>
      {(problem !== null || isUnknown) && (
        <p role="alert" className="flex items-center gap-1.5 px-1 pt-1.5 text-danger text-small">
          <TriangleAlert className="size-3.5 shrink-0" aria-hidden />
          {isUnknown ? m.condition_problem_no_field() : message(`condition_problem_${problem}`)}
        </p>
      )}
    </li>
  );
}

/** Conditions that this window cannot read are shown as they stand; nothing of them is lost unless they are written anew. */
function Unreadable({ text, onAnew }: { text: string; onAnew: () => void }) {
  return (
    <div className="rounded-control border border-danger/40 bg-danger-soft p-3">
      <p role="alert" className="font-medium text-danger">
        {m.condition_unreadable()}
      </p>
      <p className="mt-0.5">{m.condition_unreadable_lead()}</p>
      <pre className="selectable mt-2 max-h-32 overflow-auto whitespace-pre-wrap break-words rounded-mark bg-surface p-2 font-mono text-small">
        {text}
      </pre>
      <Button className="mt-2" onClick={onAnew}>
        {m.condition_write_anew()}
      </Button>
    </div>
  );
}

/** All conditions of a rule, each a row of pickers. All of them must hold. */
export function ConditionsEditor({
  label,
  value,
  nothing,
  withGate = false,
  onChange,
}: {
  label: string;
  /** As the record holds them. */
  value: unknown;
  /** What it means that there are none. */
  nothing: string;
  /** Whether it may ask for the gate itself. */
  withGate?: boolean;
  onChange: (value: string | null) => void;
}) {
  const all = readConditions(value);
  const write = (next: Condition[]) => onChange(writeConditions(next));
  return (
    <fieldset className="@container flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1 font-medium text-small">{label}</legend>
      {all === null ? (
        <Unreadable text={String(value)} onAnew={() => onChange(null)} />
      ) : (
        <>
          {all.length === 0 && <p className="text-quiet">{nothing}</p>}
          <ul className="flex flex-col gap-1.5">
            {all.map((one, at) => (
              <Row
                // biome-ignore lint/suspicious/noArrayIndexKey: a condition has nothing but its place
                key={at}
                one={one}
                withGate={withGate}
                onChange={(next) => write(all.with(at, next))}
                onRemove={() => write(all.toSpliced(at, 1))}
              />
            ))}
          </ul>
          <Button
            look="ghost"
            className="self-start text-quiet"
            icon={<Plus className="size-3.5" aria-hidden />}
            onClick={() => write([...all, { field: 'account.employees', op: 'over', value: null }])}
          >
            {m.condition_add()}
          </Button>
        </>
      )}
    </fieldset>
  );
}
