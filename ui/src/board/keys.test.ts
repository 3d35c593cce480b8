import { describe, expect, it } from 'vitest';
import { aim, step } from './keys';

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

describe('a picked up card', () => {
  it('can be dropped on an empty stage', () => {
    expect(aim(columns, 'new', 'ArrowRight')).toBe('engaged');
  });

  it('stays on the board', () => {
    expect(aim(columns, 'new', 'ArrowLeft')).toBe('new');
  });
});
