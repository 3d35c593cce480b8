import { Check, Copy, Link2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { useApp, useStatus } from '@/api/queries';
import { rpc } from '@/api/rpc';
import type { Invite } from '@/api/types';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Select } from '@/components/select';
import { INPUT } from '@/components/text-input';
import { instant } from '@/i18n/format';
import { m } from '@/paraglide/messages.js';
import { failureText } from '@/state/toasts';
import { useWindow } from '@/state/window';
import { copyText } from './copy';
import { RelayForm } from './relay-form';

const DAYS = [1, 7, 30];

function Link({ invite }: { invite: Invite }) {
  const [copied, setCopied] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const copy = async () => {
    input.current?.select();
    setCopied(await copyText(invite.link));
  };
  return (
    <div className="flex flex-col gap-2">
      <div className="flex gap-2">
        <input
          ref={input}
          readOnly
          value={invite.link}
          aria-label={m.welcome_link()}
          onFocus={(event) => event.target.select()}
          className={INPUT}
        />
        <Button
          look="primary"
          className="h-8"
          icon={
            copied ? <Check className="size-3.5" aria-hidden /> : <Copy className="size-3.5" aria-hidden />
          }
          onClick={() => void copy()}
        >
          {copied ? m.invite_copied() : m.invite_copy()}
        </Button>
      </div>
      <p role="status" className="text-quiet text-small">
        {m.invite_expires({ at: instant(invite.expires_at) })}
      </p>
    </div>
  );
}

function Making({ workspace }: { workspace: string }) {
  const [days, setDays] = useState(7);
  const [invite, setInvite] = useState<Invite | null>(null);
  const [error, setError] = useState<string | null>(null);
  const make = async () => {
    try {
      setInvite(await rpc('invite', { days }));
      setError(null);
    } catch (cause) {
      setError(failureText(cause));
    }
  };
  return (
    <div className="flex flex-col gap-4">
      <p>{m.invite_what({ workspace })}</p>
      {invite === null ? (
        <div className="flex items-center gap-2">
          <span className="text-quiet">{m.invite_good_for()}</span>
          <Select
            compact
            className="!w-32"
            label={m.invite_good_for()}
            value={String(days)}
            onChange={(value) => setDays(Number(value))}
            options={DAYS.map((count) => ({ value: String(count), label: m.invite_days({ count }) }))}
          />
          <Button
            look="primary"
            className="ml-auto"
            icon={<Link2 className="size-3.5" aria-hidden />}
            onClick={() => void make()}
          >
            {m.invite_make()}
          </Button>
        </div>
      ) : (
        <Link invite={invite} />
      )}
      {error !== null && (
        <p role="alert" className="selectable rounded-control bg-danger-soft px-3 py-2 text-danger">
          {error}
        </p>
      )}
      <ul className="list-disc space-y-1 border-line border-t pt-3 pl-4 text-quiet text-small">
        <li>{m.invite_once()}</li>
        <li>{m.invite_secret()}</li>
        <li>{m.invite_sealed()}</li>
      </ul>
    </div>
  );
}

/** Makes a link that brings one device into the workspace; without a relay, lets one be named first. */
export function InviteDialog() {
  const inviting = useWindow((state) => state.inviting);
  const workspace = useApp()?.workspace;
  const relay = useStatus()?.relay ?? null;
  return (
    <Dialog
      open={inviting}
      onClose={() => useWindow.setState({ inviting: false })}
      title={m.invite_title()}
      className="!w-[520px]"
    >
      {relay === null ? (
        <div className="flex flex-col gap-4">
          <p>{m.invite_no_relay()}</p>
          <RelayForm autoFocus />
        </div>
      ) : (
        <Making workspace={workspace?.name ?? ''} />
      )}
    </Dialog>
  );
}
