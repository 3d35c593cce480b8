import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
} from 'react';
import { cx } from '@/components/cx';
import { useKeyboardHome } from '@/keys/home';
import { inSequence } from '@/keys/use-shortcut';
import { useRowHeight } from '@/state/density';
import { layOut, type Section } from './sections';
import type { Range } from './use-paged';

/** Lines of two lines of text are so much higher than a table's rows. */
const SECOND_LINE = 16;
const HEADING = 30;

/** The line that a move leads to; null for other keys. */
function moved(key: string, at: number, total: number, page: number): number | null {
  const steps: Record<string, number> = {
    j: at + 1,
    ArrowDown: at + 1,
    k: at - 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: total - 1,
  };
  const to = steps[key];
  return to === undefined ? null : Math.max(0, Math.min(total - 1, to));
}

/**
 * A list that is worked through by keys: only the lines in view exist, and the list itself holds the focus
 * (aria-activedescendant), so that neither scrolling nor a line that leaves loses it.
 */
export function WorkList({
  label,
  sections,
  at,
  scroller,
  onMove,
  onRange,
  onKey,
  onOpen,
  renderLine,
  renderHeading,
}: {
  label: string;
  sections: Section[];
  /** The item under the cursor. */
  at: number;
  scroller: RefObject<HTMLDivElement | null>;
  onMove: (index: number) => void;
  /** Which items are wanted. */
  onRange: (range: Range) => void;
  /** Keys besides those that move; whether it was one of the list's. */
  onKey: (event: KeyboardEvent) => boolean;
  /** Shows an item beside the list. */
  onOpen: (index: number) => void;
  /** The cells of a line. */
  renderLine: (index: number, current: boolean) => ReactNode;
  renderHeading?: (section: Section) => ReactNode;
}) {
  const id = useId();
  const layout = layOut(sections);
  const titled = renderHeading !== undefined;
  const rows = titled ? layout.rows : layout.items;
  const lineHeight = useRowHeight() + SECOND_LINE;
  const itemOf = (row: number) => (titled ? (layout.at(row)?.item ?? null) : row);
  const rowOf = (item: number) => (titled ? layout.rowOf(item) : item);
  useKeyboardHome(() => scroller.current?.focus({ preventScroll: true }));
  // Where nothing else has it, the keys belong to the list from the first moment.
  useEffect(() => {
    if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  }, [scroller]);
  const sticky = useRef(0);
  const virtualizer = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: (row) => (itemOf(row) === null ? HEADING : lineHeight),
    overscan: 8,
    scrollPaddingStart: titled ? HEADING : 0,
    rangeExtractor: (range) => {
      if (!titled) return defaultRangeExtractor(range);
      sticky.current = layout.headings.findLast((row) => row <= range.startIndex) ?? 0;
      return [...new Set([sticky.current, ...defaultRangeExtractor(range)])].sort((a, b) => a - b);
    },
  });
  // A section that is folded or filled moves every line below it.
  const shape = sections.map(({ name, count, folded }) => `${name}${folded ? '' : count}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the measures follow from the shape
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, shape, lineHeight]);

  const shown = virtualizer.getVirtualItems();
  const inView = shown.map(({ index }) => itemOf(index)).filter((item) => item !== null);
  const [first, last] = inView.length === 0 ? [at, at] : [Math.min(...inView), Math.max(...inView)];
  useEffect(() => onRange({ first, last, at }), [onRange, first, last, at]);

  const reveal = useCallback(
    (row: number) => virtualizer.scrollToIndex(row, { align: 'auto' }),
    [virtualizer],
  );
  const row = rowOf(at);
  const before = useRef(row);
  useEffect(() => {
    // The first line stands below its heading: show that too.
    if (before.current !== row) reveal(row <= 1 ? 0 : row);
    before.current = row;
  }, [row, reveal]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroller.current || inSequence()) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / lineHeight) - 1);
    const to = moved(event.key, at, layout.items, page);
    if (to !== null) onMove(to);
    else if (event.key === 'Enter') onOpen(at);
    // Only a move goes on while its key is held: what is done to a line is meant for that line.
    else if ((event.repeat && !event.key.startsWith('Arrow')) || !onKey(event)) return;
    event.preventDefault();
  };
  const active = layout.items > 0 && inView.includes(at);
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={rows}
      aria-activedescendant={active ? `${id}-${at}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="group/list @container relative min-h-0 flex-1 overflow-y-auto overscroll-contain bg-surface outline-none"
    >
      <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {shown.map(({ index, start, size, key }) => {
          const item = itemOf(index);
          const held = titled && index === sticky.current;
          const style = held ? { height: size } : { height: size, top: start };
          const section = layout.at(index)?.section;
          return item === null ? (
            <div
              key={key}
              role="row"
              aria-rowindex={index + 1}
              style={style}
              className={cx('inset-x-0 z-10 bg-surface', held ? 'sticky top-0' : 'absolute')}
            >
              {section !== undefined && renderHeading?.(section)}
            </div>
          ) : (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list answers the keyboard for all its lines
            <div
              key={key}
              id={`${id}-${item}`}
              role="row"
              aria-rowindex={index + 1}
              aria-selected={item === at}
              style={style}
              onClick={() => {
                onMove(item);
                onOpen(item);
                scroller.current?.focus({ preventScroll: true });
              }}
              className={cx(
                'absolute inset-x-0 flex items-center gap-3 border-line border-b px-4',
                item === at
                  ? 'bg-selected before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-edge group-focus/list:before:bg-accent'
                  : 'hover:bg-hover',
              )}
            >
              {renderLine(item, item === at)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
