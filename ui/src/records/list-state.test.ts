import { describe, expect, it } from 'vitest';
import { nextSort, PLAIN_VIEW, parseView } from './list-state';

describe('sorting by a click', () => {
  it('rises, then falls, then lets go', () => {
    const rising = nextSort([], 'value', false);
    expect(rising).toEqual([{ field: 'value', descending: false }]);
    const falling = nextSort(rising, 'value', false);
    expect(falling).toEqual([{ field: 'value', descending: true }]);
    expect(nextSort(falling, 'value', false)).toEqual([]);
  });

  it('replaces another column unless asked to add to it', () => {
    const by = [{ field: 'stage', descending: false }];
    expect(nextSort(by, 'value', false)).toEqual([{ field: 'value', descending: false }]);
    expect(nextSort(by, 'value', true)).toEqual([...by, { field: 'value', descending: false }]);
  });

  it('keeps its place among several when it turns', () => {
    const by = [
      { field: 'stage', descending: false },
      { field: 'value', descending: false },
    ];
    expect(nextSort(by, 'stage', true)).toEqual([
      { field: 'stage', descending: true },
      { field: 'value', descending: false },
    ]);
  });
});

describe('a saved view', () => {
  it('is read as it was written', () => {
    const view = { ...PLAIN_VIEW, text: 'acme', columns: ['value'] };
    expect(parseView(JSON.stringify(view))).toEqual(view);
  });

  it.each(['', 'null', '[1', '{"filters": 3}'])('that says %j is the plain one', (query) => {
    expect(parseView(query)).toEqual(PLAIN_VIEW);
  });
});
