import { ChevronDown, TriangleAlert, X } from 'lucide-react';
import { sayDone } from '@/api/actions';
import { noteChanged } from '@/api/events';
import { rpc } from '@/api/rpc';
import { useRules } from '@/api/rules';
import { findField, useSchema } from '@/api/schema';
import type { RecordInfo, SchemaInfo } from '@/api/types';
import { Button, IconButton } from '@/components/button';
import { Popover } from '@/components/popover';
import { useOnce } from '@/components/use-once';
import { fieldLabel, message } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import type { Titles } from '@/records/filter-sentence';
import { valueText } from '@/records/value';
import { complain, say } from '@/state/toasts';
import { conditionsSentence, idsIn } from './condition-words';
import { readConditions } from './conditions';
import { countOf, type Draft, type DraftedRule, overtaken, wire } from './draft';
import { CONDITION_FIELDS, nameOf, problemsIn } from './drafted';

import type { DraftHandle } from './use-draft';
import { useTitles } from './use-titles';

/** Kinds whose changes are drafted. */
const KINDS = ['policy', 'criterion', 'routing_rule'] as const;

function valueWords(schema: SchemaInfo, kind: string, name: string, value: unknown, titles: Titles): string {
  if (CONDITION_FIELDS[kind] === name) {
    const words = conditionsSentence(schema, value, titles);
    return words === '' ? m.rules_no_conditions() : words;
  }
  const field = findField(
    schema.kinds.find((candidate) => candidate.name === kind),
    name,
  );
  const words = field === undefined ? '' : valueText(kind, field, value);
  return words === '' ? m.rules_nothing() : words;
}

/** Order is seen, not read. */
const HIDDEN = new Set(['rank', 'key']);

function Changes({
  id,
  kind,
  rule,
  record,
}: {
  id: string;
  kind: string;
  rule: DraftedRule;
  record?: RecordInfo | undefined;
}) {
  const schema = useSchema();
  const conditions = CONDITION_FIELDS[kind];
  const all = conditions === undefined ? [] : [rule.fields[conditions], rule.was[conditions]];
  const titles = useTitles(all.flatMap((text) => idsIn(schema, readConditions(text) ?? [])));
  const fields = Object.keys(rule.fields).filter((name) => !HIDDEN.has(name));
  const late = record === undefined ? [] : overtaken(record, { [kind]: { [id]: rule } });
  if (rule.isNew === true) return <p className="text-quiet text-small">{m.rules_is_new()}</p>;
  return (
    <ul className="text-small">
      {fields.map((name) => (
        <li key={name}>
          <span className="text-quiet">{fieldLabel(kind, name)}: </span>
          <s className="text-quiet decoration-edge">
            {valueWords(schema, kind, name, rule.was[name], titles)}
          </s>
          {' → '}
          <span className="font-medium">{valueWords(schema, kind, name, rule.fields[name], titles)}</span>
          {late.includes(name) && (
            <span className="block text-warning">
              {m.rules_overtaken({ value: valueWords(schema, kind, name, record?.fields[name], titles) })}
            </span>
          )}
        </li>
      ))}
      {'rank' in rule.fields && <li className="text-quiet">{m.rules_is_moved()}</li>}
    </ul>
  );
}

/** What the draft changes, rule by rule; each can be taken out of it. */
function ChangeList({ handle }: { handle: DraftHandle }) {
  const known: Record<string, RecordInfo[] | undefined> = {
    policy: useRules('policy'),
    criterion: useRules('criterion'),
    routing_rule: useRules('routing_rule'),
  };
  return (
    <ul className="flex flex-col gap-3">
      {KINDS.flatMap((kind) =>
        Object.entries(handle.draft[kind] ?? {}).map(([id, rule]) => {
          const record = known[kind]?.find((one) => one.id === id);
          const name =
            kind === 'policy'
              ? m.rules_policy()
              : nameOf({ kind, fields: { ...record?.fields, ...(rule.fields as RecordInfo['fields']) } });
          return (
            <li key={`${kind} ${id}`} className="flex items-start gap-2">
              <div className="min-w-0 flex-1">
                <p className="font-medium">{name}</p>
                <Changes id={id} kind={kind} rule={rule} record={record} />
              </div>
              <IconButton
                label={m.rules_drop_change({ name })}
                icon={<X className="size-3.5" />}
                onClick={() => handle.drop(kind, id)}
              />
            </li>
          );
        }),
      )}
    </ul>
  );
}

/** Writes the draft, all of it as one action. */
async function switchOn(draft: Draft, clear: () => void): Promise<void> {
  try {
    const done = await rpc('switch_on', { drafts: wire(draft), reason: null });
    clear();
    noteChanged({ kinds: Object.keys(draft), ids: null });
    sayDone(m.rules_switched_on({ count: done.records }), done.change);
  } catch (cause) {
    complain(cause);
  }
}

/** Says that there is a draft, what it changes, and ends it one way or the other. */
export function DraftBar({ handle }: { handle: DraftHandle }) {
  const { busy, start } = useOnce(() => switchOn(handle.draft, handle.clear));
  const count = countOf(handle.draft);
  const problems = problemsIn(handle.draft);
  if (count === 0) return null;
  const discard = () => {
    const { draft } = handle;
    handle.clear();
    say(m.rules_discarded(), { undo: () => handle.set(draft) });
  };
  return (
    <section
      aria-label={m.rules_draft()}
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-accent-soft px-4 py-1.5"
    >
      <p className="min-w-0 flex-1">
        <strong className="font-semibold">{m.rules_draft()}</strong>
        <span className="text-quiet">{` · ${m.rules_draft_kept()}`}</span>
      </p>
      {problems.length > 0 && (
        <p className="flex items-center gap-1.5 text-danger" role="status">
          <TriangleAlert className="size-3.5 shrink-0" aria-hidden />
          {message(problems[0]?.problem ?? '')}
        </p>
      )}
      <div className="flex items-center gap-1.5">
        <Popover
          align="end"
          title={m.rules_changes()}
          className="max-h-[60vh] w-96 overflow-y-auto p-3"
          trigger={
            <Button look="ghost">
              {m.rules_change_count({ count })}
              <ChevronDown className="size-3.5 text-quiet" aria-hidden />
            </Button>
          }
        >
          <ChangeList handle={handle} />
        </Popover>
        <Button onClick={discard}>{m.rules_discard()}</Button>
        <Button look="primary" disabled={problems.length > 0 || busy} onClick={start}>
          {m.rules_switch_on()}
        </Button>
      </div>
    </section>
  );
}
