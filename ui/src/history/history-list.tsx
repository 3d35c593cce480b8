import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useStatus } from '@/api/queries';
import { EmptyState } from '@/components/empty-state';
import { dayHeading } from '@/i18n/format';
import { m } from '@/paraglide/messages.js';
import { Entry } from './entry';
import { foldHistory } from './fold';
import { historyQuery } from './queries';

const HEIGHT = 36;
/** Reads on before the end comes into sight. */
const AHEAD = 20;

/** Arrow keys and j/k go from entry to entry. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-entry]')];
  const at = entries.indexOf(document.activeElement as HTMLElement);
  const next = entries[at === -1 ? 0 : at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

/** All changes, newest first; read on as one scrolls. */
export function HistoryList({ member }: { member: string | null }) {
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(historyQuery(member));
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const shared = (useStatus()?.relay ?? null) !== null;
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => foldHistory(data?.pages.flatMap((page) => page.changes) ?? []), [data]);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => HEIGHT,
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 8,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last + AHEAD >= lines.length) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, last, lines.length, fetchNextPage]);

  if (data !== undefined && lines.length === 0) {
    return <EmptyState title={m.history_empty()}>{m.history_empty_lead()}</EmptyState>;
  }
  const toggle = (key: string) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  return (
    <section
      ref={scroller}
      aria-label={m.nav_history()}
      onKeyDown={moveFocus}
      className="min-h-0 flex-1 overflow-y-auto"
    >
      <div className="relative mx-auto max-w-[920px]" style={{ height: rows.getTotalSize() + 32 }}>
        {shown.map((row) => {
          const line = lines[row.index];
          if (line === undefined) return null;
          return (
            <div
              key={row.key}
              data-index={row.index}
              ref={rows.measureElement}
              className="absolute inset-x-0 px-6"
              style={{ transform: `translateY(${row.start}px)` }}
            >
              {line.type === 'day' ? (
                <h2 className="caps pt-4 pb-1.5">{dayHeading(line.at)}</h2>
              ) : (
                <Entry
                  changes={line.changes}
                  open={open.has(line.key)}
                  shared={shared}
                  onToggle={() => toggle(line.key)}
                />
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
}
