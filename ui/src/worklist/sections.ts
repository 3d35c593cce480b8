/** A stretch of a list under a heading. */
export interface Section {
  name: string;
  count: number;
  /** Only its heading is shown. */
  folded?: boolean;
}

export type Row = { section: Section; item: number | null };

/** The rows of a list with headings: how many there are, which is what, and in which row an item stands. */
export function layOut(sections: Section[]) {
  const starts: { section: Section; row: number; item: number }[] = [];
  let [row, item] = [0, 0];
  for (const section of sections.filter(({ count }) => count > 0)) {
    starts.push({ section, row, item });
    row += 1 + (section.folded ? 0 : section.count);
    item += section.count;
  }
  const visible = starts.reduce((sum, { section }) => sum + (section.folded ? 0 : section.count), 0);
  return {
    rows: row,
    /** Items that have a row. Folded sections come last. */
    items: visible,
    headings: starts.map((start) => start.row),
    at(index: number): Row | undefined {
      const start = starts.findLast((one) => one.row <= index);
      if (start === undefined) return undefined;
      return {
        section: start.section,
        item: index === start.row ? null : start.item + index - start.row - 1,
      };
    },
    rowOf(index: number): number {
      const start = starts.findLast((one) => one.item <= index);
      return start === undefined ? index : start.row + 1 + index - start.item;
    },
  };
}
