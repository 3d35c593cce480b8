/** Where the cursor of a table is; column 0 is the title. */
export interface Cursor {
  row: number;
  column: number;
}

export type GridAction =
  | { do: 'move'; to: Cursor; extend: boolean }
  | { do: 'edit'; initialText?: string }
  | { do: 'clear' }
  | { do: 'open' }
  | { do: 'select' }
  | { do: 'select_all' }
  | { do: 'escape' }
  | null;

interface Press {
  key: string;
  mod: boolean;
  shift: boolean;
  alt: boolean;
}

interface Bounds {
  rows: number;
  columns: number;
  /** Rows that fit on the screen. */
  page: number;
}

const clamp = (value: number, size: number) => Math.max(0, Math.min(size - 1, value));

function moveTo(press: Press, at: Cursor, bounds: Bounds): Cursor | null {
  const to = (row: number, column: number) => ({
    row: clamp(row, bounds.rows),
    column: clamp(column, bounds.columns),
  });
  switch (press.key) {
    case 'ArrowDown':
      return to(at.row + 1, at.column);
    case 'ArrowUp':
      return to(at.row - 1, at.column);
    case 'ArrowLeft':
      return to(at.row, press.mod ? 0 : at.column - 1);
    case 'ArrowRight':
      return to(at.row, press.mod ? bounds.columns - 1 : at.column + 1);
    case 'PageDown':
      return to(at.row + bounds.page, at.column);
    case 'PageUp':
      return to(at.row - bounds.page, at.column);
    case 'Home':
      return to(press.mod ? 0 : at.row, 0);
    case 'End':
      return to(press.mod ? bounds.rows - 1 : at.row, bounds.columns - 1);
    default:
      return null;
  }
}

/**
 * What a key means in a table. On the title letters are commands (j, k, e, x); on any other cell typing starts to edit it,
 * as in a spreadsheet.
 */
export function gridAction(press: Press, at: Cursor, bounds: Bounds): GridAction {
  const moved = press.alt ? null : moveTo(press, at, bounds);
  if (moved !== null) return { do: 'move', to: moved, extend: press.shift };
  const onTitle = at.column === 0;
  if (press.mod) return press.key.toLowerCase() === 'a' ? { do: 'select_all' } : null;
  if (press.alt) return null;
  switch (press.key) {
    case 'Enter':
      return onTitle || press.shift ? { do: 'open' } : { do: 'edit' };
    case 'F2':
      return { do: 'edit' };
    case 'Escape':
      return { do: 'escape' };
    case ' ':
      return { do: 'open' };
    case 'Backspace':
    case 'Delete':
      return onTitle ? null : { do: 'clear' };
  }
  if (press.key.length !== 1) return null;
  if (!onTitle) return { do: 'edit', initialText: press.key };
  switch (press.key.toLowerCase()) {
    case 'j':
      return { do: 'move', to: { row: clamp(at.row + 1, bounds.rows), column: 0 }, extend: press.shift };
    case 'k':
      return { do: 'move', to: { row: clamp(at.row - 1, bounds.rows), column: 0 }, extend: press.shift };
    case 'e':
      return { do: 'edit' };
    case 'x':
      return { do: 'select' };
    default:
      return null;
  }
}
