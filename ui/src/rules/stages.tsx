import { Archive, Undo2 } from 'lucide-react';
import { useRules } from '@/api/rules';
import { useSchema } from '@/api/schema';
import type { RecordInfo, StageInfo } from '@/api/types';
import { PHASE_FILL, PHASE_TEXT, StageMark } from '@/components/badges';
import { Button } from '@/components/button';
import { cx } from '@/components/cx';
import { Select } from '@/components/select';
import { FormField } from '@/components/text-input';
import { fieldLabel, optionLabel, phaseLabel, stageLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { AddLine } from './add-line';
import { conditionsSentence, idsIn } from './condition-words';
import { readConditions } from './conditions';
import { nameOf } from './drafted';
import { KeptConditions } from './kept-conditions';
import { numberOf, textOf } from './records';
import { MovableRow, RuleList } from './rule-list';
import { HistoryButton, NameField, TeamField } from './rule-parts';
import { useOpenRule } from './use-open-rule';
import { useTitles } from './use-titles';
import { makeRule, moveRule, setAside, useTell, useWrite } from './write';
import { WrittenNumber } from './written';

const PHASES = ['marketing', 'sales', 'service', 'exit'];

function Details({ record, info }: { record: RecordInfo; info: StageInfo | undefined }) {
  const write = useWrite();
  const tell = useTell();
  const fixed = info?.fixed === true;
  return (
    <div className="@container flex flex-col gap-4">
      <div className="@max-lg:grid-cols-1 grid grid-cols-[minmax(0,1fr)_160px_160px] gap-3">
        <NameField record={record} />
        <FormField label={fieldLabel('stage', 'phase')}>
          {(props) => (
            <Select
              {...props}
              disabled={fixed}
              value={textOf(record, 'phase')}
              options={PHASES.map((value) => ({ value, label: phaseLabel(value) }))}
              onChange={(phase) => tell(record, { phase })}
            />
          )}
        </FormField>
        <TeamField record={record} />
      </div>
      <KeptConditions
        label={fieldLabel('stage', 'entry')}
        value={record.fields.entry}
        nothing={m.stages_entry_nothing()}
        onWrite={(entry) => write(record, { entry })}
      />
      <div className="flex flex-wrap items-center gap-1.5">
        {!fixed && (
          <Button
            icon={<Archive className="size-3.5" aria-hidden />}
            onClick={() => void setAside(record, true)}
          >
            {m.rules_set_aside()}
          </Button>
        )}
        <HistoryButton id={record.id} />
        {fixed && <p className="text-quiet text-small">{m.stages_fixed()}</p>}
      </div>
    </div>
  );
}

function Lead({ record }: { record: RecordInfo }) {
  const schema = useSchema();
  const titles = useTitles(idsIn(schema, readConditions(record.fields.entry) ?? []));
  const entry = conditionsSentence(schema, record.fields.entry, titles);
  const team = optionLabel('stage', 'team', textOf(record, 'team'));
  return (
    <span className="block truncate">
      {team}
      {entry !== '' && ` · ${m.stages_enters_when({ conditions: entry })}`}
    </span>
  );
}

function Stage({
  record,
  index,
  info,
  open,
  onOpen,
}: {
  record: RecordInfo;
  index: number;
  info: StageInfo | undefined;
  open: boolean;
  onOpen: (open: boolean) => void;
}) {
  const write = useWrite();
  const name = nameOf(record);
  return (
    <MovableRow
      id={record.id}
      index={index}
      name={name}
      mark={<StageMark stage={textOf(record, 'key')} className="mt-[3px]" />}
      lead={<Lead record={record} />}
      open={open}
      onOpen={onOpen}
      details={<Details record={record} info={info} />}
    >
      <WrittenNumber
        label={`${name}: ${fieldLabel('stage', 'rest_days')}`}
        value={numberOf(record, 'rest_days')}
        optional
        min={1}
        max={3650}
        placeholder="∞"
        className="w-14"
        unit={m.rules_days_unit()}
        onWrite={(days) => write(record, { rest_days: days })}
      />
    </MovableRow>
  );
}

function Phase({ phase, records }: { phase: string; records: RecordInfo[] }) {
  const { stages } = useSchema();
  const [openId, setOpenId] = useOpenRule();
  const label = phaseLabel(phase);
  return (
    <section aria-label={label}>
      <h2 className="flex items-center gap-2 pb-1">
        <span aria-hidden className={cx('h-0.5 w-4 rounded-full', PHASE_FILL[phase])} />
        <span className={cx('font-semibold text-small', PHASE_TEXT[phase])}>{label}</span>
        <span className="caps ml-auto w-28 pr-2">{m.stages_rest()}</span>
      </h2>
      <div className="rounded-panel border border-line">
        <RuleList label={label} onMove={(from, to) => void moveRule(records, from, to)}>
          {records.map((record, index) => (
            <Stage
              key={record.id}
              record={record}
              index={index}
              info={stages.find(({ id }) => id === record.id)}
              open={openId === record.id}
              onOpen={(open) => setOpenId(open ? record.id : null)}
            />
          ))}
        </RuleList>
        <div className={cx(records.length > 0 && 'border-line border-t')}>
          <AddLine
            label={m.stages_add_to({ phase: label })}
            onAdd={(name) => makeRule('stage', { name, phase })}
          />
        </div>
      </div>
    </section>
  );
}

/** Stages that were set aside, each to be taken back. */
function SetAside({ stages }: { stages: StageInfo[] }) {
  if (stages.length === 0) return null;
  return (
    <section aria-label={m.stages_set_aside()}>
      <h2 className="pb-1 font-semibold text-quiet text-small">{m.stages_set_aside()}</h2>
      <ul className="rounded-panel border border-line">
        {stages.map((stage) => (
          <li
            key={stage.id}
            className="flex h-9 items-center gap-2 border-line border-b pr-2 pl-3 last:border-b-0"
          >
            <StageMark stage={stage.name} />
            <span className="min-w-0 flex-1 truncate">
              {stageLabel(stage.name)}
              <span className="text-quiet"> · {phaseLabel(stage.phase)}</span>
            </span>
            <Button
              icon={<Undo2 className="size-3.5" aria-hidden />}
              onClick={() => void setAside({ id: stage.id, kind: 'stage' }, false)}
            >
              {m.rules_use_again()}
            </Button>
          </li>
        ))}
      </ul>
      <p className="mt-1.5 text-quiet text-small">{m.board_set_aside_lead()}</p>
    </section>
  );
}

/** The stages of the process, phase by phase: called otherwise, moved, added, set aside. */
export function StageRules() {
  const { stages } = useSchema();
  const records = useRules('stage');
  if (records === undefined) return null;
  return (
    <>
      <p className="max-w-[80ch] text-quiet">{m.stages_lead()}</p>
      {PHASES.map((phase) => (
        <Phase
          key={phase}
          phase={phase}
          records={records.filter((record) => textOf(record, 'phase') === phase)}
        />
      ))}
      <SetAside stages={stages.filter((stage) => stage.set_aside)} />
    </>
  );
}
