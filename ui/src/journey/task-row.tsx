import { Link } from '@tanstack/react-router';
import { useEdit } from '@/api/actions';
import type { RecordInfo } from '@/api/types';
import { AgentNote, Avatar } from '@/components/badges';
import { cx } from '@/components/cx';
import { WithTooltip } from '@/components/tooltip';
import { useAtOnce } from '@/components/use-at-once';
import { day, daysBetween, fromToday } from '@/i18n/format';
import { m } from '@/paraglide/messages.js';
import { isoDay } from '@/records/parse';
import { isLink } from '@/records/value';
import { isDone } from './tasks';

function Due({ task }: { task: RecordInfo }) {
  const { due_on: due, done_on: done } = task.fields;
  if (typeof done === 'string')
    return <span className="text-quiet">{m.task_done_on({ day: day(done) })}</span>;
  if (typeof due !== 'string') return null;
  const daysLate = daysBetween(new Date(`${due}T00:00:00`), new Date());
  return (
    <span title={day(due, true)} className={daysLate > 0 ? 'text-danger' : 'text-quiet'}>
      {daysLate > 0 ? m.label_days_overdue({ count: daysLate }) : fromToday(due)}
    </span>
  );
}

/** A task, promise or risk: ticked where it stands, opened by its name. */
export function TaskRow({ task, title }: { task: RecordInfo; title: string }) {
  const edit = useEdit();
  const [done, tick] = useAtOnce(isDone(task), (done) =>
    edit.mutateAsync({ kind: 'task', ids: [task.id], fields: { done_on: done ? isoDay(new Date()) : null } }),
  );
  const { owner } = task.fields;
  return (
    <li className="-mx-2 flex items-start gap-2 rounded-control px-2 py-1 hover:bg-hover">
      <input
        type="checkbox"
        aria-label={m.task_tick({ title })}
        checked={done}
        onChange={(event) => tick(event.target.checked)}
        className="mt-0.75 size-3.5 shrink-0 accent-accent"
      />
      <Link
        to="/record/$id"
        params={{ id: task.id }}
        search={{}}
        className={cx(
          'wrap-anywhere min-w-0 flex-1 rounded-mark underline-offset-2 hover:underline',
          done && 'text-quiet line-through',
        )}
      >
        {title}
      </Link>
      <span className="numeric flex h-5 shrink-0 items-center gap-2 text-small">
        <Due task={task} />
        {isLink(owner) && (
          <WithTooltip label={owner.title}>
            <span>
              <Avatar id={owner.id} name={owner.title} size={16} />
              <span className="sr-only">{owner.title}</span>
              <AgentNote id={owner.id} />
            </span>
          </WithTooltip>
        )}
      </span>
    </li>
  );
}
