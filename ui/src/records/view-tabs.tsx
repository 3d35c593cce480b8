import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { MoreHorizontal, Plus, Save } from 'lucide-react';
import { useState } from 'react';
import { useArchive, useCreate, useEdit } from '@/api/actions';
import { listQuery } from '@/api/queries';
import type { RecordInfo } from '@/api/types';
import { Button, IconButton } from '@/components/button';
import { cx } from '@/components/cx';
import { Menu, MenuItem } from '@/components/menu';
import { Popover } from '@/components/popover';
import { FormField, TextInput } from '@/components/text-input';
import { useOnce } from '@/components/use-once';
import { m } from '@/paraglide/messages.js';
import { failureText } from '@/state/toasts';
import type { ListView } from './list-state';

/** The saved views of a kind, in their order. */
export function useViews(kind: string): RecordInfo[] {
  const selection = { kind: 'view', filters: [{ field: 'kind', op: 'is', value: kind }], sort: [], text: '' };
  return useQuery(listQuery(selection, 0)).data?.records ?? [];
}

function NameForm({
  label,
  start = '',
  onName,
}: {
  label: string;
  start?: string;
  onName: (name: string) => Promise<unknown>;
}) {
  const [name, setName] = useState(start);
  const [error, setError] = useState<string | null>(null);
  const { start: save } = useOnce(() => {
    if (name.trim() === '') return setError(m.error_name_missing());
    return onName(name.trim()).catch((cause: unknown) => setError(failureText(cause)));
  });
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <FormField label={label} error={error}>
        {(field) => (
          <TextInput autoFocus value={name} onChange={(event) => setName(event.target.value)} {...field} />
        )}
      </FormField>
      <Button look="primary" type="submit" className="self-end">
        {m.action_save()}
      </Button>
    </form>
  );
}

/** Saved views as tabs; what was changed about one can be saved to it, or as another. */
export function ViewTabs({
  kind,
  views,
  view,
  changed,
  onReset,
}: {
  kind: string;
  views: RecordInfo[];
  view: ListView;
  changed: boolean;
  onReset: () => void;
}) {
  const navigate = useNavigate();
  const active = useSearch({ strict: false }).view;
  const create = useCreate();
  const edit = useEdit();
  const archive = useArchive();
  const [naming, setNaming] = useState(false);
  const go = (id: string | undefined) =>
    void navigate({
      to: '.',
      search: (now) => ({ ...(now.record ? { record: now.record } : {}), ...(id ? { view: id } : {}) }),
    });
  const current = views.find((candidate) => candidate.id === active);
  const tab = (id: string | undefined, title: string) => (
    <li key={id ?? 'all'}>
      <button
        type="button"
        aria-current={active === id ? 'true' : undefined}
        onClick={() => go(id)}
        className={cx(
          'h-7 max-w-40 truncate rounded-control px-2.5 transition-colors',
          active === id ? 'bg-press font-medium' : 'text-quiet hover:bg-hover hover:text-text',
        )}
      >
        {title}
      </button>
    </li>
  );
  return (
    <nav aria-label={m.label_views()} className="flex min-w-0 items-center gap-1">
      <ul className="flex min-w-0 gap-0.5 overflow-x-auto">
        {tab(undefined, m.label_all())}
        {views.map((candidate) => tab(candidate.id, candidate.title))}
      </ul>
      {current !== undefined && (
        <Menu
          label={m.label_view_named({ name: current.title })}
          trigger={
            <IconButton
              label={m.label_view_named({ name: current.title })}
              icon={<MoreHorizontal className="size-4" />}
            />
          }
        >
          <MenuItem
            onSelect={() => {
              archive.mutate({ kind: 'view', ids: [current.id] });
              go(undefined);
            }}
          >
            {m.action_remove_view()}
          </MenuItem>
        </Menu>
      )}
      {changed && current !== undefined && (
        <Button
          look="ghost"
          icon={<Save className="size-3.5" aria-hidden />}
          onClick={() =>
            edit.mutate(
              { kind: 'view', ids: [current.id], fields: { query: JSON.stringify(view) } },
              { onSuccess: onReset },
            )
          }
        >
          {m.action_save_view()}
        </Button>
      )}
      {changed && (
        <Popover
          open={naming}
          onOpenChange={setNaming}
          title={m.action_save_as_view()}
          className="w-64 p-3"
          trigger={
            <Button look="ghost" className="text-quiet" icon={<Plus className="size-3.5" aria-hidden />}>
              {m.action_save_as_view()}
            </Button>
          }
        >
          <NameForm
            label={m.label_view_name()}
            onName={async (name) => {
              const made = await create.mutateAsync({
                kind: 'view',
                fields: { name, kind, query: JSON.stringify(view) },
              });
              setNaming(false);
              onReset();
              go(made.id);
            }}
          />
        </Popover>
      )}
    </nav>
  );
}
