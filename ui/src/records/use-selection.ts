import { useEffect, useRef, useState } from 'react';
import type { RecordInfo } from '@/api/types';
import { complain } from '@/state/toasts';
import { useWindow } from '@/state/window';
import type { Rows } from './window-rows';

/** The most that is selected at once, as the engine takes it. */
const MOST_SELECTED = 100_000;
/** Records the engine gives at a time. */
const PAGE = 1000;

/** The ids of everything that is read page by page, at most as many as are selected at once. */
export async function allIds(
  read: (offset: number, limit: number) => Promise<{ records: RecordInfo[] }>,
): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < MOST_SELECTED) {
    const page = await read(ids.length, PAGE);
    ids.push(...page.records.map((record) => record.id));
    if (page.records.length < PAGE) break;
  }
  return ids;
}

/** What is selected in a table, by x and shift. `at` is the row of the cursor, `all` gives everything there is. */
export function useSelection(rows: Rows, at: number, all: () => Promise<string[]>) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef(0);
  const clear = () => setSelected(new Set());
  const select = (index: number, mode: 'toggle' | 'extend' | 'all' | 'none') => {
    const id = rows.at(index)?.id;
    const next = new Set(selected);
    if (mode === 'none') clear();
    else if (mode === 'all') all().then((ids) => setSelected(new Set(ids)), complain);
    else if (mode === 'toggle' && id !== undefined) {
      anchor.current = index;
      if (!next.delete(id)) next.add(id);
      setSelected(next);
    } else if (mode === 'extend') {
      if (selected.size === 0) anchor.current = at;
      const [from, to] = [Math.min(anchor.current, index), Math.max(anchor.current, index)];
      for (let row = from; row <= to; row++) {
        const one = rows.at(row);
        if (one !== undefined) next.add(one.id);
      }
      setSelected(next);
    }
  };
  return { selected, select, clear };
}

/** Tells the palette and the keys what the table is about: its current record and what is selected. */
export function useTableFocus(
  kind: string,
  current: RecordInfo | undefined,
  selected: ReadonlySet<string>,
): void {
  useEffect(() => {
    useWindow.setState({
      focus: {
        kind,
        record: current === undefined ? null : { id: current.id, title: current.title },
        selected: [...selected],
      },
    });
    return () => useWindow.setState({ focus: null });
  }, [kind, current, selected]);
}
