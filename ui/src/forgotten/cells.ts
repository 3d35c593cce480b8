import type { ForgottenItem } from '@/api/types';

/** What can be set without leaving the list, from left to right. */
export const CELLS = ['owner', 'next_step', 'next_step_date'] as const;
export type Cell = (typeof CELLS)[number];

/** The value as the editor takes it. */
export function shownIn(item: ForgottenItem, cell: Cell): unknown {
  if (cell === 'owner') return item.owner;
  return cell === 'next_step' ? item.next_step || null : item.next_step_date;
}

/** The line with what was written into one of its cells. */
export function written(item: ForgottenItem, cell: Cell, value: unknown): ForgottenItem {
  return { ...item, [cell]: cell === 'next_step' ? (value ?? '') : (value ?? null) };
}

/** The cell to repair first: what is missing, else the day, which has passed or shall move. */
export function firstToRepair(item: ForgottenItem): Cell {
  return CELLS.find((cell) => shownIn(item, cell) === null) ?? 'next_step_date';
}

/** The cell beside this one; none beyond the edge. */
export const beside = (cell: Cell, step: 1 | -1): Cell => CELLS[CELLS.indexOf(cell) + step] ?? cell;
