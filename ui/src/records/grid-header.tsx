import { Accessibility, PointerActivationConstraints, PointerSensor } from '@dnd-kit/dom';
import { DragDropProvider } from '@dnd-kit/react';
import { isSortable, useSortable } from '@dnd-kit/react/sortable';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type PointerEvent, useRef } from 'react';
import type { Sort } from '@/api/types';
import { cx } from '@/components/cx';
import { fieldLabel } from '@/i18n/labels';
import { type Column, MIN_WIDTH } from './columns';
import { isNumeric } from './value';

/** A press is a click until it has moved this far, in pixels. */
const SENSORS = [
  PointerSensor.configure({
    activationConstraints: [new PointerActivationConstraints.Distance({ value: 5 })],
  }),
];

interface HeaderProps {
  kind: string;
  titleField: string;
  titleLabel: string;
  titleWidth: number;
  columns: Column[];
  template: string;
  sort: Sort[];
  /** Absent where the order is not one to choose. */
  onSort: ((field: string, add: boolean) => void) | undefined;
  onWidth: (field: string, width: number, done: boolean) => void;
  onMove: (from: number, to: number) => void;
}

const sortOf = (sort: Sort[], field: string) => sort.find((one) => one.field === field);

function ariaSort(at: Sort | undefined): 'ascending' | 'descending' | 'none' {
  if (at === undefined) return 'none';
  return at.descending ? 'descending' : 'ascending';
}

/** The edge of a column, dragged to make it wider or narrower. The keyboard's way is the column menu. */
function ResizeEdge({ width, onWidth }: { width: number; onWidth: (width: number, done: boolean) => void }) {
  const start = useRef({ x: 0, width });
  const widthAt = (event: PointerEvent) =>
    Math.max(MIN_WIDTH, start.current.width + event.clientX - start.current.x);
  return (
    <span
      aria-hidden
      className="absolute top-0 right-0 z-10 h-full w-2 cursor-col-resize touch-none after:absolute after:top-2 after:right-0 after:bottom-2 after:w-px after:bg-line hover:after:bg-accent"
      onPointerDown={(event) => {
        event.stopPropagation();
        start.current = { x: event.clientX, width };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) onWidth(widthAt(event), false);
      }}
      onPointerUp={(event) => {
        event.currentTarget.releasePointerCapture(event.pointerId);
        onWidth(widthAt(event), true);
      }}
    />
  );
}

function SortMark({ at }: { at: Sort | undefined }) {
  if (at === undefined) return null;
  const Icon = at.descending ? ArrowDown : ArrowUp;
  return <Icon className="size-3 shrink-0 text-accent" aria-hidden />;
}

const HEAD = 'caps relative flex h-full w-full min-w-0 items-center gap-1 px-3 hover:text-text';

function ColumnHead({
  kind,
  column,
  index,
  at,
  onSort,
  onWidth,
}: {
  kind: string;
  column: Column;
  index: number;
  at: Sort | undefined;
  onSort: HeaderProps['onSort'];
  onWidth: HeaderProps['onWidth'];
}) {
  const { ref, handleRef, isDragging } = useSortable({ id: column.field.name, index });
  return (
    <div
      ref={ref}
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={onSort && ariaSort(at)}
      className={cx('relative border-line border-b bg-canvas', isDragging && 'z-20 opacity-70 shadow-card')}
    >
      <button
        ref={handleRef}
        type="button"
        className={cx(HEAD, isNumeric(column.field.type) && 'justify-end')}
        onClick={(event) => onSort?.(column.field.name, event.shiftKey)}
      >
        <span className="truncate">{fieldLabel(kind, column.field)}</span>
        <SortMark at={at} />
      </button>
      <ResizeEdge width={column.width} onWidth={(width, done) => onWidth(column.field.name, width, done)} />
    </div>
  );
}

/** The heads of the columns: click sorts, shift-click adds to the order, drag moves, the edge resizes. */
export function GridHeader(props: HeaderProps) {
  const { kind, titleField, titleLabel, columns, template, sort, onSort, onWidth, onMove } = props;
  const title = sort.find((one) => one.field === 'title' || one.field === titleField);
  return (
    <div className="sticky top-0 z-20 min-w-full" role="rowgroup">
      <DragDropProvider
        sensors={SENSORS}
        plugins={(defaults) => defaults.filter((plugin) => plugin !== Accessibility)}
        onDragEnd={({ operation: { source }, canceled }) => {
          if (canceled || !isSortable(source)) return;
          const { initialIndex, index } = source.sortable;
          if (initialIndex !== index) onMove(initialIndex, index);
        }}
      >
        <div role="row" aria-rowindex={1} className="grid h-8" style={{ gridTemplateColumns: template }}>
          <div
            role="columnheader"
            aria-colindex={1}
            aria-sort={onSort && ariaSort(title)}
            className="sticky left-0 z-10 border-line border-r border-b bg-canvas"
          >
            <button
              type="button"
              className={cx(HEAD, 'pl-8.5')}
              onClick={(event) => onSort?.('title', event.shiftKey)}
            >
              <span className="truncate">{titleLabel}</span>
              <SortMark at={title} />
            </button>
            <ResizeEdge width={props.titleWidth} onWidth={(width, done) => onWidth('title', width, done)} />
          </div>
          {columns.map((column, index) => (
            <ColumnHead
              key={column.field.name}
              kind={kind}
              column={column}
              index={index}
              at={sortOf(sort, column.field.name)}
              onSort={onSort}
              onWidth={onWidth}
            />
          ))}
          <div role="presentation" className="border-line border-b bg-canvas" />
        </div>
      </DragDropProvider>
    </div>
  );
}
