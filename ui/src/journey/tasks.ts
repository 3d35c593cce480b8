import { queryOptions, useQuery } from '@tanstack/react-query';
import { rpc } from '@/api/rpc';
import { useRules } from '@/api/rules';
import type { RecordInfo } from '@/api/types';
import { ruleName } from '@/i18n/rule-names';
import { isLink } from '@/records/value';

/** Everything to be done about an opportunity, promised, or to worry about: what is due first leads. */
const tasksQuery = (opportunity: string) =>
  queryOptions({
    queryKey: ['list', 'task', { opportunity }],
    queryFn: () =>
      rpc('list', {
        kind: 'task',
        filters: [{ field: 'opportunity', op: 'is', value: opportunity }],
        sort: [
          { field: 'due_on', descending: false },
          { field: 'created_at', descending: false },
        ],
        limit: 500,
      }),
  });

export const isDone = ({ fields }: RecordInfo): boolean => typeof fields.done_on === 'string';

/** Open ones first; within those, as they come. */
const openFirst = (tasks: RecordInfo[]) => [
  ...tasks.filter((task) => !isDone(task)),
  ...tasks.filter((task) => isDone(task)),
];

/** An opportunity's tasks by their type; one without a type is a task. */
export function useTasks(opportunity: string): (type: string) => RecordInfo[] {
  const { data } = useQuery(tasksQuery(opportunity));
  return (type) => openFirst((data?.records ?? []).filter(({ fields }) => (fields.type ?? 'task') === type));
}

/** What a task is called: one that came from a step of the defaults, in the reader's language. */
export function useTaskTitle(): (task: RecordInfo) => string {
  const steps = useRules('onboarding_step');
  return ({ fields: { step }, title }) => {
    const key = isLink(step) ? steps?.find(({ id }) => id === step.id)?.fields.key : undefined;
    return ruleName('onboarding_step', { key: typeof key === 'string' ? key : '', name: title });
  };
}
