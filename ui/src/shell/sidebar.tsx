import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { PanelLeftClose, PanelLeftOpen, Search } from 'lucide-react';
import { forgottenQuery } from '@/api/journey';
import { useStatus } from '@/api/queries';
import { IconButton } from '@/components/button';
import { cx } from '@/components/cx';
import { Keys } from '@/components/keys';
import { WithTooltip } from '@/components/tooltip';
import { number } from '@/i18n/format';
import { shortcut } from '@/keys/registry';
import { m } from '@/paraglide/messages.js';
import { useWindow } from '@/state/window';
import { type Destination, NAVIGATION } from './navigation';
import { StatusLine } from './status-line';
import { WorkspaceSwitcher } from './workspace-switcher';

function Entry({
  destination,
  count,
  collapsed,
}: {
  destination: Destination;
  count: number;
  collapsed: boolean;
}) {
  const Icon = destination.icon;
  const label = destination.label();
  const link = (
    <Link
      to={destination.path}
      search={{}}
      activeProps={{ className: 'bg-press font-medium text-text', 'aria-current': 'page' }}
      inactiveProps={{ className: 'text-quiet hover:bg-hover hover:text-text' }}
      className={cx(
        'flex h-7 items-center gap-2.5 rounded-control px-2 transition-colors',
        collapsed && 'justify-center',
      )}
    >
      <Icon className="size-4 shrink-0" aria-hidden />
      <span className={collapsed ? 'sr-only' : 'min-w-0 flex-1 truncate'}>{label}</span>
      {count > 0 && (
        <span
          className={cx(
            'numeric rounded-full bg-warning-soft px-1.5 font-medium text-caps text-warning',
            collapsed && 'sr-only',
          )}
        >
          {number(count)}
        </span>
      )}
    </Link>
  );
  return (
    <li>
      {collapsed ? (
        <WithTooltip label={label} shortcut={destination.shortcut} side="right">
          {link}
        </WithTooltip>
      ) : (
        link
      )}
    </li>
  );
}

export function Sidebar({ collapsed, onCollapse }: { collapsed: boolean; onCollapse: () => void }) {
  const conflicts = useStatus()?.conflicts ?? 0;
  const { data: forgotten } = useQuery(forgottenQuery({ limit: 1 }));
  const counts: Record<string, number> = { '/conflicts': conflicts, '/forgotten': forgotten?.total ?? 0 };
  const show = useWindow((state) => state.show);
  return (
    <nav
      aria-label={m.label_navigation()}
      className={cx(
        'flex shrink-0 flex-col border-line border-r bg-canvas transition-[width] duration-150',
        collapsed ? 'w-rail' : 'w-sidebar',
      )}
    >
      <div className={cx('flex h-header shrink-0 items-center gap-1 px-2', collapsed && 'justify-center')}>
        <WorkspaceSwitcher collapsed={collapsed} />
      </div>
      <div className="px-2 pb-2">
        <button
          type="button"
          onClick={() => show('palette')}
          aria-label={m.action_search()}
          className={cx(
            'flex h-7 w-full items-center gap-2.5 rounded-control border border-line bg-surface px-2 text-quiet transition-colors hover:border-edge',
            collapsed && 'justify-center px-0',
          )}
        >
          <Search className="size-4 shrink-0" aria-hidden />
          {!collapsed && (
            <>
              <span className="flex-1 truncate text-left">{m.action_search()}</span>
              <Keys keys={shortcut('palette').keys[0] ?? ''} />
            </>
          )}
        </button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2">
        {NAVIGATION.map((group, index) => (
          <ul key={group[0]?.path} className={cx('flex flex-col gap-px', index > 0 && 'mt-4')}>
            {group
              .filter((destination) => !destination.onlyWithCount || conflicts > 0)
              .map((destination) => (
                <Entry
                  key={destination.path}
                  destination={destination}
                  collapsed={collapsed}
                  count={counts[destination.path] ?? 0}
                />
              ))}
          </ul>
        ))}
      </div>
      <div
        className={cx(
          'flex shrink-0 items-center gap-1 border-line border-t p-2',
          collapsed && 'flex-col-reverse',
        )}
      >
        <StatusLine collapsed={collapsed} />
        <IconButton
          label={collapsed ? m.action_expand_sidebar() : m.action_collapse_sidebar()}
          shortcut="sidebar"
          icon={collapsed ? <PanelLeftOpen className="size-4" /> : <PanelLeftClose className="size-4" />}
          onClick={onCollapse}
        />
      </div>
    </nav>
  );
}
