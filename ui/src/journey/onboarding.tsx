import { CircleCheck, Rocket } from 'lucide-react';
import { sayDone, useEdit } from '@/api/actions';
import { useRules } from '@/api/rules';
import type { RecordInfo } from '@/api/types';
import { Button } from '@/components/button';
import { message, stageLabel } from '@/i18n/labels';
import { useRecordAction } from '@/palette/record-actions';
import { m } from '@/paraglide/messages.js';
import { act } from './actions';
import { ruleTitle } from './criteria';
import { active } from './reasons';
import { Section } from './section';
import { TaskRow } from './task-row';
import { isDone, useTaskTitle } from './tasks';

/** The stage after onboarding; the process needs it, so it is there whatever it is called. */
const LIVE = 'live';

/** What a won customer's onboarding will be, and its beginning. */
export function OnboardingAhead({ record }: { record: RecordInfo }) {
  const steps = active(useRules('onboarding_step') ?? []);
  const { id, title } = record;
  const begin = () => void act('onboard', { id, reason: null }, m.said_onboarding({ title }));
  useRecordAction({ id: 'onboard', label: m.action_onboard(), icon: Rocket, run: begin });
  return (
    <Section title={m.onboarding_title()} note={m.onboarding_not_begun()}>
      <ol className="mb-2 flex flex-col gap-0.5">
        {steps.map((step) => (
          <li key={step.id} className="flex items-baseline gap-2">
            <span className="min-w-0 flex-1">{ruleTitle(step)}</span>
            <span className="numeric shrink-0 text-quiet text-small">
              {[
                typeof step.fields.team === 'string'
                  ? message(`option_member_team_${step.fields.team}`)
                  : null,
                typeof step.fields.due_days === 'number'
                  ? m.onboarding_on_day({ count: step.fields.due_days })
                  : null,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ol>
      <Button look="primary" icon={<Rocket className="size-3.5" aria-hidden />} onClick={begin}>
        {m.action_onboard()}
      </Button>
    </Section>
  );
}

/** What follows when every step is done: the customer is live. A rule that holds the move back asks as it does elsewhere. */
function GoLive({ record }: { record: RecordInfo }) {
  const edit = useEdit();
  const { id, title } = record;
  const label = m.onboarding_move({ stage: stageLabel(LIVE) });
  const said = (change: string) => sayDone(m.said_moved({ title, stage: stageLabel(LIVE) }), change);
  const move = () => edit.mutate({ kind: record.kind, ids: [id], fields: { stage: LIVE }, onWritten: said });
  useRecordAction({ id: 'go_live', label, icon: CircleCheck, run: move });
  return (
    <div className="mt-2 flex flex-wrap items-center gap-3">
      <Button look="primary" icon={<CircleCheck className="size-3.5" aria-hidden />} onClick={move}>
        {label}
      </Button>
      <span className="text-quiet">{m.onboarding_all_done()}</span>
    </div>
  );
}

/** The steps of an onboarding under way, ticked one by one. */
export function Onboarding({ record, steps }: { record: RecordInfo; steps: RecordInfo[] }) {
  const titleOf = useTaskTitle();
  if (steps.length === 0) return null;
  const done = steps.filter(isDone).length;
  return (
    <Section title={m.onboarding_title()} note={m.onboarding_progress({ done, total: steps.length })}>
      <span className="relative mb-1.5 block h-1 overflow-hidden rounded-full bg-press" aria-hidden>
        <span
          className="absolute inset-y-0 left-0 rounded-full bg-service transition-[width]"
          style={{ width: `${(100 * done) / steps.length}%` }}
        />
      </span>
      <ul>
        {steps.map((step) => (
          <TaskRow key={step.id} task={step} title={titleOf(step)} />
        ))}
      </ul>
      {done === steps.length && record.fields.stage === 'onboarding' && <GoLive record={record} />}
    </Section>
  );
}
