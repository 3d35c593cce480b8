/** Where the hand is in a list that changes under it: the record, and the place where it stood. */
export interface Cursor {
  index: number;
  id: string | null;
}

export const START: Cursor = { index: 0, id: null };

/** How far around its old place a record that moved is looked for. */
export const NEAR = 200;

/**
 * Where the cursor stands now. A record that moved is followed as far as its surroundings are read; one that is gone leaves the
 * cursor where it stood, on what came up instead.
 */
export function resolve(cursor: Cursor, total: number, idAt: (index: number) => string | undefined): Cursor {
  const index = Math.max(0, Math.min(cursor.index, total - 1));
  if (cursor.id !== null && idAt(index) !== cursor.id) {
    for (let step = 1; step <= NEAR; step++) {
      for (const place of [index - step, index + step]) {
        if (place >= 0 && place < total && idAt(place) === cursor.id) return { index: place, id: cursor.id };
      }
    }
  }
  return { index, id: idAt(index) ?? null };
}

/** The line after the one that was dealt with; before the last one where none comes after it. */
export function onward(cursor: Cursor, total: number, idAt: (index: number) => string | undefined): Cursor {
  const next = cursor.index + 1 < total ? cursor.index + 1 : Math.max(0, cursor.index - 1);
  return { index: next, id: idAt(next) ?? null };
}
