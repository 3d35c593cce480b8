import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useWindow } from '@/state/window';
import { type Cursor, onward, resolve, START } from './cursor';
import type { WorkRows } from './use-paged';
import { useStable } from './use-stable';

interface Item {
  id: string;
  /** An opportunity where nothing else is said. */
  kind?: string;
  title: string;
}

/** The cursor of a list that is worked through: it stays with its record, goes on after an action, and the panel follows it. */
export function useWork<Row extends Item>(total: number, { at: rowAt, settled, stale }: WorkRows<Row>) {
  const navigate = useNavigate();
  const open = useSearch({ strict: false }).record;
  const scroller = useRef<HTMLDivElement>(null);
  const [kept, setCursor] = useState(START);
  const idAt = (index: number) => rowAt(index)?.id;
  const cursor = resolve(kept, total, idAt);
  // The record that is shown at the cursor is meant from now on, whatever comes in above it. While the list is being read
  // again a record may be missing that comes back a moment later.
  const isPinned = cursor.id === kept.id && cursor.index === kept.index;
  const isMeant = settled || (!stale && kept.id === null) || cursor.id === kept.id;
  if (cursor.id !== null && !isPinned && isMeant) setCursor(cursor);
  const current = rowAt(cursor.index);

  const show = (id: string) =>
    void navigate({
      to: '.',
      search: (search) => ({ ...search, record: id }),
      replace: open !== undefined,
    });
  // The panel follows to a line that has not been read yet as soon as it is.
  const follows = useRef(false);
  const place = (next: Cursor) => {
    setCursor(next);
    follows.current = open !== undefined && next.id === null;
    if (open !== undefined && next.id !== null && next.id !== open) show(next.id);
  };
  const shownAt = cursor.id;
  const showAwaited = useStable(() => {
    if (shownAt === null || !follows.current) return;
    follows.current = false;
    show(shownAt);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was awaited is there once the line is
  useEffect(showAwaited, [showAwaited, shownAt]);
  const focus = () => scroller.current?.focus({ preventScroll: true });

  const { id, title, kind = 'opportunity' } = current ?? {};
  useEffect(() => {
    const record = id === undefined || title === undefined ? null : { id, title };
    useWindow.setState({ focus: { kind, record, selected: [] } });
    return () => useWindow.setState({ focus: null });
  }, [kind, id, title]);

  return {
    scroller,
    at: cursor.index,
    /** A record is shown beside the list. */
    isOpen: open !== undefined,
    current,
    move: (index: number) => place({ index, id: idAt(index) ?? null }),
    /** To the line after this one, because this one is dealt with. */
    goOn: () => {
      place(onward(cursor, total, idAt));
      focus();
    },
    open: (index: number) => {
      const id = idAt(index);
      if (id !== undefined) show(id);
    },
    focus,
  };
}
