import type { BoardColumn } from '@/api/types';

/** Where the cursor of the board is. */
export interface At {
  stage: string;
  index: number;
}

/** A card that was picked up, and the stage it would be dropped on. */
export interface Lifted {
  id: string;
  title: string;
  from: string;
  to: string;
}

const clamp = (value: number, size: number) => Math.max(0, Math.min(size - 1, value));

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
