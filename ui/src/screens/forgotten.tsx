import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { useApp } from '@/api/queries';
import { rpc } from '@/api/rpc';
import { EmptyState } from '@/components/empty-state';
import { Segmented } from '@/components/segmented';
import { RepairList } from '@/forgotten/repair-list';
import { number } from '@/i18n/format';
import { WithPanel } from '@/panel/with-panel';
import { m } from '@/paraglide/messages.js';
import { Header } from '@/shell/header';
import { useKept } from '@/state/preferences';
import { failureText } from '@/state/toasts';
import { TOP, usePaged } from '@/worklist/use-paged';

/** Open opportunities that nobody looks after, longest first. */
export function ForgottenScreen() {
  const me = useApp()?.workspace?.me.id ?? null;
  const [whose, setWhose] = useKept<'mine' | 'all'>('forgotten_whose', 'all');
  const member = whose === 'mine' ? me : null;
  const [range, setRange] = useState(TOP);
  const { head, rows } = usePaged(
    ['forgotten', member],
    (offset, limit) => rpc('forgotten', { member, offset, limit }),
    range,
  );
  return (
    <WithPanel>
      <Header
        title={m.nav_forgotten()}
        actions={
          <Segmented
            label={m.forgotten_whose()}
            value={whose}
            options={[
              { value: 'all', label: m.forgotten_everybody() },
              { value: 'mine', label: m.forgotten_mine() },
            ]}
            onChange={setWhose}
          />
        }
      >
        {head !== undefined && head.total > 0 && (
          <p className="numeric truncate text-quiet text-small">
            {member === null
              ? m.forgotten_counts({ total: number(head.total), open: number(head.open) })
              : m.forgotten_counts_mine({ total: number(head.total), open: number(head.open) })}
          </p>
        )}
      </Header>
      {rows.error !== null && <EmptyState title={failureText(rows.error)} />}
      {head !== undefined && (
        <RepairList
          key={whose}
          rows={rows}
          onRange={setRange}
          empty={
            <EmptyState
              icon={<CircleCheck className="size-5" aria-hidden />}
              title={member === null ? m.forgotten_empty() : m.forgotten_empty_mine()}
            >
              {m.forgotten_empty_lead()}
            </EmptyState>
          }
        />
      )}
    </WithPanel>
  );
}
