import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Select } from '@/components/select';
import { HistoryList } from '@/history/history-list';
import { historyQuery, membersQuery } from '@/history/queries';
import { WithPanel } from '@/panel/with-panel';
import { m } from '@/paraglide/messages.js';
import { Header } from '@/shell/header';

const EVERYBODY = 'everybody';

export function HistoryScreen() {
  const [member, setMember] = useState<string | null>(null);
  const { data: members } = useQuery(membersQuery());
  const { data } = useInfiniteQuery(historyQuery(member));
  const total = data?.pages[0]?.total;
  return (
    <WithPanel>
      <Header
        title={m.nav_history()}
        actions={
          <Select
            compact
            className="!w-48"
            label={m.history_filter()}
            value={member ?? EVERYBODY}
            onChange={(value) => setMember(value === EVERYBODY ? null : value)}
            options={[
              { value: EVERYBODY, label: m.history_everybody() },
              ...(members?.records ?? []).map((one) => ({ value: one.id, label: one.title })),
            ]}
          />
        }
      >
        {total !== undefined && (
          <span className="numeric text-quiet text-small">{m.history_total({ count: total })}</span>
        )}
      </Header>
      <HistoryList key={member} member={member} />
    </WithPanel>
  );
}
