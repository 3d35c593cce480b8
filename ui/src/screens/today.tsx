import { useNavigate, useSearch } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { useApp } from '@/api/queries';
import { rpc } from '@/api/rpc';
import type { Today } from '@/api/types';
import { Button } from '@/components/button';
import { EmptyState } from '@/components/empty-state';
import { number, weekday } from '@/i18n/format';
import { WithPanel } from '@/panel/with-panel';
import { m } from '@/paraglide/messages.js';
import { Header } from '@/shell/header';
import { failureText } from '@/state/toasts';
import { MemberPicker } from '@/today/member-picker';
import { Queue } from '@/today/queue';
import { TOP, usePaged } from '@/worklist/use-paged';

function Nothing({ own, name }: { own: boolean; name: string }) {
  const navigate = useNavigate();
  return (
    <EmptyState
      icon={<CircleCheck className="size-5" aria-hidden />}
      title={own ? m.today_empty() : m.today_empty_other({ name })}
      actions={
        <>
          <Button onClick={() => void navigate({ to: '/pipeline', search: {} })}>
            {m.screen_to_pipeline()}
          </Button>
          <Button onClick={() => void navigate({ to: '/forgotten', search: {} })}>
            {m.today_see_forgotten()}
          </Button>
        </>
      }
    >
      {m.today_empty_lead()}
    </EmptyState>
  );
}

const counts = ({ overdue, due, total }: Today): string =>
  overdue + due === 0
    ? m.today_counts_none({ total: number(total) })
    : m.today_counts({ overdue: number(overdue), due: number(due), total: number(total) });

/** What a member has to do, most urgent first. */
export function TodayScreen() {
  const navigate = useNavigate();
  const me = useApp()?.workspace?.me.id ?? '';
  const member = useSearch({ strict: false }).member ?? me;
  const own = member === me;
  const [range, setRange] = useState(TOP);
  const { head, rows } = usePaged(
    ['today', member],
    (offset, limit) => rpc('today', { member: own ? null : member, offset, limit }),
    range,
  );
  const change = (next: string) => void navigate({ to: '.', search: next === me ? {} : { member: next } });
  return (
    <WithPanel>
      <Header
        title={own ? m.nav_today() : m.today_of({ name: head?.member.title ?? '' })}
        actions={<MemberPicker me={me} value={member} name={head?.member.title ?? ''} onChange={change} />}
      >
        {head !== undefined && (
          <p className="numeric truncate text-quiet text-small">
            {weekday(new Date(head.now))}
            {head.total > 0 && ` · ${counts(head)}`}
          </p>
        )}
      </Header>
      {rows.error !== null && <EmptyState title={failureText(rows.error)} />}
      {head?.total === 0 && <Nothing own={own} name={head.member.title} />}
      {head !== undefined && head.total > 0 && (
        <Queue key={member} today={head} rows={rows} own={own} onRange={setRange} />
      )}
    </WithPanel>
  );
}
