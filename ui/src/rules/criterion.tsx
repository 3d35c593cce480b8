import { RotateCcw } from 'lucide-react';
import { findField, useKind, useSchema } from '@/api/schema';
import type { RecordInfo } from '@/api/types';
import { Button } from '@/components/button';
import { Segmented } from '@/components/segmented';
import { Select } from '@/components/select';
import { FormField } from '@/components/text-input';
import { fieldLabel, optionLabel } from '@/i18n/labels';
import { percent } from '@/i18n/measures';
import { questionText } from '@/i18n/rule-names';
import { m } from '@/paraglide/messages.js';
import { conditionsSentence, idsIn } from './condition-words';
import { readConditions, writeConditions } from './conditions';
import { ConditionsEditor } from './conditions-editor';
import { isNewId } from './draft';
import { nameOf } from './drafted';
import { isOn, numberOf, textOf } from './records';
import { RuleRow } from './rule-list';
import { HistoryButton } from './rule-parts';
import { useTitles } from './use-titles';
import { Check, WrittenLines, WrittenNumber, WrittenText } from './written';

const questionOf = (record: RecordInfo) => questionText(textOf(record, 'key'), textOf(record, 'question'));

/** How a criterion is answered, in words: by whom, or by which conditions. */
function Answered({ record }: { record: RecordInfo }) {
  const schema = useSchema();
  const rule = record.fields.rule;
  const titles = useTitles(idsIn(schema, readConditions(rule) ?? []));
  const words = conditionsSentence(schema, rule, titles);
  if (words === '') return <span className="text-quiet">{m.criterion_by_hand()}</span>;
  return <span>{words}</span>;
}

/** What a new rule of a criterion asks first. */
const FIRST_CONDITION = writeConditions([{ field: 'account.employees', op: 'over', value: null }]);

interface CriterionProps {
  record: RecordInfo;
  onEdit: (patch: Record<string, unknown>) => void;
  /** Takes what the draft says of it back. */
  onRevert: (() => void) | null;
}

function Details({ record, onEdit, onRevert }: CriterionProps) {
  const families = findField(useKind('criterion'), 'family')?.options ?? [];
  const hasRule = textOf(record, 'rule') !== '';
  const isNew = isNewId(record.id);
  return (
    <div className="@container flex flex-col gap-4">
      <div className="@max-lg:grid-cols-1 grid grid-cols-[minmax(0,1fr)_160px] gap-3">
        <FormField label={fieldLabel('criterion', 'name')} required>
          {() => (
            <WrittenText
              label={fieldLabel('criterion', 'name')}
              value={
                nameOf({ ...record, fields: { name: '', ...record.fields } }) === m.label_untitled()
                  ? ''
                  : nameOf(record)
              }
              required
              autoFocus={isNew && textOf(record, 'name') === ''}
              onWrite={(name) => onEdit({ name })}
            />
          )}
        </FormField>
        <FormField label={fieldLabel('criterion', 'family')}>
          {(props) => (
            <Select
              {...props}
              value={textOf(record, 'family')}
              options={families.map((family) => ({
                value: family,
                label: optionLabel('criterion', 'family', family),
              }))}
              onChange={(family) => onEdit({ family })}
            />
          )}
        </FormField>
      </div>
      <FormField label={fieldLabel('criterion', 'question')} hint={m.criterion_question_hint()}>
        {() => (
          <WrittenLines
            label={fieldLabel('criterion', 'question')}
            value={questionOf(record)}
            onWrite={(question) => onEdit({ question: question === '' ? null : question })}
          />
        )}
      </FormField>
      <div className="flex flex-col gap-2">
        <span className="font-medium text-small">{m.criterion_answered()}</span>
        <div>
          <Segmented
            label={m.criterion_answered()}
            value={hasRule ? 'rule' : 'hand'}
            options={[
              { value: 'hand', label: m.criterion_by_hand() },
              { value: 'rule', label: m.criterion_by_rule() },
            ]}
            onChange={(how) => onEdit({ rule: how === 'rule' ? FIRST_CONDITION : null })}
          />
        </div>
        {hasRule && (
          <ConditionsEditor
            label={m.criterion_yes_when()}
            value={record.fields.rule}
            nothing=""
            onChange={(rule) => onEdit({ rule })}
          />
        )}
        <p className="text-quiet text-small">{hasRule ? m.criterion_rule_hint() : m.criterion_hand_hint()}</p>
      </div>
      <div className="flex flex-wrap gap-1.5">
        {isOn(record) ? (
          <Button onClick={() => (isNew && onRevert !== null ? onRevert() : onEdit({ active: false }))}>
            {isNew ? m.rules_drop_new() : m.rules_take_out()}
          </Button>
        ) : (
          <Button onClick={() => onEdit({ active: true })}>{m.rules_use_again()}</Button>
        )}
        {onRevert !== null && !isNew && (
          <Button icon={<RotateCcw className="size-3.5" aria-hidden />} onClick={onRevert}>
            {m.rules_revert()}
          </Button>
        )}
        {!isNew && <HistoryButton id={record.id} />}
      </div>
    </div>
  );
}

/** A question of the gate: its weight, whether it is required, how long an answer is fresh, and how it is answered. */
export function Criterion({
  total,
  open,
  onOpen,
  ...props
}: CriterionProps & { total: number; open: boolean; onOpen: (open: boolean) => void }) {
  const { record, onEdit, onRevert } = props;
  const weight = numberOf(record, 'weight');
  const name = nameOf(record);
  const on = isOn(record);
  const share = on && total > 0 ? percent((weight ?? 0) / total) : '–';
  const of = (what: string) => `${name}: ${what}`;
  return (
    <RuleRow
      name={name}
      lead={
        <>
          <span className="block truncate">{questionOf(record)}</span>
          <span className="block truncate text-text/80">
            <Answered record={record} />
          </span>
        </>
      }
      open={open}
      onOpen={onOpen}
      drafted={onRevert !== null}
      off={!on}
      details={<Details {...props} />}
    >
      <span className="grid grid-cols-[104px_72px_112px] items-center gap-2">
        <WrittenNumber
          label={of(fieldLabel('criterion', 'weight'))}
          value={weight}
          max={1000}
          className="w-14"
          unit={<span className="numeric w-9 text-small">{share}</span>}
          onWrite={(next) => onEdit({ weight: next })}
        />
        <span className="text-center">
          <Check
            label={of(fieldLabel('criterion', 'required'))}
            checked={isOn(record, 'required')}
            onChange={(required) => onEdit({ required })}
          />
        </span>
        <WrittenNumber
          label={of(m.criterion_fresh())}
          value={numberOf(record, 'fresh_days')}
          optional
          min={1}
          max={3650}
          placeholder="∞"
          className="w-14"
          unit={m.rules_days_unit()}
          onWrite={(next) => onEdit({ fresh_days: next })}
        />
      </span>
    </RuleRow>
  );
}
