import { ChevronsUpDown, FolderOpen, LogOut, Plus, UserPlus } from 'lucide-react';
import { enterApp } from '@/api/events';
import { useApp } from '@/api/queries';
import { rpc } from '@/api/rpc';
import { initials } from '@/components/badges';
import { cx } from '@/components/cx';
import { Menu, MenuItem, MenuSeparator } from '@/components/menu';
import { m } from '@/paraglide/messages.js';
import { complain } from '@/state/toasts';
import { useWindow } from '@/state/window';

export function WorkspaceSwitcher({ collapsed }: { collapsed: boolean }) {
  const app = useApp();
  const workspace = app?.workspace;
  if (app === undefined || !workspace) return null;
  const others = app.recent.filter((recent) => recent.path !== workspace.path);
  return (
    <Menu
      label={m.label_workspace()}
      trigger={
        <button
          type="button"
          aria-label={m.label_workspace_named({ name: workspace.name })}
          className={cx(
            'flex h-8 min-w-0 items-center gap-2 rounded-control px-1.5 hover:bg-hover',
            !collapsed && 'flex-1',
          )}
        >
          <span
            aria-hidden
            className="flex size-5 shrink-0 items-center justify-center rounded-mark bg-accent font-semibold text-caps text-on-accent"
          >
            {initials(workspace.name).charAt(0)}
          </span>
          {!collapsed && (
            <>
              <span className="min-w-0 flex-1 truncate text-left font-semibold">{workspace.name}</span>
              <ChevronsUpDown className="size-3.5 shrink-0 text-quiet" aria-hidden />
            </>
          )}
        </button>
      }
    >
      <div className="px-2 pt-1 pb-1.5 text-quiet text-small">
        {m.label_you_are({ name: workspace.me.title })}
      </div>
      <MenuItem
        icon={<UserPlus className="size-4" />}
        onSelect={() => useWindow.setState({ inviting: true })}
      >
        {m.action_invite()}
      </MenuItem>
      <MenuItem
        icon={<Plus className="size-4" />}
        shortcut="import"
        onSelect={() => useWindow.setState({ importing: { kind: null } })}
      >
        {m.action_import()}
      </MenuItem>
      {others.length > 0 && <MenuSeparator />}
      {others.map((recent) => (
        <MenuItem
          key={recent.path}
          icon={<FolderOpen className="size-4" />}
          onSelect={() => void rpc('open', { path: recent.path }).then(enterApp, complain)}
        >
          {recent.name}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem
        icon={<LogOut className="size-4" />}
        onSelect={() => void rpc('close').then(enterApp, complain)}
      >
        {m.action_close_workspace()}
      </MenuItem>
    </Menu>
  );
}
