import type { RecordInfo } from '@/api/types';
import { TaskRow } from '@/journey/task-row';
import { useTaskTitle } from '@/journey/tasks';
import { None, Part } from './section';

/** Promises, risks or tasks: what is open stands first. */
export function Tasks({
  title,
  tasks,
  none,
}: {
  title: string;
  tasks: RecordInfo[];
  /** What is said where there is none; absent: nothing at all. */
  none?: string;
}) {
  const titleOf = useTaskTitle();
  if (tasks.length === 0 && none === undefined) return null;
  return (
    <Part title={title} count={tasks.length}>
      {tasks.length === 0 && <None>{none}</None>}
      <ul>
        {tasks.map((task) => (
          <TaskRow key={task.id} task={task} title={titleOf(task)} />
        ))}
      </ul>
    </Part>
  );
}
