import { useRules } from '@/api/rules';
import type { RecordInfo } from '@/api/types';
import { Select } from '@/components/select';
import { FormField } from '@/components/text-input';
import { fieldLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { isLink } from '@/records/value';
import { AddLine } from './add-line';
import { nameOf } from './drafted';
import { isOn, lastRank, textOf } from './records';
import { MovableRow, RuleList } from './rule-list';
import { HistoryButton, NameField, RuleSection, UseButton } from './rule-parts';
import { useOpenRule } from './use-open-rule';
import { makeRule, moveRule, useTell } from './write';

/** No criterion: no id is empty. */
const NONE = '-';

function Details({ record, criteria }: { record: RecordInfo; criteria: RecordInfo[] }) {
  const tell = useTell();
  const { criterion } = record.fields;
  return (
    <div className="@container flex flex-col gap-4">
      <div className="@max-lg:grid-cols-1 grid grid-cols-2 gap-3">
        <NameField record={record} />
        {textOf(record, 'type') === 'return' && (
          <FormField label={fieldLabel('reason', 'criterion')} hint={m.reasons_contradicts_hint()}>
            {(props) => (
              <Select
                {...props}
                value={isLink(criterion) ? criterion.id : NONE}
                options={[
                  { value: NONE, label: m.reasons_contradicts_none() },
                  ...criteria.map((one) => ({ value: one.id, label: nameOf(one) })),
                ]}
                onChange={(id) => {
                  const chosen = criteria.find((one) => one.id === id);
                  tell(record, {
                    criterion: chosen === undefined ? null : { id: chosen.id, title: chosen.title },
                  });
                }}
              />
            )}
          </FormField>
        )}
      </div>
      <div className="flex flex-wrap gap-1.5">
        <UseButton record={record} />
        <HistoryButton id={record.id} />
      </div>
    </div>
  );
}

/** What a reason contradicts, in words. */
function contradicted(record: RecordInfo, criteria: RecordInfo[]): string | undefined {
  const { criterion } = record.fields;
  if (!isLink(criterion)) return undefined;
  const known = criteria.find((one) => one.id === criterion.id);
  return m.reasons_contradicts({ criterion: known === undefined ? criterion.title : nameOf(known) });
}

function Reasons({
  type,
  records,
  criteria,
}: {
  type: 'return' | 'exit';
  records: RecordInfo[];
  criteria: RecordInfo[];
}) {
  const [openId, setOpenId] = useOpenRule();
  const [title, lead] =
    type === 'return'
      ? [m.reasons_return(), m.reasons_return_lead()]
      : [m.reasons_exit(), m.reasons_exit_lead()];
  return (
    <RuleSection title={title} lead={lead}>
      <RuleList label={title} onMove={(from, to) => void moveRule(records, from, to)}>
        {records.map((record, index) => (
          <MovableRow
            key={record.id}
            id={record.id}
            index={index}
            name={nameOf(record)}
            lead={contradicted(record, criteria)}
            off={!isOn(record)}
            open={openId === record.id}
            onOpen={(open) => setOpenId(open ? record.id : null)}
            details={<Details record={record} criteria={criteria} />}
          >
            {!isOn(record) && <span className="text-quiet text-small">{m.rules_unused()}</span>}
          </MovableRow>
        ))}
      </RuleList>
      <div className={records.length > 0 ? 'border-line border-t' : ''}>
        <AddLine
          label={type === 'return' ? m.reasons_add_return() : m.reasons_add_exit()}
          onAdd={(name) => makeRule('reason', { name, type, active: true, rank: lastRank(records) })}
        />
      </div>
    </RuleSection>
  );
}

/** Why a lead is given back, and why an opportunity leaves the process. */
export function ReasonRules() {
  const records = useRules('reason');
  const criteria = useRules('criterion') ?? [];
  if (records === undefined) return null;
  const of = (type: string) => records.filter((record) => textOf(record, 'type') === type);
  return (
    <>
      <Reasons type="return" records={of('return')} criteria={criteria} />
      <Reasons type="exit" records={of('exit')} criteria={criteria} />
    </>
  );
}
