import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useSettle } from '@/api/actions';
import { conflictsQuery } from '@/api/queries';
import type { ConflictInfo } from '@/api/types';
import { ConflictMark } from '@/components/badges';
import { EmptyState } from '@/components/empty-state';
import { ConflictCard } from '@/conflicts/conflict-card';
import { WithPanel } from '@/panel/with-panel';
import { m } from '@/paraglide/messages.js';
import { Header } from '@/shell/header';

const keyOf = (conflict: ConflictInfo) => `${conflict.record.id}/${conflict.field}`;

const isTyping = (target: EventTarget) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA'].includes(target.tagName));

function Conflicts({ conflicts }: { conflicts: ConflictInfo[] }) {
  const settle = useSettle();
  const list = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState(0);
  const [writing, setWriting] = useState<string | null>(null);
  const at = Math.min(current, conflicts.length - 1);

  const go = (index: number) => {
    const cards = list.current?.querySelectorAll<HTMLElement>('[data-conflict]');
    const card = cards?.[Math.max(0, Math.min(index, conflicts.length - 1))];
    card?.focus();
    card?.scrollIntoView({ block: 'nearest' });
  };
  const take = async (conflict: ConflictInfo, value: unknown) => {
    await settle.mutateAsync({ kind: conflict.kind, id: conflict.record.id, field: conflict.field, value });
  };
  // The keys work at once, and go on with the next one after one is settled.
  const count = conflicts.length;
  useEffect(() => {
    if (count > 0) list.current?.querySelectorAll<HTMLElement>('[data-conflict]')[at]?.focus();
  }, [count, at]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const conflict = conflicts[at];
    const chosen = conflict?.values[Number(event.key) - 1];
    if (event.key === 'j' || event.key === 'ArrowDown') go(at + 1);
    else if (event.key === 'k' || event.key === 'ArrowUp') go(at - 1);
    else if (event.key === 'w' && conflict !== undefined) setWriting(keyOf(conflict));
    else if (/^[1-9]$/.test(event.key) && conflict !== undefined && chosen !== undefined)
      void take(conflict, chosen.value).catch(() => undefined);
    else return;
    event.preventDefault();
  };
  return (
    <div className="min-h-0 flex-1 overflow-y-auto bg-canvas">
      <div className="mx-auto max-w-[760px] px-6 py-4">
        <p className="mb-4 text-quiet">{m.conflicts_lead()}</p>
        <ul ref={list} onKeyDown={onKeyDown} className="flex flex-col gap-4">
          {conflicts.map((conflict, index) => (
            <ConflictCard
              key={keyOf(conflict)}
              conflict={conflict}
              current={index === at}
              writing={writing === keyOf(conflict)}
              onWrite={(yes) => setWriting(yes ? keyOf(conflict) : null)}
              onSettle={(value) => take(conflict, value)}
              onFocus={() => setCurrent(index)}
            />
          ))}
        </ul>
      </div>
    </div>
  );
}

/** Every field that holds two values, written without knowledge of each other. */
export function ConflictsScreen() {
  const { data } = useQuery(conflictsQuery());
  return (
    <WithPanel>
      <Header title={m.nav_conflicts()}>
        {data !== undefined && data.length > 0 && (
          <span className="numeric text-quiet text-small">{`${m.conflicts_count({ count: data.length })} ${m.conflicts_in_records(
            {
              count: new Set(data.map((conflict) => conflict.record.id)).size,
            },
          )}`}</span>
        )}
      </Header>
      {data?.length === 0 && (
        <EmptyState icon={<ConflictMark className="size-5" />} title={m.conflicts_empty()}>
          {m.conflicts_empty_lead()}
        </EmptyState>
      )}
      {data !== undefined && data.length > 0 && <Conflicts conflicts={data} />}
    </WithPanel>
  );
}
