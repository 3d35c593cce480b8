import { useRules } from '@/api/rules';
import type { RecordInfo } from '@/api/types';
import { fieldLabel, optionLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { AddLine } from './add-line';
import { nameOf } from './drafted';
import { isOn, lastRank, numberOf, textOf } from './records';
import { MovableRow, RuleList } from './rule-list';
import { HistoryButton, NameField, RuleSection, TeamField, UseButton } from './rule-parts';
import { useOpenRule } from './use-open-rule';
import { makeRule, moveRule, useWrite } from './write';
import { WrittenNumber } from './written';

function Details({ record }: { record: RecordInfo }) {
  return (
    <div className="@container flex flex-col gap-4">
      <div className="@max-lg:grid-cols-1 grid grid-cols-[minmax(0,1fr)_160px] gap-3">
        <NameField record={record} />
        <TeamField record={record} />
      </div>
      <div className="flex flex-wrap gap-1.5">
        <UseButton record={record} />
        <HistoryButton id={record.id} />
      </div>
    </div>
  );
}

/** What is done with every customer once they are won. */
export function OnboardingRules() {
  const records = useRules('onboarding_step');
  const [openId, setOpenId] = useOpenRule();
  const write = useWrite();
  if (records === undefined) return null;
  return (
    <RuleSection
      title={m.kind_onboarding_step_many()}
      lead={m.onboarding_lead()}
      aside={<span className="caps w-40 shrink-0">{m.onboarding_due()}</span>}
    >
      <RuleList label={m.kind_onboarding_step_many()} onMove={(from, to) => void moveRule(records, from, to)}>
        {records.map((record, index) => (
          <MovableRow
            key={record.id}
            id={record.id}
            index={index}
            name={nameOf(record)}
            lead={
              isOn(record) ? optionLabel('onboarding_step', 'team', textOf(record, 'team')) : m.rules_unused()
            }
            off={!isOn(record)}
            open={openId === record.id}
            onOpen={(open) => setOpenId(open ? record.id : null)}
            details={<Details record={record} />}
          >
            <WrittenNumber
              label={`${nameOf(record)}: ${fieldLabel('onboarding_step', 'due_days')}`}
              value={numberOf(record, 'due_days')}
              max={3650}
              className="w-14"
              unit={<span className="inline-block w-24 text-left">{m.onboarding_days_after()}</span>}
              onWrite={(days) => write(record, { due_days: days })}
            />
          </MovableRow>
        ))}
      </RuleList>
      <div className={records.length > 0 ? 'border-line border-t' : ''}>
        <AddLine
          label={m.onboarding_add()}
          onAdd={(name) =>
            makeRule('onboarding_step', {
              name,
              team: 'service',
              due_days: 14,
              active: true,
              rank: lastRank(records),
            })
          }
        />
      </div>
    </RuleSection>
  );
}
