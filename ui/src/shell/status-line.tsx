import { CloudOff, CloudUpload, HardDrive, RefreshCw, ShieldAlert, UserPlus, Wifi } from 'lucide-react';
import { useStatus } from '@/api/queries';
import { queryClient } from '@/api/query-client';
import { rpc } from '@/api/rpc';
import type { Peer, Status } from '@/api/types';
import { AgentNote, Avatar } from '@/components/badges';
import { Button } from '@/components/button';
import { cx } from '@/components/cx';
import { Popover } from '@/components/popover';
import { ago, number } from '@/i18n/format';
import { message } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { complain } from '@/state/toasts';
import { useWindow } from '@/state/window';
import { explanation, secondLine, stateWord } from './sync-words';

const SIGNS: Record<string, { icon: typeof Wifi; tone: string }> = {
  local: { icon: HardDrive, tone: 'text-quiet' },
  offline: { icon: CloudOff, tone: 'text-warning' },
  connecting: { icon: RefreshCw, tone: 'text-quiet' },
  syncing: { icon: CloudUpload, tone: 'text-accent' },
  synced: { icon: Wifi, tone: 'text-service' },
  refused: { icon: ShieldAlert, tone: 'text-danger' },
};

function PeerLine({ peer }: { peer: Peer }) {
  return (
    <li className="flex items-center gap-2 py-1">
      <Avatar id={peer.member.id} name={peer.member.title} size={20} />
      <span className="min-w-0 flex-1 truncate">
        {peer.member.title}
        <AgentNote id={peer.member.id} />
      </span>
      <span className={cx('text-small', peer.online ? 'text-service' : 'text-quiet')}>
        {peer.online ? m.status_online() : ago(peer.seen_at)}
      </span>
    </li>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex justify-between gap-4 py-0.5">
      <dt className="text-quiet">{label}</dt>
      <dd className="selectable numeric min-w-0 truncate text-right">{value}</dd>
    </div>
  );
}

function Details({ status }: { status: Status }) {
  const syncNow = () =>
    void rpc('sync_now').then((next) => queryClient.setQueryData(['status'], next), complain);
  return (
    <div className="w-72">
      <p className="font-semibold">{stateWord(status)}</p>
      <p className="mt-0.5 mb-2 text-quiet text-small">{explanation(status)}</p>
      <dl className="border-line border-t py-2 text-small">
        <Fact label={m.status_waiting_label()} value={number(status.waiting)} />
        <Fact label={m.status_fingerprint()} value={status.fingerprint} />
        <Fact label={m.status_sameness()} value={message(`sameness_${status.sameness}`) ?? status.sameness} />
        {status.relay !== null && (
          <Fact label={m.status_relay()} value={status.relay.replace(/^wss?:\/\//, '')} />
        )}
        {status.last_synced_at !== null && (
          <Fact label={m.status_last_synced()} value={ago(status.last_synced_at)} />
        )}
      </dl>
      {status.peers.length > 0 && (
        <div className="border-line border-t py-2">
          <h3 className="caps">{m.status_devices()}</h3>
          <ul className="max-h-40 overflow-y-auto">
            {status.peers.map((peer) => (
              <PeerLine key={peer.device} peer={peer} />
            ))}
          </ul>
        </div>
      )}
      <div className="flex flex-wrap gap-2 border-line border-t pt-3">
        {status.relay !== null && (
          <Button icon={<RefreshCw className="size-3.5" />} onClick={syncNow}>
            {m.action_sync_now()}
          </Button>
        )}
        <Button
          icon={<UserPlus className="size-3.5" />}
          onClick={() => useWindow.setState({ inviting: true })}
        >
          {m.action_invite()}
        </Button>
      </div>
    </div>
  );
}

/** Where the truth stands; always visible. */
export function StatusLine({ collapsed }: { collapsed: boolean }) {
  const status = useStatus();
  if (status === undefined) return <div className="h-9 flex-1" />;
  const { icon: Icon, tone } = SIGNS[status.sync] ?? { icon: Wifi, tone: 'text-quiet' };
  const online = status.peers.filter((peer) => peer.online);
  const second = secondLine(status);
  return (
    <Popover
      title={m.label_sync_state()}
      side="top"
      trigger={
        <button
          type="button"
          aria-label={`${stateWord(status)}. ${second}`}
          className={cx(
            'flex h-9 min-w-0 items-center gap-2 rounded-control px-2 text-left hover:bg-hover',
            collapsed ? 'w-9 justify-center px-0' : 'flex-1',
          )}
        >
          <Icon className={cx('size-4 shrink-0', tone)} aria-hidden />
          {!collapsed && (
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium text-small">{stateWord(status)}</span>
              <span className="numeric block truncate text-caps text-quiet">{second}</span>
            </span>
          )}
          {!collapsed && online.length > 0 && (
            <span className="-space-x-1 flex shrink-0">
              {online.slice(0, 2).map((peer) => (
                <Avatar key={peer.device} id={peer.member.id} name={peer.member.title} size={18} />
              ))}
            </span>
          )}
        </button>
      }
    >
      <Details status={status} />
    </Popover>
  );
}
