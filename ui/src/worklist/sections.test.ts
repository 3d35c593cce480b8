import { expect, test } from 'vitest';
import { layOut } from './sections';

const SECTIONS = [
  { name: 'overdue', count: 2 },
  { name: 'today', count: 0 },
  { name: 'soon', count: 1 },
  { name: 'later', count: 3 },
];

test('every section that has lines begins with a heading', () => {
  const { rows, items, headings, at } = layOut(SECTIONS);
  expect({ rows, items, headings }).toEqual({ rows: 9, items: 6, headings: [0, 3, 5] });
  const told = Array.from({ length: rows }, (_, row) => {
    const one = at(row);
    return one?.item ?? one?.section.name;
  });
  expect(told).toEqual(['overdue', 0, 1, 'soon', 2, 'later', 3, 4, 5]);
});

test('an item is found in its row again', () => {
  const { items, at, rowOf } = layOut(SECTIONS);
  for (let item = 0; item < items; item++) expect(at(rowOf(item))?.item).toBe(item);
});

test('a folded section keeps its heading only', () => {
  const folded = layOut(SECTIONS.map((one) => ({ ...one, folded: one.name === 'later' })));
  expect({ rows: folded.rows, items: folded.items }).toEqual({ rows: 6, items: 3 });
});
