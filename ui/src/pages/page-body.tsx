import { useQuery } from '@tanstack/react-query';
import { Check, CircleAlert, LoaderCircle } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { rpc } from '@/api/rpc';
import type { TextState } from '@/api/types';
import { Button } from '@/components/button';
import { m } from '@/paraglide/messages.js';
import { failureText } from '@/state/toasts';
import { FormatBar, TypingHints } from './format-bar';
import './page-text.css';
import type { SaveState } from './text-sync';
import { usePageEditor } from './use-page-editor';

function Saved({ save }: { save: SaveState }) {
  const words = { saved: m.page_saved(), editing: m.page_saving(), saving: m.page_saving(), failed: '' };
  return (
    <span
      role="status"
      data-save={save.state}
      className="flex shrink-0 items-center gap-1.5 text-quiet text-small"
    >
      {save.state === 'saved' && <Check className="size-3.5" aria-hidden />}
      {(save.state === 'editing' || save.state === 'saving') && (
        <LoaderCircle className="size-3.5" aria-hidden />
      )}
      <span className="max-[1040px]:sr-only">{words[save.state]}</span>
    </span>
  );
}

function Body({
  id,
  initial,
  read,
  entered,
}: {
  id: string;
  initial: TextState;
  read: number;
  entered: number;
}) {
  const place = useRef<HTMLDivElement>(null);
  const { editor, save } = usePageEditor({ place, id, initial, label: m.page_text() });
  const first = useRef(read);
  // The engine said that the page changed: the editor looks for itself, in turn with what it writes.
  useEffect(() => {
    if (read !== first.current) editor?.sync.changed();
  }, [editor, read]);
  useEffect(() => {
    if (entered > 0) editor?.view.focus();
  }, [editor, entered]);
  const empty =
    editor !== null && editor.view.state.doc.textContent === '' && editor.view.state.doc.childCount < 2;
  return (
    <>
      <div className="sticky top-0 z-10 -mx-2 flex h-11 items-center gap-2 border-line border-b bg-surface px-1">
        {editor !== null && <FormatBar view={editor.view} />}
        <span className="flex-1" />
        <Saved save={save} />
      </div>
      {save.state === 'failed' && (
        <div role="alert" className="mt-3 flex items-start gap-2.5 rounded-panel bg-danger-soft px-3 py-2">
          <CircleAlert className="mt-0.5 size-4 shrink-0 text-danger" aria-hidden />
          <p className="selectable min-w-0 flex-1">
            {m.page_not_saved()} {failureText(save.cause)}
          </p>
          <Button onClick={() => void editor?.sync.flush()}>{m.action_try_again()}</Button>
        </div>
      )}
      <div className="relative mt-5">
        {empty && (
          <div className="pointer-events-none absolute inset-x-0 top-0">
            <p className="mb-6 text-quiet">{m.page_placeholder()}</p>
            <TypingHints />
          </div>
        )}
        <div ref={place} />
      </div>
    </>
  );
}

/** A page's text in an editor that keeps itself the same as everybody's. It takes the focus whenever `entered` grows. */
export function PageBody({ id, entered }: { id: string; entered: number }) {
  const { data, error, dataUpdatedAt, refetch } = useQuery({
    queryKey: ['text', id, 'body'],
    queryFn: () => rpc('text', { id, field: 'body' }),
    // The editor has the newest text; what was read when it opened is soon old.
    gcTime: 0,
  });
  if (data !== undefined)
    return <Body key={id} id={id} initial={data} read={dataUpdatedAt} entered={entered} />;
  if (error === null) return null;
  return (
    <div role="alert" className="flex items-center gap-3 py-6">
      <p className="selectable">{failureText(error)}</p>
      <Button onClick={() => void refetch()}>{m.action_try_again()}</Button>
    </div>
  );
}
