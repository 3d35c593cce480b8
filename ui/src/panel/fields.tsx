import { useNavigate } from '@tanstack/react-router';
import { ChevronDown, Link2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useEdit } from '@/api/actions';
import { titleFields } from '@/api/schema';
import type { FieldInfo, KindInfo, RecordInfo } from '@/api/types';
import { ConflictMark } from '@/components/badges';
import { IconButton } from '@/components/button';
import { cx } from '@/components/cx';
import { fieldLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { Editor, isEditable, opensList } from '@/records/editor';
import { isLink, Value } from '@/records/value';
import { ConflictBox } from './conflict';
import { FieldStory } from './field-story';

function FieldRow({ record, kind, field }: { record: RecordInfo; kind: string; field: FieldInfo }) {
  const edit = useEdit();
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  // The focus returns to the value once it stands there again, and after a list that closes has let go of it.
  const hasEdited = useRef(false);
  useEffect(() => {
    if (editing || !hasEdited.current) return;
    hasEdited.current = false;
    const frame = window.requestAnimationFrame(() => button.current?.focus());
    return () => window.cancelAnimationFrame(frame);
  }, [editing]);
  const value = record.fields[field.name];
  const conflict = record.conflicts[field.name];
  const label = fieldLabel(kind, field);
  const editor = (
    <Editor
      kind={kind}
      field={field}
      value={value}
      anchor={anchor}
      onClose={() => {
        hasEdited.current = true;
        setEditing(false);
      }}
      onCommit={async (next) => {
        await edit.mutateAsync({ kind, ids: [record.id], fields: { [field.name]: next }, quiet: true });
      }}
    />
  );
  const isEmpty = value === undefined || value === null || value === '';
  return (
    <div className="grid grid-cols-[132px_minmax(0,1fr)] items-start">
      <dt className="flex h-7 items-center gap-1 truncate pl-1 text-quiet">
        <span className="truncate">{label}</span>
        {conflict !== undefined && <ConflictMark />}
      </dt>
      <dd ref={anchor} className="group relative flex min-h-7 min-w-0 items-center">
        {editing && !opensList(field.type) ? (
          editor
        ) : (
          <FieldStory id={record.id} kind={kind} field={field}>
            <button
              ref={button}
              type="button"
              disabled={!isEditable(field)}
              aria-label={m.label_edit_field({ field: label })}
              onClick={() => setEditing(true)}
              className={cx(
                'flex min-h-7 w-full min-w-0 items-center rounded-control px-2 text-left hover:bg-hover',
                field.type === 'prose' && 'items-start whitespace-pre-wrap py-1',
              )}
            >
              {isEmpty ? (
                <span className="text-quiet opacity-0 group-hover:opacity-100">{m.label_empty()}</span>
              ) : (
                <Value kind={kind} field={field} record={record} />
              )}
            </button>
          </FieldStory>
        )}
        {editing && opensList(field.type) && editor}
        {isLink(value) && !editing && (
          <IconButton
            className="absolute right-0 bg-surface opacity-0 focus-visible:opacity-100 group-hover:opacity-100"
            label={m.action_go_to({ title: value.title })}
            icon={<Link2 className="size-3.5" />}
            onClick={() => void navigate({ to: '/record/$id', params: { id: value.id }, search: {} })}
          />
        )}
      </dd>
      {conflict !== undefined && (
        <dd className="col-span-2">
          <ConflictBox record={record} field={field} values={conflict} />
        </dd>
      )}
    </div>
  );
}

/** The fields of a record, label left, each edited where it stands. Those nobody filled in wait behind a button. */
export function Fields({ record, kind }: { record: RecordInfo; kind: KindInfo }) {
  const [all, setAll] = useState(false);
  const title = new Set(titleFields(kind.name));
  const fields = kind.fields.filter(
    (field) => !field.internal && field.type !== 'text' && (title.size > 1 || !title.has(field.name)),
  );
  const isFilled = (field: FieldInfo) =>
    record.fields[field.name] !== undefined || record.conflicts[field.name] !== undefined;
  const usual = fields.filter((field) => isFilled(field) || field.listed);
  const shown = all ? fields : usual;
  return (
    <section aria-label={m.label_fields()} className="border-line border-t px-3 py-2">
      <dl className="flex flex-col">
        {shown.map((field) => (
          <FieldRow key={field.name} record={record} kind={kind.name} field={field} />
        ))}
      </dl>
      {usual.length < fields.length && (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="mt-1 inline-flex h-7 items-center gap-1 rounded-control px-1 text-quiet hover:text-text"
        >
          <ChevronDown className={cx('size-3.5 transition-transform', all && 'rotate-180')} aria-hidden />
          {all ? m.action_fewer_fields() : m.action_more_fields({ count: fields.length - usual.length })}
        </button>
      )}
    </section>
  );
}
