import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { forgottenQuery } from '@/api/journey';
import type { ForgottenItem } from '@/api/types';
import { StageBadge } from '@/components/badges';
import { Button } from '@/components/button';
import { EmptyState } from '@/components/empty-state';
import { ago, money } from '@/i18n/format';
import { asSentence, remarkText } from '@/i18n/remarks';
import { StepDialog } from '@/journey/step-dialog';
import { WithPanel } from '@/panel/with-panel';
import { m } from '@/paraglide/messages.js';
import { Header } from '@/shell/header';

function Line({ item, onOpen, onStep }: { item: ForgottenItem; onOpen: () => void; onStep: () => void }) {
  const why = item.why.map((one) => asSentence(remarkText(one) ?? '')).join(' · ');
  return (
    <li className="flex items-center gap-3 border-line border-b px-4 py-1.5 hover:bg-hover">
      <button type="button" onClick={onOpen} className="min-w-0 flex-1 rounded-control text-left">
        <span className="flex items-baseline gap-2">
          <span className="truncate font-medium">{item.title}</span>
          <span className="truncate text-quiet text-small">{item.account?.title}</span>
        </span>
        <span className="block truncate text-quiet text-small" title={why}>
          {why}
        </span>
      </button>
      <StageBadge stage={item.stage} />
      <span className="w-32 shrink-0 truncate text-small">{item.owner?.title ?? m.forgotten_nobody()}</span>
      <span className="numeric w-24 shrink-0 text-right text-small">
        {item.value === null ? '' : money(item.value, item.currency === '' ? null : item.currency)}
      </span>
      <span className="w-28 shrink-0 text-right text-quiet text-small">{ago(item.since)}</span>
      <Button onClick={onStep}>{m.action_set_step()}</Button>
    </li>
  );
}

/** Open opportunities that nobody looks after, longest first. */
export function ForgottenScreen() {
  const { data } = useQuery(forgottenQuery());
  const navigate = useNavigate();
  const [asking, setAsking] = useState<ForgottenItem | null>(null);
  return (
    <WithPanel>
      <Header title={m.nav_forgotten()}>
        {data !== undefined && data.total > 0 && (
          <span className="numeric truncate text-quiet text-small">
            {m.forgotten_counts({ total: data.total, open: data.open })}
          </span>
        )}
      </Header>
      {data?.total === 0 && <EmptyState title={m.forgotten_empty()}>{m.forgotten_empty_lead()}</EmptyState>}
      {data !== undefined && data.total > 0 && (
        <ul className="min-h-0 flex-1 overflow-y-auto">
          {data.items.map((item) => (
            <Line
              key={item.id}
              item={item}
              onOpen={() => void navigate({ to: '.', search: (search) => ({ ...search, record: item.id }) })}
              onStep={() => setAsking(item)}
            />
          ))}
        </ul>
      )}
      {asking !== null && <StepDialog id={asking.id} title={asking.title} onClose={() => setAsking(null)} />}
    </WithPanel>
  );
}
