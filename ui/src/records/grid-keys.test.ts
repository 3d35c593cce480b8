import { describe, expect, it } from 'vitest';
import { gridAction } from './grid-keys';

const bounds = { rows: 100, columns: 5, page: 10 };
const press = (key: string, held: Partial<{ mod: boolean; shift: boolean; alt: boolean }> = {}) => ({
  key,
  mod: false,
  shift: false,
  alt: false,
  ...held,
});

describe('keys in a table', () => {
  it('move the cursor and stop at the edges', () => {
    expect(gridAction(press('ArrowDown'), { row: 99, column: 2 }, bounds)).toEqual({
      do: 'move',
      to: { row: 99, column: 2 },
      extend: false,
    });
    expect(gridAction(press('ArrowLeft'), { row: 3, column: 0 }, bounds)).toMatchObject({
      to: { row: 3, column: 0 },
    });
    expect(gridAction(press('End', { mod: true }), { row: 3, column: 0 }, bounds)).toMatchObject({
      to: { row: 99, column: 4 },
    });
  });

  it('extend the selection with shift', () => {
    expect(gridAction(press('ArrowDown', { shift: true }), { row: 1, column: 0 }, bounds)).toMatchObject({
      extend: true,
    });
  });

  it('are commands on the title', () => {
    expect(gridAction(press('j'), { row: 1, column: 0 }, bounds)).toMatchObject({
      do: 'move',
      to: { row: 2, column: 0 },
    });
    expect(gridAction(press('x'), { row: 1, column: 0 }, bounds)).toEqual({ do: 'select' });
    expect(gridAction(press('e'), { row: 1, column: 0 }, bounds)).toEqual({ do: 'edit' });
    expect(gridAction(press('Enter'), { row: 1, column: 0 }, bounds)).toEqual({ do: 'open' });
  });

  it('are text on any other cell', () => {
    expect(gridAction(press('j'), { row: 1, column: 2 }, bounds)).toEqual({ do: 'edit', initialText: 'j' });
    expect(gridAction(press('Enter'), { row: 1, column: 2 }, bounds)).toEqual({ do: 'edit' });
    expect(gridAction(press('Delete'), { row: 1, column: 2 }, bounds)).toEqual({ do: 'clear' });
  });

  it('leave what belongs to the window alone', () => {
    expect(gridAction(press('k', { mod: true }), { row: 1, column: 0 }, bounds)).toBeNull();
    expect(gridAction(press('?'), { row: 1, column: 0 }, bounds)).toBeNull();
  });
});
