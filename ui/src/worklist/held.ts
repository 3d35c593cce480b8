import { NEAR } from './cursor';
import type { WorkRows } from './use-paged';

/** A line that stays where it is while it is edited. */
export interface Held<Row> {
  index: number;
  /** What is shown of it once the list has it no more. */
  item: Row;
}

/**
 * The list with one line held in its place: what is written about it may move it, or take it out of the list, while it is still
 * being written in.
 */
export function withHeld<Row extends { id: string }>(
  rows: WorkRows<Row>,
  held: Held<Row> | null,
): WorkRows<Row> {
  if (held === null) return rows;
  const { index, item } = held;
  const places = Array.from({ length: 2 * NEAR + 1 }, (_, step) => index - NEAR + step);
  const found = places.find((place) => rows.at(place)?.id === item.id);
  const others = (place: number) => rows.at(found === undefined || place < found ? place : place + 1);
  return {
    ...rows,
    total: found === undefined ? rows.total + 1 : rows.total,
    at: (place) => {
      if (place === index) return found === undefined ? item : rows.at(found);
      return others(place < index ? place : place - 1);
    },
  };
}
