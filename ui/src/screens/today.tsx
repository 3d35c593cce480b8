import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type KeyboardEvent, useRef, useState } from 'react';
import { undoChange, useEdit } from '@/api/actions';
import { todayQuery } from '@/api/journey';
import type { QueueItem } from '@/api/types';
import { StageBadge } from '@/components/badges';
import { Button } from '@/components/button';
import { cx } from '@/components/cx';
import { EmptyState } from '@/components/empty-state';
import { money } from '@/i18n/format';
import { message } from '@/i18n/labels';
import { asSentence, remarkText } from '@/i18n/remarks';
import { act } from '@/journey/actions';
import { ClockLabel } from '@/journey/clock';
import { ReturnDialog } from '@/journey/return-dialog';
import { StepDialog } from '@/journey/step-dialog';
import { WithPanel } from '@/panel/with-panel';
import { m } from '@/paraglide/messages.js';
import { Header } from '@/shell/header';
import { say } from '@/state/toasts';

const GROUPS = ['overdue', 'today', 'soon', 'later'];

type Asking = { what: 'step' | 'return'; item: QueueItem } | null;

/** The key of each action that a line may have. */
const KEYS: Record<string, string> = {
  accept: 'a',
  return: 'r',
  step: 's',
  onboard: 'b',
  renew: 'w',
  done: 'd',
};

function Line({
  item,
  current,
  onOpen,
  onAct,
  onFocus,
}: {
  item: QueueItem;
  current: boolean;
  onOpen: () => void;
  onAct: (action: string) => void;
  onFocus: () => void;
}) {
  const why = item.why.map((one) => asSentence(remarkText(one, 'opportunity') ?? '')).join(' · ');
  const next = item.actions.find((action) => action in KEYS);
  const account = item.account?.title ?? item.opportunity?.title;
  return (
    <li
      data-line
      className={cx(
        'flex items-center gap-3 border-line border-b px-4 py-1.5 hover:bg-hover',
        current && 'bg-selected',
      )}
    >
      <button
        type="button"
        onClick={onOpen}
        onFocus={onFocus}
        className="min-w-0 flex-1 rounded-control text-left"
      >
        <span className="flex items-baseline gap-2">
          <span className="shrink-0 font-medium">{message(`today_what_${item.what}`) ?? item.what}</span>
          <span className="truncate">{item.title}</span>
          {account !== undefined && <span className="truncate text-quiet text-small">{account}</span>}
        </span>
        <span className="block truncate text-quiet text-small" title={why}>
          {why}
        </span>
      </button>
      {item.stage !== '' && <StageBadge stage={item.stage} />}
      <span className="numeric w-24 shrink-0 text-right text-small">
        {item.value === null ? '' : money(item.value, item.currency === '' ? null : item.currency)}
      </span>
      <span className="flex w-32 shrink-0 justify-end">
        {item.clock !== null && <ClockLabel clock={item.clock} />}
      </span>
      <span className="flex w-36 shrink-0 justify-end">
        {next !== undefined && (
          <Button onClick={() => onAct(next)}>
            {message(`action_${next === 'step' ? 'set_step' : next}`) ?? next}
          </Button>
        )}
      </span>
    </li>
  );
}

function Queue({ items }: { items: QueueItem[] }) {
  const navigate = useNavigate();
  const open = useSearch({ strict: false }).record;
  const list = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const [asking, setAsking] = useState<Asking>(null);
  const edit = useEdit();
  const show = (item: QueueItem) =>
    void navigate({
      to: '.',
      search: (search) => ({ ...search, record: item.id }),
      replace: open !== undefined,
    });
  const perform = (item: QueueItem, action: string) => {
    const lead = { id: item.id, reason: null };
    if (action === 'accept') void act('accept', lead, m.said_accepted({ title: item.title }));
    else if (action === 'onboard') void act('onboard', lead, m.said_onboarding({ title: item.title }));
    else if (action === 'renew') void act('renew', lead, m.said_renewal({ title: item.title }));
    else if (action === 'done') {
      const fields = { done_on: new Date().toISOString().slice(0, 10) };
      edit.mutate(
        { kind: 'task', ids: [item.id], fields },
        {
          onSuccess: () => say(m.said_done({ title: item.title }), { undo: () => void undoChange() }),
        },
      );
    } else if (action === 'return' || action === 'step') setAsking({ what: action, item });
  };
  const go = (index: number) => {
    const next = Math.max(0, Math.min(index, items.length - 1));
    const line = list.current?.querySelectorAll<HTMLElement>('[data-line] > button')[next];
    line?.focus();
    line?.scrollIntoView({ block: 'nearest' });
    setAt(next);
    const item = items[next];
    if (open !== undefined && item !== undefined) show(item);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || asking !== null) return;
    const item = items[at];
    const action = Object.entries(KEYS).find(([, key]) => key === event.key)?.[0];
    if (event.key === 'j' || event.key === 'ArrowDown') go(at + 1);
    else if (event.key === 'k' || event.key === 'ArrowUp') go(at - 1);
    else if (item !== undefined && action !== undefined && item.actions.includes(action))
      perform(item, action);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the lines, whose buttons have the focus
    <div ref={list} onKeyDown={onKeyDown} className="min-h-0 flex-1 overflow-y-auto">
      {GROUPS.map((group) => {
        const lines = items.filter((item) => item.when === group);
        if (lines.length === 0) return null;
        return (
          <section key={group} aria-label={message(`today_${group}`)}>
            <h2 className="caps sticky top-0 bg-canvas px-4 py-1.5">
              {message(`today_${group}`)} · {lines.length}
            </h2>
            <ul>
              {lines.map((item) => (
                <Line
                  key={item.id}
                  item={item}
                  current={items[at]?.id === item.id}
                  onOpen={() => show(item)}
                  onFocus={() => setAt(items.indexOf(item))}
                  onAct={(action) => perform(item, action)}
                />
              ))}
            </ul>
          </section>
        );
      })}
      {asking?.what === 'step' && (
        <StepDialog
          id={asking.item.opportunity?.id ?? asking.item.id}
          title={asking.item.title}
          onClose={() => setAsking(null)}
        />
      )}
      {asking?.what === 'return' && (
        <ReturnDialog id={asking.item.id} title={asking.item.title} onClose={() => setAsking(null)} />
      )}
    </div>
  );
}

/** What the member who looks has to do, most urgent first. */
export function TodayScreen() {
  const { data } = useQuery(todayQuery());
  return (
    <WithPanel>
      <Header title={m.nav_today()}>
        {data !== undefined && data.total > 0 && (
          <span className="numeric truncate text-quiet text-small">
            {m.today_counts({ overdue: data.overdue, due: data.due, total: data.total })}
          </span>
        )}
      </Header>
      {data?.total === 0 && <EmptyState title={m.today_empty()}>{m.today_empty_lead()}</EmptyState>}
      {data !== undefined && data.total > 0 && <Queue items={data.items} />}
    </WithPanel>
  );
}
