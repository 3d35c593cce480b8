import { describe, expect, it } from 'vitest';
import { csvCell } from './export';

describe('a cell of an export', () => {
  it('quotes what would break the line', () => {
    expect(csvCell('Smith, "Al"\nnext')).toBe('"Smith, ""Al""\nnext"');
  });

  it('is never a formula', () => {
    expect(csvCell('=HYPERLINK("x")')).toBe('"\'=HYPERLINK(""x"")"');
    expect(csvCell('+49 30 1')).toBe("'+49 30 1");
  });

  it('leaves numbers as numbers', () => {
    expect(csvCell(-5)).toBe('-5');
  });

  it('names linked records and joins sets', () => {
    expect(csvCell({ id: '1', title: 'Acme' })).toBe('Acme');
    expect(csvCell(['a', 'b'])).toBe('a; b');
  });
});
