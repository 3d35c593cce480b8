import { Handshake, type LucideIcon, Plus, TriangleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { sayDone, useCreate } from '@/api/actions';
import { useApp } from '@/api/queries';
import type { RecordInfo } from '@/api/types';
import { Button, IconButton } from '@/components/button';
import { TextInput } from '@/components/text-input';
import { useOnce } from '@/components/use-once';
import { formatLocale } from '@/i18n/locale';
import { useRecordAction } from '@/palette/record-actions';
import { m } from '@/paraglide/messages.js';
import { dayHint } from '@/records/day-text';
import { parseDay } from '@/records/parse';
import { isLink } from '@/records/value';
import { useKeptDraft } from '@/state/kept-draft';
import { failureText } from '@/state/toasts';
import { Section } from './section';
import { TaskRow } from './task-row';

interface Sort {
  type: 'promise' | 'risk';
  icon: LucideIcon;
  title: () => string;
  add: () => string;
  empty: () => string;
  example: () => string;
  said: () => string;
}

/** What is kept along the way for whoever has the customer next. */
export const PROMISES: Sort = {
  type: 'promise',
  icon: Handshake,
  title: () => m.promises_title(),
  add: () => m.action_add_promise(),
  empty: () => m.promises_empty(),
  example: () => m.promises_example(),
  said: () => m.said_promise(),
};
export const RISKS: Sort = {
  type: 'risk',
  icon: TriangleAlert,
  title: () => m.risks_title(),
  add: () => m.action_add_risk(),
  empty: () => m.risks_empty(),
  example: () => m.risks_example(),
  said: () => m.said_risk(),
};

const EMPTY = { name: '', due: '' };

/** One line to write down what was promised or what may go wrong, and until when; Enter keeps it and waits for the next. */
function Add({ record, sort, onClose }: { record: RecordInfo; sort: Sort; onClose: () => void }) {
  const me = useApp()?.workspace?.me;
  const create = useCreate();
  const { draft, change, clear } = useKeptDraft(`${sort.type} ${record.id}`, EMPTY);
  const { name, due } = draft;
  const [error, setError] = useState<string | null>(null);
  const write = (part: Partial<typeof EMPTY>) => {
    change((now) => ({ ...now, ...part }));
    setError(null);
  };
  const { start: save } = useOnce(() => {
    const day = due.trim() === '' ? null : parseDay(due, formatLocale());
    if (name.trim() === '') return setError(m.error_name_missing());
    if (due.trim() !== '' && day === null) return setError(m.error_not_a_day());
    const { account } = record.fields;
    return create
      .mutateAsync({
        kind: 'task',
        fields: {
          name: name.trim(),
          type: sort.type,
          opportunity: { id: record.id, title: record.title },
          ...(isLink(account) ? { account } : {}),
          ...(me === undefined ? {} : { owner: me }),
          ...(day === null ? {} : { due_on: day }),
        },
      })
      .then(({ change }) => {
        clear();
        setError(null);
        sayDone(sort.said(), change);
      })
      .catch((cause: unknown) => setError(failureText(cause)));
  });
  return (
    <form
      className="mt-1"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <div className="flex gap-2">
        <span className="min-w-0 flex-1">
          <TextInput
            autoFocus
            aria-label={sort.add()}
            aria-invalid={error !== null || undefined}
            placeholder={sort.example()}
            value={name}
            onChange={(event) => write({ name: event.target.value })}
          />
        </span>
        <span className="w-36 shrink-0">
          <TextInput
            aria-label={m.commitment_until()}
            placeholder={dayHint()}
            value={due}
            onChange={(event) => write({ due: event.target.value })}
          />
        </span>
        <Button type="submit" look="primary" className="h-8">
          {m.action_save()}
        </Button>
      </div>
      {error !== null && (
        <p role="alert" className="mt-1 text-danger text-small">
          {error}
        </p>
      )}
    </form>
  );
}

/** What was promised to the buyer, or what may go wrong with them, with a line to add more. */
export function Commitments({
  record,
  sort,
  tasks,
}: {
  record: RecordInfo;
  sort: Sort;
  tasks: RecordInfo[];
}) {
  const [adding, setAdding] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  useRecordAction({
    id: `add ${sort.type}`,
    label: sort.add(),
    icon: sort.icon,
    run: () => setAdding(true),
  });
  return (
    <Section
      title={sort.title()}
      note={tasks.length > 0 ? tasks.length : sort.empty()}
      action={
        <IconButton
          ref={opener}
          className="size-6"
          label={sort.add()}
          icon={<Plus className="size-3.5" />}
          onClick={() => setAdding(true)}
        />
      }
    >
      {tasks.length > 0 && (
        <ul>
          {tasks.map((task) => (
            <TaskRow key={task.id} task={task} title={task.title} />
          ))}
        </ul>
      )}
      {adding && (
        <Add
          record={record}
          sort={sort}
          onClose={() => {
            setAdding(false);
            opener.current?.focus();
          }}
        />
      )}
    </Section>
  );
}
