import { PencilLine, UserPlus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { justWritten, sayDone } from '@/api/actions';
import { enterApp } from '@/api/events';
import { useApp, useStatus } from '@/api/queries';
import { rpc } from '@/api/rpc';
import { Button } from '@/components/button';
import { optionLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { RelayForm } from '@/sharing/relay-form';
import { explanation } from '@/shell/sync-words';
import { useWindow } from '@/state/window';
import { NameDialog } from './name-dialog';
import { Section } from './section';

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex gap-4 py-0.5">
      <dt className="w-28 shrink-0 text-quiet">{label}</dt>
      <dd className="selectable min-w-0 break-words">{children}</dd>
    </div>
  );
}

async function rename(name: string): Promise<void> {
  enterApp(await rpc('rename_workspace', { name }));
  sayDone(m.settings_renamed_workspace({ name }), await justWritten('rename_workspace'));
}

/** The open workspace, who writes in it here, and where it meets the others. */
export function WorkspaceSettings() {
  const workspace = useApp()?.workspace;
  const status = useStatus();
  const [renaming, setRenaming] = useState(false);
  if (!workspace) return null;
  return (
    <>
      <Section title={m.settings_workspace()} lead={m.settings_workspace_lead()}>
        <dl>
          <Fact label={m.settings_name()}>{workspace.name}</Fact>
          <Fact label={m.settings_path()}>{workspace.path}</Fact>
          <Fact label={m.settings_you()}>
            {workspace.me.title} · {optionLabel('member', 'team', workspace.team)}
          </Fact>
        </dl>
        <div>
          <Button icon={<PencilLine className="size-3.5" aria-hidden />} onClick={() => setRenaming(true)}>
            {m.settings_rename_workspace()}
          </Button>
        </div>
        {renaming && (
          <NameDialog
            title={m.settings_rename_workspace()}
            name={workspace.name}
            onName={rename}
            onClose={() => setRenaming(false)}
          />
        )}
      </Section>
      <Section title={m.settings_sharing()} lead={m.settings_sharing_lead()}>
        <RelayForm />
        {status !== undefined && status.relay !== null && (
          <p className="text-quiet" role="status">
            {explanation(status)}
          </p>
        )}
        <div>
          <Button
            icon={<UserPlus className="size-3.5" aria-hidden />}
            onClick={() => useWindow.setState({ inviting: true })}
          >
            {m.action_invite()}
          </Button>
        </div>
      </Section>
    </>
  );
}
