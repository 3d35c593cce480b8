import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useWindow } from '@/state/window';
import { onward, resolve, START } from './cursor';

interface Item {
  id: string;
  /** An opportunity where nothing else is said. */
  kind?: string;
  title: string;
}

/** The cursor of a list that is worked through: it stays with its record, goes on after an action, and the panel follows it. */
export function useWork<Row extends Item>({
  total,
  rowAt,
}: {
  total: number;
  rowAt: (index: number) => Row | undefined;
}) {
  const navigate = useNavigate();
  const open = useSearch({ strict: false }).record;
  const scroller = useRef<HTMLDivElement>(null);
  const [kept, setCursor] = useState(START);
  const idAt = (index: number) => rowAt(index)?.id;
  const cursor = resolve(kept, total, idAt);
  const current = rowAt(cursor.index);

  const show = (id: string) =>
    void navigate({
      to: '.',
      search: (search) => ({ ...search, record: id }),
      replace: open !== undefined,
    });
  const place = (next: { index: number; id: string | null }) => {
    setCursor(next);
    if (open !== undefined && next.id !== null && next.id !== open) show(next.id);
  };
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
    current,
    move: (index: number) => place({ index, id: idAt(index) ?? null }),
    /** To the line of a record. */
    go: (id: string) => place(resolve({ index: cursor.index, id }, total, idAt)),
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
