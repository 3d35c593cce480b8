import { Command } from 'cmdk';
import { Archive, Download, PencilLine, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { useArchive, useEdit } from '@/api/actions';
import { rpc } from '@/api/rpc';
import type { FieldInfo, KindInfo } from '@/api/types';
import { Button, IconButton } from '@/components/button';
import { Popover } from '@/components/popover';
import { fieldLabel, kindsLabel } from '@/i18n/labels';
import { useShortcut } from '@/keys/use-shortcut';
import { m } from '@/paraglide/messages.js';
import { platform } from '@/platform';
import { complain } from '@/state/toasts';
import { Editor, isEditable, opensList } from './editor';

function SetField({ kind, ids }: { kind: KindInfo; ids: string[] }) {
  const [open, setOpen] = useState(false);
  const [field, setField] = useState<FieldInfo | null>(null);
  const anchor = useRef<HTMLSpanElement>(null);
  const edit = useEdit();
  return (
    <Popover
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setField(null);
      }}
      title={m.action_set_field()}
      side="top"
      className="w-72 p-0"
      trigger={<Button icon={<PencilLine className="size-3.5" aria-hidden />}>{m.action_set_field()}</Button>}
    >
      {field === null ? (
        <Command label={m.label_field()} loop>
          <Command.Input
            autoFocus
            placeholder={m.label_field()}
            className="h-9 w-full border-line border-b bg-transparent px-3 outline-none"
          />
          <Command.List label={m.label_field()} className="max-h-64 overflow-y-auto p-1">
            {kind.fields.filter(isEditable).map((candidate) => (
              <Command.Item
                key={candidate.name}
                value={`${fieldLabel(kind.name, candidate)} ${candidate.name}`}
                onSelect={() => setField(candidate)}
                className="flex h-7 items-center rounded-control px-2 data-[selected=true]:bg-hover"
              >
                {fieldLabel(kind.name, candidate)}
              </Command.Item>
            ))}
          </Command.List>
        </Command>
      ) : (
        <div className="flex flex-col gap-1 p-3">
          <span className="font-medium text-small">{fieldLabel(kind.name, field)}</span>
          <span ref={anchor} className="block h-8 rounded-control border border-edge">
            <Editor
              kind={kind.name}
              field={field}
              value={null}
              anchor={anchor}
              onCommit={async (value) => {
                await edit.mutateAsync({
                  kind: kind.name,
                  ids,
                  fields: { [field.name]: value },
                  quiet: true,
                });
                if (!opensList(field.type)) setOpen(false);
              }}
              onClose={() => setOpen(false)}
            />
          </span>
        </div>
      )}
    </Popover>
  );
}

/** What can be done with several records at once. */
export function BulkBar({
  kind,
  selected,
  onClear,
}: {
  kind: KindInfo;
  selected: ReadonlySet<string>;
  onClear: () => void;
}) {
  const archive = useArchive();
  const ids = [...selected];
  const archiveAll = () => archive.mutate({ kind: kind.name, ids }, { onSuccess: onClear });
  useShortcut('archive', archiveAll, ids.length > 0);
  if (ids.length === 0) return null;
  const exportChosen = () =>
    rpc('export', { kind: kind.name, format: 'csv', ids })
      .then(({ text }) => platform.saveText(`${kindsLabel(kind.name)}.csv`, text ?? '', 'text/csv'))
      .catch(complain);
  return (
    <div
      role="toolbar"
      aria-label={m.label_selection()}
      className="floating absolute bottom-12 left-1/2 z-30 flex -translate-x-1/2 items-center gap-2 p-1.5 pl-3"
    >
      <span className="numeric mr-1 whitespace-nowrap font-medium" aria-live="polite">
        {m.label_selected({ count: ids.length })}
      </span>
      <SetField kind={kind} ids={ids} />
      <Button icon={<Download className="size-3.5" aria-hidden />} onClick={() => void exportChosen()}>
        {m.action_export()}
      </Button>
      <Button icon={<Archive className="size-3.5" aria-hidden />} onClick={archiveAll}>
        {m.action_archive()}
      </Button>
      <IconButton label={m.action_clear_selection()} icon={<X className="size-4" />} onClick={onClear} />
    </div>
  );
}
