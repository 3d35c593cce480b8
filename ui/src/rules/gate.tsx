import { Plus } from 'lucide-react';
import { findField, useKind } from '@/api/schema';
import type { RecordInfo } from '@/api/types';
import { Button, IconButton } from '@/components/button';
import { fieldLabel, optionLabel } from '@/i18n/labels';
import { percent } from '@/i18n/measures';
import { m } from '@/paraglide/messages.js';
import { Criterion } from './criterion';
import { isNewId } from './draft';
import { type DraftedRules, useDrafted } from './drafted';
import { isOn, lastRank, numberOf, textOf } from './records';
import { RuleList } from './rule-list';
import type { DraftHandle } from './use-draft';
import { useOpenRule } from './use-open-rule';
import { WrittenNumber } from './written';

/** What a lead needs to pass: the marks stand within the sentence that says so. */
function PassMark({ policy }: { policy: DraftedRules }) {
  const record = policy.rules[0];
  if (record === undefined) return null;
  const mark = (name: 'score_min' | 'confidence_min') => (
    <WrittenNumber
      label={fieldLabel('policy', name)}
      value={numberOf(record, name)}
      max={100}
      className="w-12"
      onWrite={(value) => policy.edit(record, { [name]: value })}
    />
  );
  return (
    <p className="rounded-panel bg-sunken px-3 py-1.5 leading-8">
      {m.gate_passes_from()} {mark('score_min')} {m.gate_passes_and()} {mark('confidence_min')}{' '}
      {m.gate_passes_known()}
    </p>
  );
}

function Heads() {
  return (
    <div
      aria-hidden
      className="caps grid grid-cols-[minmax(0,1fr)_auto] gap-3 border-line border-b bg-surface py-1.5 pr-2 pl-7"
    >
      <span>{m.gate_criterion()}</span>
      <span className="grid grid-cols-[104px_72px_112px] gap-2">
        <span>{fieldLabel('criterion', 'weight')}</span>
        <span className="text-center">{fieldLabel('criterion', 'required')}</span>
        <span>{m.criterion_fresh()}</span>
      </span>
    </div>
  );
}

interface GroupProps {
  handle: DraftHandle;
  criteria: DraftedRules;
  total: number;
  openId: string | null;
  onOpen: (id: string | null) => void;
}

function Rows({ records, handle, criteria, total, openId, onOpen }: GroupProps & { records: RecordInfo[] }) {
  return records.map((record) => (
    <Criterion
      key={record.id}
      record={record}
      total={total}
      open={openId === record.id}
      onOpen={(open) => onOpen(open ? record.id : null)}
      onEdit={(patch) => criteria.edit(record, patch)}
      onRevert={
        handle.draft.criterion?.[record.id] === undefined ? null : () => handle.drop('criterion', record.id)
      }
    />
  ));
}

/** The criteria of one family, and how much of the whole weight is theirs. */
function Family({
  family,
  records,
  onAdd,
  ...group
}: GroupProps & { family: string; records: RecordInfo[]; onAdd: () => void }) {
  const name = optionLabel('criterion', 'family', family);
  const weight = records.reduce((sum, record) => sum + (numberOf(record, 'weight') ?? 0), 0);
  return (
    <li>
      <div className="flex items-center gap-2 border-line border-b bg-sunken py-1 pr-2 pl-3">
        <h2 className="font-semibold text-small">{name}</h2>
        {records.length > 0 && group.total > 0 && (
          <span className="numeric text-quiet text-small">{percent(weight / group.total)}</span>
        )}
        <IconButton
          className="ml-auto size-6"
          label={m.gate_add_to({ family: name })}
          icon={<Plus className="size-3.5" />}
          onClick={onAdd}
        />
      </div>
      {records.length === 0 ? (
        <p className="border-line border-b px-3 py-2 text-quiet text-small">{m.gate_family_empty()}</p>
      ) : (
        <ul>
          <Rows records={records} {...group} />
        </ul>
      )}
    </li>
  );
}

/** The questions that decide whether a lead is ready for sales. */
export function GateRules({ handle }: { handle: DraftHandle }) {
  const criteria = useDrafted('criterion', handle);
  const policy = useDrafted('policy', handle);
  const families = findField(useKind('criterion'), 'family')?.options ?? [];
  const [openId, setOpenId] = useOpenRule();
  if (criteria === undefined || policy === undefined) return null;
  const used = criteria.rules.filter((record) => isOn(record));
  const unused = criteria.rules.filter((record) => !isOn(record));
  const total = used.reduce((sum, record) => sum + (numberOf(record, 'weight') ?? 0), 0);
  const group = { handle, criteria, total, openId, onOpen: setOpenId };
  const addTo = (family: string) =>
    setOpenId(
      handle.make('criterion', {
        name: '',
        family,
        weight: 10,
        active: true,
        rank: lastRank(criteria.rules),
      }),
    );
  return (
    <div className="flex flex-col gap-4">
      <PassMark policy={policy} />
      <div>
        <Heads />
        <RuleList label={m.kind_criterion_many()}>
          {families.map((family) => (
            <Family
              key={family}
              family={family}
              records={used.filter((record) => textOf(record, 'family') === family)}
              onAdd={() => addTo(family)}
              {...group}
            />
          ))}
          {unused.some((record) => !isNewId(record.id)) && (
            <li>
              <h2 className="border-line border-b bg-sunken px-3 py-1.5 font-semibold text-quiet text-small">
                {m.rules_unused()}
              </h2>
              <ul>
                <Rows records={unused} {...group} />
              </ul>
            </li>
          )}
        </RuleList>
      </div>
      <div>
        <Button icon={<Plus className="size-3.5" aria-hidden />} onClick={() => addTo(families[0] ?? 'fit')}>
          {m.gate_add()}
        </Button>
      </div>
    </div>
  );
}
