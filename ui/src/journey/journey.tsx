import { useQuery } from '@tanstack/react-query';
import { gateQuery, marksQuery } from '@/api/journey';
import { relatedQuery, useApp } from '@/api/queries';
import { useSchema } from '@/api/schema';
import type { GateInfo, Marks, RecordInfo } from '@/api/types';
import { FailureLine } from '@/components/failure';
import { m } from '@/paraglide/messages.js';
import { Chain } from './chain';
import { Claim, type Standing, standingOf } from './claim';
import { Commitments, PROMISES, RISKS } from './commitments';
import { Contacts } from './contacts';
import { Gate } from './gate';
import { Nurture } from './nurture';
import { Onboarding, OnboardingAhead } from './onboarding';
import { Renewal } from './renewal';
import { Routing } from './routing';
import { Section } from './section';
import { TwoClaims } from './settlement';
import { TaskRow } from './task-row';
import { useTasks, useTaskTitle } from './tasks';

/** A lead's way to sales: the gate, who should get it, the offer. */
function Lead({
  record,
  isOffered,
  gate,
  marks,
}: {
  record: RecordInfo;
  isOffered: boolean;
  gate: GateInfo;
  marks: Marks | null;
}) {
  const isLate = marks?.clocks.some((clock) => clock.kind === 'accept' && clock.state === 'overdue') ?? false;
  return (
    <>
      <Gate gate={gate} folded={isOffered} />
      {(!isOffered || isLate) && <Routing record={record} gate={gate} again={isLate} />}
    </>
  );
}

/** What else is to be done about it. */
function Tasks({ tasks }: { tasks: RecordInfo[] }) {
  const titleOf = useTaskTitle();
  if (tasks.length === 0) return null;
  return (
    <Section title={m.kind_task_many()} note={tasks.length}>
      <ul>
        {tasks.map((task) => (
          <TaskRow key={task.id} task={task} title={titleOf(task)} />
        ))}
      </ul>
    </Section>
  );
}

/** What is kept along the way and, once won, what service does with it. */
function Along({
  record,
  phase,
  followers,
  marks,
}: {
  record: RecordInfo;
  phase: string;
  followers: RecordInfo[];
  marks: Marks | null;
}) {
  const tasks = useTasks(record.id);
  const isWon = record.fields.stage === 'won';
  const isCustomer = isWon || phase === 'service';
  const keeps = phase === 'sales' || phase === 'service';
  const [promises, risks] = [tasks('promise'), tasks('risk')];
  return (
    <>
      {isWon && <OnboardingAhead record={record} />}
      <Onboarding record={record} steps={tasks('onboarding')} />
      {(keeps || promises.length > 0) && <Commitments record={record} sort={PROMISES} tasks={promises} />}
      {(keeps || risks.length > 0) && <Commitments record={record} sort={RISKS} tasks={risks} />}
      <Tasks tasks={tasks('task')} />
      {isCustomer && <Contacts id={record.id} />}
      {isCustomer && (
        <Renewal
          record={record}
          followers={followers}
          clock={marks?.clocks.find((clock) => clock.kind === 'renewal')}
        />
      )}
    </>
  );
}

/**
 * An opportunity's way from first interest to renewal, on the record itself: what passes between the teams now, what was
 * promised along the way, what follows from it.
 */
export function Journey({ record }: { record: RecordInfo }) {
  const { stages } = useSchema();
  const me = useApp()?.workspace?.me.id;
  const stage = record.fields.stage;
  const phase = stages.find(({ name }) => name === stage)?.phase ?? '';
  const { data: marks = null, error: unmarked } = useQuery(marksQuery(record.id));
  const { data: related } = useQuery(relatedQuery(record.id));
  const isWorked = phase === 'marketing' || (phase === 'sales' && stage !== 'won');
  const { data: gate, error: ungated } = useQuery({ ...gateQuery(record.id), enabled: isWorked });
  const followers =
    related?.groups.find((group) => group.kind === 'opportunity' && group.field === 'parent')?.records ?? [];
  const standing: Standing = standingOf(record, phase, me);
  return (
    <>
      <FailureLine error={ungated ?? unmarked} className="border-line border-t px-4 py-3" />
      <TwoClaims id={record.id} />
      <Claim record={record} standing={standing} clocks={marks?.clocks ?? []} />
      {stage === 'nurture' && <Nurture record={record} isBack={marks?.is_back ?? false} />}
      {gate !== undefined && phase === 'marketing' && (
        <Lead record={record} isOffered={standing.offeredTo !== null} gate={gate} marks={marks} />
      )}
      <Along record={record} phase={phase} followers={followers} marks={marks} />
      {gate !== undefined && phase === 'sales' && <Gate gate={gate} folded />}
      <Chain record={record} followers={followers} />
    </>
  );
}
