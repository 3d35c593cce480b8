import { m } from '@/paraglide/messages.js';
import { DataSettings } from '@/settings/data';
import { FieldSettings } from '@/settings/fields';
import { About, GeneralSettings } from '@/settings/general';
import { WorkspaceSettings } from '@/settings/workspace';
import { Header } from '@/shell/header';

export function SettingsScreen() {
  return (
    <>
      <Header title={m.nav_settings()} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-[760px] px-6">
          <GeneralSettings />
          <WorkspaceSettings />
          <FieldSettings />
          <DataSettings />
          <About />
        </div>
      </div>
    </>
  );
}
