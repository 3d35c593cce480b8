import { Link } from '@tanstack/react-router';
import { Archive, Plus } from 'lucide-react';
import { useState } from 'react';
import { ApiFailure } from '@/api/rpc';
import { useRules } from '@/api/rules';
import { findField, useKind } from '@/api/schema';
import type { RecordInfo } from '@/api/types';
import { Button } from '@/components/button';
import { FormField } from '@/components/text-input';
import { money } from '@/i18n/format';
import { fieldLabel, kindInSentence, message } from '@/i18n/labels';
import { formatLocale } from '@/i18n/locale';
import { dayRange } from '@/i18n/measures';
import { spanOf } from '@/numbers/period';
import { m } from '@/paraglide/messages.js';
import { DayInput } from '@/records/day-input';
import { FormValue } from '@/records/form-value';
import { isoDay, parseNumber } from '@/records/parse';
import { failureText } from '@/state/toasts';
import { useWindow } from '@/state/window';
import { nameOf } from './drafted';
import { numberOf, textOf } from './records';
import { RuleList, RuleRow } from './rule-list';
import { HistoryButton, NameField, RuleSection } from './rule-parts';
import { useOpenRule } from './use-open-rule';
import { setAside, useTell, useWrite } from './write';
import { WrittenValue } from './written';

/** First and last day of what is aimed at; the last is not before the first. */
function Span({ record }: { record: RecordInfo }) {
  const write = useWrite();
  // What is wrong stands under the day that was written, or under the one that the engine names.
  const [wrong, setWrong] = useState<{ at: string; why: string } | null>(null);
  const span = { from: textOf(record, 'from'), to: textOf(record, 'to') };
  const set = (at: 'from' | 'to', day: string) => {
    const next = { ...span, [at]: day };
    if (next.from > next.to) return setWrong({ at, why: m.goals_rules_turned() });
    setWrong(null);
    if (day === span[at]) return;
    write(record, { [at]: day }).catch((cause: unknown) => {
      const named = cause instanceof ApiFailure ? cause.field : null;
      setWrong({ at: named === 'from' || named === 'to' ? named : at, why: failureText(cause) });
    });
  };
  return (
    <div className="grid grid-cols-2 gap-3">
      {(['from', 'to'] as const).map((at) => (
        <DayInput
          key={at}
          label={fieldLabel('goal', at)}
          value={span[at] || null}
          refused={wrong?.at === at ? wrong.why : null}
          onDay={(day) => set(at, day)}
        />
      ))}
    </div>
  );
}

function Details({ record }: { record: RecordInfo }) {
  const write = useWrite();
  const tell = useTell();
  const kind = useKind('goal');
  const currency = findField(kind, 'currency');
  const owner = findField(kind, 'owner');
  const amount = numberOf(record, 'amount');
  return (
    <div className="@container flex flex-col gap-4">
      <div className="@max-lg:grid-cols-1 grid grid-cols-2 gap-3">
        <NameField record={record} />
        <Span record={record} />
        <FormField label={fieldLabel('goal', 'amount')} required>
          {() => (
            <WrittenValue<number>
              label={fieldLabel('goal', 'amount')}
              shown={amount === null ? '' : new Intl.NumberFormat(formatLocale()).format(amount)}
              numeric
              tall
              understand={(text) => {
                const value = parseNumber(text, formatLocale());
                return value === null || value <= 0 ? { wrong: m.error_not_a_number() } : { value };
              }}
              onWrite={(value) => write(record, { amount: value })}
            />
          )}
        </FormField>
        <div className="grid grid-cols-2 gap-3">
          {[currency, owner].map(
            (field) =>
              field !== undefined && (
                <FormValue
                  key={field.name}
                  kind="goal"
                  field={field}
                  value={record.fields[field.name]}
                  error={null}
                  onValue={(value) => tell(record, { [field.name]: value ?? null })}
                />
              ),
          )}
        </div>
      </div>
      <div className="flex flex-wrap gap-1.5">
        <Button
          icon={<Archive className="size-3.5" aria-hidden />}
          onClick={() => void setAside(record, true)}
        >
          {m.rules_set_aside()}
        </Button>
        <HistoryButton id={record.id} />
      </div>
    </div>
  );
}

/** Where the time is in a goal's period. */
function when(record: RecordInfo, today: string): 'past' | 'present' | 'future' {
  if (textOf(record, 'to') < today) return 'past';
  return textOf(record, 'from') > today ? 'future' : 'present';
}

function Period({ title, goals }: { title: string; goals: RecordInfo[] }) {
  const [openId, setOpenId] = useOpenRule();
  return (
    <RuleSection title={title}>
      <RuleList label={title}>
        {goals.map((goal) => (
          <RuleRow
            key={goal.id}
            name={nameOf(goal)}
            lead={dayRange(textOf(goal, 'from'), textOf(goal, 'to'))}
            open={openId === goal.id}
            onOpen={(open) => setOpenId(open ? goal.id : null)}
            details={<Details record={goal} />}
          >
            <span className="numeric font-medium">
              {money(numberOf(goal, 'amount') ?? 0, textOf(goal, 'currency') || null)}
            </span>
          </RuleRow>
        ))}
      </RuleList>
    </RuleSection>
  );
}

/** The revenue that everybody aims at, period by period. */
export function GoalRules() {
  const goals = useRules('goal');
  const create = useWindow((state) => state.create);
  if (goals === undefined) return null;
  const today = isoDay(new Date());
  const byTime = goals.toSorted((a, b) => (textOf(a, 'from') < textOf(b, 'from') ? 1 : -1));
  return (
    <>
      <div className="flex items-start gap-3">
        <p className="min-w-0 flex-1 text-quiet">
          {m.goals_lead()}{' '}
          <Link to="/numbers" search={{}} className="text-accent underline underline-offset-3">
            {m.goals_rules_progress()}
          </Link>
        </p>
        <Button
          look="primary"
          icon={<Plus className="size-3.5" aria-hidden />}
          onClick={() => create('goal', { ...spanOf({ preset: 'this_quarter' }, today) })}
        >
          {m.action_new({ kind: kindInSentence('goal') })}
        </Button>
      </div>
      {goals.length === 0 && (
        <p className="rounded-panel bg-sunken px-4 py-3 text-quiet">{m.goals_rules_empty()}</p>
      )}
      {(['present', 'future', 'past'] as const).map((time) => {
        const shown = byTime.filter((goal) => when(goal, today) === time);
        return shown.length === 0 ? null : (
          <Period key={time} title={message(`goals_rules_${time}`) ?? ''} goals={shown} />
        );
      })}
    </>
  );
}
