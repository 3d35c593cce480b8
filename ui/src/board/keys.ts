import type { BoardColumn } from '@/api/types';

const clamp = (value: number, size: number) => Math.max(0, Math.min(size - 1, value));

/** Where the cursor of the board is. */
export interface At {
  stage: string;
  index: number;
}

/** A place, and the record that stands there: the cursor stays with it. */
export interface Cursor extends At {
  id: string | null;
}

/** How far around its old place in a long column a record is looked for. */
const NEAR = 200;

/**
 * Where the cursor stands now: with its record, as far as the cards that were read show where that is; else where it stood, or
 * on the first card there is.
 */
export function locate(
  columns: BoardColumn[],
  { stage, index, id }: Cursor,
  idAt: (at: At) => string | undefined,
): At {
  const column = columns.find((one) => one.stage === stage && one.count > 0);
  if (id !== null && (column === undefined || idAt({ stage, index }) !== id)) {
    const near = Array.from({ length: 2 * NEAR }, (_, step) => ({ stage, index: index - NEAR + step }));
    const read = columns.flatMap((one) => one.records.map((_, at) => ({ stage: one.stage, index: at })));
    const found = [...read, ...(column === undefined ? [] : near)].find((at) => idAt(at) === id);
    if (found !== undefined) return found;
  }
  if (column !== undefined) return { stage, index: clamp(index, column.count) };
  return { stage: columns.find(({ count }) => count > 0)?.stage ?? '', index: 0 };
}

/** A card that was picked up, and the stage it would be dropped on. */
export interface Lifted {
  id: string;
  title: string;
  from: string;
  to: string;
}

/** The card an arrow leads to; columns without cards are passed over. */
export function step(columns: BoardColumn[], at: At, key: string): At {
  const column = columns.findIndex((one) => one.stage === at.stage);
  const count = columns[column]?.count ?? 0;
  if (key === 'ArrowDown' || key === 'j') return { ...at, index: clamp(at.index + 1, count) };
  if (key === 'ArrowUp' || key === 'k') return { ...at, index: clamp(at.index - 1, count) };
  if (key === 'Home') return { ...at, index: 0 };
  if (key === 'End') return { ...at, index: clamp(count - 1, count) };
  const direction = key === 'ArrowRight' ? 1 : -1;
  for (let next = column + direction; next >= 0 && next < columns.length; next += direction) {
    const found = columns[next];
    if (found !== undefined && found.count > 0)
      return { stage: found.stage, index: clamp(at.index, found.count) };
  }
  return at;
}

/** The stage a picked up card would go to after an arrow. */
export function aim(columns: BoardColumn[], to: string, key: 'ArrowLeft' | 'ArrowRight'): string {
  const column = columns.findIndex((one) => one.stage === to) + (key === 'ArrowRight' ? 1 : -1);
  return columns[clamp(column, columns.length)]?.stage ?? to;
}
