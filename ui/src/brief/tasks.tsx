import { Check, Circle, TriangleAlert } from 'lucide-react';
import type { RecordInfo } from '@/api/types';
import { cx } from '@/components/cx';
import { day } from '@/i18n/format';
import { m } from '@/paraglide/messages.js';
import { isoDay } from '@/records/parse';
import { isLink } from '@/records/value';
import { RecordLink } from './record-link';
import { None, Part } from './section';

function Task({ task, risk }: { task: RecordInfo; risk: boolean }) {
  const { due_on, done_on, owner } = task.fields;
  const done = typeof done_on === 'string';
  const late = !done && typeof due_on === 'string' && due_on < isoDay(new Date());
  const Icon = done ? Check : risk ? TriangleAlert : Circle;
  const when = done
    ? m.brief_done({ day: day(done_on) })
    : typeof due_on !== 'string'
      ? ''
      : late
        ? m.brief_late({ day: day(due_on) })
        : m.brief_due({ day: day(due_on) });
  return (
    <li className="flex items-start gap-2">
      <Icon
        className={cx(
          'mt-1 size-3.5 shrink-0',
          done ? 'text-service' : late || risk ? 'text-warning' : 'text-quiet',
        )}
        aria-hidden
      />
      <div className="min-w-0 flex-1">
        <RecordLink to={task} className={done ? 'text-quiet' : ''} />
        <p className={cx('text-small', late ? 'text-danger' : 'text-quiet')}>
          {[when, isLink(owner) ? owner.title : ''].filter((part) => part !== '').join(' · ')}
        </p>
      </div>
    </li>
  );
}

/** Promises, risks or tasks: what is open stands first. */
export function Tasks({
  title,
  tasks,
  none,
  risk = false,
}: {
  title: string;
  tasks: RecordInfo[];
  /** What is said where there is none; absent: nothing at all. */
  none?: string;
  risk?: boolean;
}) {
  if (tasks.length === 0 && none === undefined) return null;
  return (
    <Part title={title} count={tasks.length}>
      {tasks.length === 0 && <None>{none}</None>}
      <ul className="flex flex-col gap-1.5">
        {tasks.map((task) => (
          <Task key={task.id} task={task} risk={risk} />
        ))}
      </ul>
    </Part>
  );
}
