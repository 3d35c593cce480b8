import { describe, expect, it } from 'vitest';
import type { BoardColumn, RecordInfo } from '@/api/types';
import { aim, type Cursor, locate, step } from './keys';

const column = (stage: string, count: number) => ({ stage, count, phase: 'sales', sums: {}, records: [] });
const columns = [column('new', 3), column('engaged', 0), column('qualified', 1)];

describe('arrows on the board', () => {
  it('go down and stop at the last card', () => {
    expect(step(columns, { stage: 'new', index: 1 }, 'ArrowDown')).toEqual({ stage: 'new', index: 2 });
    expect(step(columns, { stage: 'new', index: 2 }, 'ArrowDown')).toEqual({ stage: 'new', index: 2 });
  });

  it('pass over empty columns and land on the last card of a shorter one', () => {
    expect(step(columns, { stage: 'new', index: 2 }, 'ArrowRight')).toEqual({ stage: 'qualified', index: 0 });
  });

  it('stay where there is no column further', () => {
    expect(step(columns, { stage: 'qualified', index: 0 }, 'ArrowRight')).toEqual({
      stage: 'qualified',
      index: 0,
    });
  });
});

describe('the cursor', () => {
  const records = (ids: string) => [...ids].map((id) => ({ id }) as RecordInfo);
  const board = (first: string, second: string) => [
    { ...column('new', first.length), records: records(first) },
    { ...column('engaged', second.length), records: records(second) },
  ];
  const find = (all: BoardColumn[], cursor: Cursor) =>
    locate(all, cursor, ({ stage, index }) => all.find((one) => one.stage === stage)?.records[index]?.id);

  it('stays with its record in its column and in another', () => {
    const cursor = { stage: 'new', index: 0, id: 'a' };
    expect(find(board('ab', 'c'), cursor)).toEqual({ stage: 'new', index: 0 });
    expect(find(board('ba', 'c'), cursor)).toEqual({ stage: 'new', index: 1 });
    expect(find(board('b', 'ca'), cursor)).toEqual({ stage: 'engaged', index: 1 });
  });

  it('stays where it was when its record is gone, and else goes to the first card', () => {
    const cursor = { stage: 'new', index: 1, id: 'a' };
    expect(find(board('b', 'c'), cursor)).toEqual({ stage: 'new', index: 0 });
    expect(find(board('', 'c'), cursor)).toEqual({ stage: 'engaged', index: 0 });
  });
});

describe('a picked up card', () => {
  it('can be dropped on an empty stage', () => {
    expect(aim(columns, 'new', 'ArrowRight')).toBe('engaged');
  });

  it('stays on the board', () => {
    expect(aim(columns, 'new', 'ArrowLeft')).toBe('new');
  });
});
