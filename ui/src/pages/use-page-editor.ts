import { Slice } from 'prosemirror-model';
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { rpc } from '@/api/rpc';
import type { TextState } from '@/api/types';
import { beforeClosing } from '@/state/closing';
import { editing } from './editing';
import { adoptSources, parse, write } from './markdown';
import { reconcile } from './reconcile';
import { TableView, tableInEdit } from './table-view';
import { type SaveState, TextSync, type TextView } from './text-sync';

/** The editor as a text. While nobody typed, its text is the one it was given, to the letter. */
function textView(view: EditorView, initial: string): TextView {
  let given = { doc: view.state.doc, text: initial };
  return {
    text: () => (view.state.doc === given.doc ? given.text : write(view.state.doc)),
    show: (text) => {
      const theirs = parse(text);
      const tr = reconcile(view.state.tr, theirs).setMeta('addToHistory', false).setMeta('merged', true);
      view.dispatch(tr);
      adoptSources(view.state.doc, theirs);
      given = { doc: view.state.doc, text };
    },
  };
}

export interface PageEditor {
  view: EditorView;
  sync: TextSync;
}

/** An editor on a page's text, kept the same as the engine's. `revision` counts what the bar above has to look at. */
export function usePageEditor({
  place,
  id,
  initial,
  label,
}: {
  place: RefObject<HTMLDivElement | null>;
  id: string;
  initial: TextState;
  label: string;
}): { editor: PageEditor | null; save: SaveState } {
  const [editor, setEditor] = useState<PageEditor | null>(null);
  const [, setRevision] = useState(0);
  const [save, setSave] = useState<SaveState>({ state: 'saved' });
  const start = useRef(initial);
  const name = useRef(label);

  useEffect(() => {
    if (place.current === null) return;
    const view = new EditorView(place.current, {
      state: EditorState.create({ doc: parse(start.current.text), plugins: [...editing(), tableInEdit()] }),
      nodeViews: { table: (node, view, getPos) => new TableView(node, view, getPos) },
      attributes: {
        class: 'page-text',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': name.current,
        spellcheck: 'true',
      },
      clipboardTextParser: (text) => Slice.maxOpen(parse(text).content),
      clipboardTextSerializer: (slice) => {
        const doc = view.state.schema.topNodeType.createAndFill(null, slice.content);
        return doc === null ? slice.content.textBetween(0, slice.content.size, '\n\n') : write(doc).trimEnd();
      },
      dispatchTransaction: (tr) => {
        view.updateState(view.state.apply(tr));
        if (tr.docChanged && tr.getMeta('merged') !== true) sync.edited();
        setRevision((revision) => revision + 1);
      },
      handleDOMEvents: {
        blur: () => {
          void sync.flush();
        },
      },
    });
    const sync = new TextSync(
      start.current,
      textView(view, start.current.text),
      {
        read: () => rpc('text', { id, field: 'body' }),
        write: ({ text, version }) => rpc('edit_text', { id, field: 'body', text, version }),
      },
      setSave,
    );
    const stay = beforeClosing(() => sync.finish());
    setEditor({ view, sync });
    return () => {
      stay();
      sync.close();
      view.destroy();
    };
  }, [id, place]);

  return { editor, save };
}
