import { RotateCcw } from 'lucide-react';
import type { Tried } from '@/api/journey';
import { useSchema } from '@/api/schema';
import type { RecordInfo } from '@/api/types';
import { Button } from '@/components/button';
import { Segmented } from '@/components/segmented';
import { FormField } from '@/components/text-input';
import { fieldLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { AddLine } from './add-line';
import { useBacktest } from './backtest';
import { conditionsSentence, idsIn } from './condition-words';
import { readConditions } from './conditions';
import { ConditionsEditor } from './conditions-editor';
import { isNewId } from './draft';
import { type DraftedRules, nameOf, useDrafted } from './drafted';
import { isOn, moved, numberOf, rankBeforeLast, textOf } from './records';
import { Pool, poolWords } from './routing-pool';
import { MovableRow, RuleList, RuleRow } from './rule-list';
import { HistoryButton, RuleSection } from './rule-parts';
import { TriedIn, TriedNumber } from './tried-leads';
import type { DraftHandle } from './use-draft';
import { useOpenRule } from './use-open-rule';
import { useTitles } from './use-titles';
import { WrittenNumber, WrittenText } from './written';

/** Whether routing proposes or assigns, and how much a rep's own record weighs. */
function Mode({ policy }: { policy: DraftedRules }) {
  const record = policy.rules[0];
  if (record === undefined) return null;
  const assigns = textOf(record, 'routing') === 'assign';
  return (
    <div className="rounded-panel bg-sunken px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Segmented
          label={fieldLabel('policy', 'routing')}
          value={assigns ? 'assign' : 'propose'}
          options={[
            { value: 'propose', label: m.routing_proposes() },
            { value: 'assign', label: m.routing_assigns() },
          ]}
          onChange={(routing) => policy.edit(record, { routing })}
        />
        <p className="min-w-0 flex-1 text-quiet text-small">
          {assigns ? m.routing_assigns_lead() : m.routing_proposes_lead()}
        </p>
      </div>
      <p className="mt-1 leading-8">
        {m.routing_prior_before()}{' '}
        <WrittenNumber
          label={fieldLabel('policy', 'prior_strength')}
          value={numberOf(record, 'prior_strength')}
          max={10_000}
          className="w-14"
          onWrite={(value) => policy.edit(record, { prior_strength: value })}
        />{' '}
        {m.routing_prior_after()}
      </p>
    </div>
  );
}

interface RuleProps {
  record: RecordInfo;
  onEdit: (patch: Record<string, unknown>) => void;
  onRevert: (() => void) | null;
}

function Details({ record, onEdit, onRevert }: RuleProps) {
  const isNew = isNewId(record.id);
  return (
    <div className="@container flex flex-col gap-4">
      <FormField label={fieldLabel('routing_rule', 'name')} required>
        {() => (
          <WrittenText
            label={fieldLabel('routing_rule', 'name')}
            value={nameOf(record)}
            required
            onWrite={(name) => onEdit({ name })}
          />
        )}
      </FormField>
      <ConditionsEditor
        label={m.routing_takes_when()}
        value={record.fields.when}
        nothing={m.routing_every_lead_lead()}
        withGate
        onChange={(when) => onEdit({ when })}
      />
      <Pool record={record} onEdit={onEdit} />
      <div className="flex flex-wrap gap-1.5">
        {isNew && onRevert !== null ? (
          <Button onClick={onRevert}>{m.rules_drop_new()}</Button>
        ) : (
          <Button onClick={() => onEdit({ active: !isOn(record) })}>
            {isOn(record) ? m.rules_take_out() : m.rules_use_again()}
          </Button>
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

function Lead({ record }: { record: RecordInfo }) {
  const schema = useSchema();
  const titles = useTitles(idsIn(schema, readConditions(record.fields.when) ?? []));
  const when = conditionsSentence(schema, record.fields.when, titles);
  return (
    <>
      <span className="block truncate">{when === '' ? m.routing_every_lead() : when}</span>
      <span className="block truncate text-text/80">→ {poolWords(record)}</span>
    </>
  );
}

/** How many of the leads of the back-test a rule would take. */
function Taken({ tried, rule, name }: { tried: Tried | undefined; rule: string; name: string }) {
  const leads = tried?.draft.routes.find((route) => route.rule === rule)?.leads;
  return (
    <span className="w-24 text-right">
      {tried !== undefined && leads !== undefined && (
        <TriedIn value={tried.asked}>
          <TriedNumber leads={leads} of={m.routing_taken_by({ rule: name })} />
        </TriedIn>
      )}
    </span>
  );
}

/** Which pool a lead goes to: the first rule that holds. */
export function RoutingRules({ handle }: { handle: DraftHandle }) {
  const routing = useDrafted('routing_rule', handle);
  const policy = useDrafted('policy', handle);
  const { data } = useBacktest(handle);
  const [openId, setOpenId] = useOpenRule();
  if (routing === undefined || policy === undefined) return null;
  const used = routing.rules.filter((record) => isOn(record));
  const unused = routing.rules.filter((record) => !isOn(record));
  const revert = (record: RecordInfo) =>
    handle.draft.routing_rule?.[record.id] === undefined
      ? null
      : () => handle.drop('routing_rule', record.id);
  const shared = (record: RecordInfo) => ({
    name: nameOf(record),
    lead: <Lead record={record} />,
    open: openId === record.id,
    onOpen: (open: boolean) => setOpenId(open ? record.id : null),
    drafted: revert(record) !== null,
    details: (
      <Details record={record} onEdit={(patch) => routing.edit(record, patch)} onRevert={revert(record)} />
    ),
  });
  return (
    <div className="flex flex-col gap-5">
      <Mode policy={policy} />
      <RuleSection
        title={m.kind_routing_rule_many()}
        lead={m.routing_lead()}
        aside={<span className="caps w-24 shrink-0 pr-2 text-right">{m.routing_leads()}</span>}
      >
        <RuleList
          label={m.kind_routing_rule_many()}
          onMove={(from, to) => {
            for (const { record, rank } of moved(used, from, to)) routing.edit(record, { rank });
          }}
        >
          {used.map((record, index) => (
            <MovableRow key={record.id} id={record.id} index={index} {...shared(record)}>
              <Taken tried={data} rule={record.id} name={nameOf(record)} />
            </MovableRow>
          ))}
        </RuleList>
        <div className="flex items-center gap-3 border-line border-t py-2 pr-2 pl-8 text-quiet">
          <span className="min-w-0 flex-1">{m.routing_otherwise()}</span>
          <Taken tried={data} rule="" name={m.routing_otherwise()} />
        </div>
        <div className="border-line border-t">
          <AddLine
            label={m.routing_add()}
            onAdd={async (name) =>
              setOpenId(
                handle.make('routing_rule', {
                  name,
                  team: 'sales',
                  active: true,
                  // Before the last one, which usually takes everything.
                  rank: rankBeforeLast(used),
                }),
              )
            }
          />
        </div>
      </RuleSection>
      {unused.length > 0 && (
        <RuleSection title={m.rules_unused()}>
          <RuleList label={m.rules_unused()}>
            {unused.map((record) => (
              <RuleRow key={record.id} off {...shared(record)} />
            ))}
          </RuleList>
        </RuleSection>
      )}
    </div>
  );
}
