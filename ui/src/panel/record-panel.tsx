import { useQuery } from '@tanstack/react-query';
import { Archive, ArchiveRestore, BookOpenCheck, Maximize2, MoreHorizontal, X } from 'lucide-react';
import { useArchive } from '@/api/actions';
import { recordQuery } from '@/api/queries';
import { useKind } from '@/api/schema';
import type { KindInfo, RecordInfo } from '@/api/types';
import { Button, IconButton } from '@/components/button';
import { EmptyState } from '@/components/empty-state';
import { Menu, MenuItem } from '@/components/menu';
import { kindLabel } from '@/i18n/labels';
import { Journey } from '@/journey/journey';
import { m } from '@/paraglide/messages.js';
import { failureText } from '@/state/toasts';
import { Fields } from './fields';
import { KeyLine } from './key-line';
import { LogActivity } from './log-activity';
import { RelatedRecords } from './related';
import { Timeline } from './timeline';
import { Title } from './title';
import { useOpenRecord } from './use-open-record';

function Archived({ record }: { record: RecordInfo }) {
  const archive = useArchive();
  return (
    <div className="flex items-center justify-between gap-2 border-line border-b bg-warning-soft px-4 py-1.5">
      <span>{m.label_is_archived()}</span>
      <Button
        icon={<ArchiveRestore className="size-3.5" aria-hidden />}
        onClick={() => archive.mutate({ kind: record.kind, ids: [record.id], archived: false })}
      >
        {m.action_take_back()}
      </Button>
    </div>
  );
}

/** Everything about a record, in the order it is asked for: what it is, what matters, its fields, its people, its story. */
export function RecordBody({
  record,
  kind,
  wide = false,
}: {
  record: RecordInfo;
  kind: KindInfo;
  wide?: boolean;
}) {
  const logs = record.kind === 'account' || record.kind === 'person' || record.kind === 'opportunity';
  const story = (
    <>
      {logs && <LogActivity record={record} first={wide} />}
      <Timeline record={record} />
    </>
  );
  if (!wide) {
    return (
      <>
        <KeyLine record={record} />
        {record.kind === 'opportunity' && <Journey record={record} />}
        <Fields record={record} kind={kind} />
        <RelatedRecords record={record} />
        {story}
      </>
    );
  }
  return (
    <div className="mx-auto grid max-w-6xl grid-cols-[minmax(0,5fr)_minmax(0,6fr)] gap-6 px-1">
      <div>
        <Title record={record} />
        <KeyLine record={record} />
        {record.kind === 'opportunity' && <Journey record={record} />}
        <Fields record={record} kind={kind} />
        <RelatedRecords record={record} />
      </div>
      <div className="border-line border-l pt-1">{story}</div>
    </div>
  );
}

export function RecordActions({ record, onDone }: { record: RecordInfo; onDone?: () => void }) {
  const archive = useArchive();
  const archiveIt = () =>
    archive.mutate({ kind: record.kind, ids: [record.id] }, onDone ? { onSuccess: onDone } : {});
  return (
    <Menu
      align="end"
      label={m.label_more_actions()}
      trigger={<IconButton label={m.label_more_actions()} icon={<MoreHorizontal className="size-4" />} />}
    >
      <MenuItem icon={<Archive className="size-4" />} onSelect={archiveIt} disabled={record.archived}>
        {m.action_archive()}
      </MenuItem>
    </Menu>
  );
}

/** A record beside its list. */
export function RecordPanel({
  id,
  onClose,
  onExpand,
}: {
  id: string;
  onClose: () => void;
  onExpand: () => void;
}) {
  const { data: record, error } = useQuery(recordQuery(id));
  const kind = useKind(record?.kind ?? '');
  const { openBrief, dialog } = useOpenRecord(record);
  return (
    <aside aria-label={record?.title || m.label_record()} className="flex min-h-0 flex-1 flex-col bg-surface">
      <div className="flex h-header shrink-0 items-center gap-1 border-line border-b pr-2 pl-4">
        <span className="caps flex-1">{record && kindLabel(record.kind)}</span>
        {openBrief !== null && (
          <IconButton
            label={m.key_brief()}
            shortcut="brief"
            icon={<BookOpenCheck className="size-4" />}
            onClick={openBrief}
          />
        )}
        {record && <RecordActions record={record} onDone={onClose} />}
        <IconButton
          label={m.key_full_page()}
          shortcut="full_page"
          icon={<Maximize2 className="size-3.5" />}
          onClick={onExpand}
        />
        <IconButton
          label={m.action_close()}
          shortcut="close_panel"
          icon={<X className="size-4" />}
          onClick={onClose}
        />
      </div>
      {error !== null ? (
        <EmptyState title={failureText(error)} />
      ) : (
        record !== undefined &&
        kind !== undefined && (
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain" key={record.id}>
            {record.archived && <Archived record={record} />}
            <Title record={record} />
            <RecordBody record={record} kind={kind} />
          </div>
        )
      )}
      {dialog}
    </aside>
  );
}
