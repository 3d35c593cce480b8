import { useQuery } from '@tanstack/react-query';
import { Archive, ArchiveRestore, Ellipsis, History } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useArchive, useEdit } from '@/api/actions';
import { recordQuery } from '@/api/queries';
import { findField, useKind } from '@/api/schema';
import type { RecordInfo } from '@/api/types';
import { MemberName } from '@/components/badges';
import { IconButton } from '@/components/button';
import { EmptyState } from '@/components/empty-state';
import { GrownInput } from '@/components/grown-input';
import { Menu, MenuItem } from '@/components/menu';
import { Select } from '@/components/select';
import { ago } from '@/i18n/format';
import { fieldLabel, optionLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { isLink } from '@/records/value';
import { failureText } from '@/state/toasts';
import { useWindow } from '@/state/window';
import { NEW_PAGES } from './new-pages';
import { PageBody } from './page-body';

function Title({ page, onEnter }: { page: RecordInfo; onEnter: () => void }) {
  const edit = useEdit();
  const kept = String(page.fields.name ?? '');
  const [typed, setTyped] = useState<string | null>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (NEW_PAGES.delete(page.id)) input.current?.select();
  }, [page.id]);
  const keep = () => {
    const name = typed?.trim() ?? '';
    setTyped(null);
    if (name !== '' && name !== kept) edit.mutate({ kind: 'page', ids: [page.id], fields: { name } });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Enter') {
      event.currentTarget.blur();
      onEnter();
    } else if (event.key === 'Escape') setTyped(null);
    else return;
    event.preventDefault();
  };
  return (
    <div className="-mx-2">
      <GrownInput
        ref={input}
        aria-label={m.page_title()}
        value={typed ?? kept}
        onChange={(event) => setTyped(event.target.value.replaceAll('\n', ' '))}
        onBlur={keep}
        onKeyDown={onKeyDown}
        className="w-full rounded-control bg-transparent px-2 font-semibold text-title hover:bg-hover focus-visible:bg-surface"
      />
    </div>
  );
}

function Actions({ page, onHistory }: { page: RecordInfo; onHistory: () => void }) {
  const archive = useArchive();
  const set = () => archive.mutate({ kind: 'page', ids: [page.id], archived: !page.archived });
  return (
    <Menu
      label={m.page_actions()}
      align="end"
      trigger={<IconButton label={m.page_actions()} icon={<Ellipsis className="size-4" />} />}
    >
      <MenuItem icon={<History className="size-4" />} onSelect={onHistory}>
        {m.page_history()}
      </MenuItem>
      <MenuItem
        icon={page.archived ? <ArchiveRestore className="size-4" /> : <Archive className="size-4" />}
        onSelect={set}
      >
        {page.archived ? m.page_restore() : m.page_archive()}
      </MenuItem>
    </Menu>
  );
}

/** A page: its title, what it is, and its text. */
export function PageView({ id, onHistory }: { id: string; onHistory: () => void }) {
  const { data: page, error } = useQuery(recordQuery(id));
  const kind = useKind('page');
  const edit = useEdit();
  // Counts how often the title was left for the text, which may still be loading.
  const [entered, setEntered] = useState({ id, times: 0 });
  const shown = page?.id === id ? page : undefined;
  useEffect(() => {
    if (shown === undefined) return;
    useWindow.setState({
      focus: { kind: 'page', record: { id: shown.id, title: shown.title }, selected: [] },
    });
    return () => useWindow.setState({ focus: null });
  }, [shown]);
  if (error !== null) return <EmptyState title={failureText(error)} />;
  const type = findField(kind, 'type');
  if (shown === undefined || type === undefined) return null;
  const owner = shown.fields.owner;
  const current = String(shown.fields.type ?? '');
  return (
    <article aria-label={shown.title} className="mx-auto max-w-[720px] px-8 pt-6 max-[1040px]:px-5 pb-24">
      <Title
        key={id}
        page={shown}
        onEnter={() => setEntered((before) => ({ id, times: before.times + 1 }))}
      />
      <div className="mt-1 mb-2 flex h-8 items-center gap-3 text-quiet text-small">
        <Select
          compact
          className="!w-40 -ml-2.5 border-transparent bg-transparent"
          label={fieldLabel('page', type)}
          value={current === '' ? null : current}
          placeholder={fieldLabel('page', type)}
          options={[...new Set([...type.options, ...(current === '' ? [] : [current])])].map((option) => ({
            value: option,
            label: optionLabel('page', 'type', option),
          }))}
          onChange={(value) => edit.mutate({ kind: 'page', ids: [id], fields: { type: value } })}
        />
        {isLink(owner) && <MemberName id={owner.id} name={owner.title} />}
        <span className="flex-1" />
        <span className="truncate max-[1040px]:sr-only">
          {m.page_changed({ when: ago(shown.updated_at) })}
        </span>
        <Actions page={shown} onHistory={onHistory} />
      </div>
      <PageBody key={id} id={id} entered={entered.id === id ? entered.times : 0} />
    </article>
  );
}
