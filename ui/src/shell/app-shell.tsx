import { Outlet, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { redoChange, undoLast } from '@/api/actions';
import { useShortcut } from '@/keys/use-shortcut';
import { Palette } from '@/palette/palette';
import { m } from '@/paraglide/messages.js';
import { CreateDialog } from '@/records/create-dialog';
import { SampleBanner } from '@/sharing/sample-banner';
import { DensityMeasure } from '@/state/density';
import { useKept } from '@/state/preferences';
import { useWindow } from '@/state/window';
import { KeyList } from './key-list';
import { NAVIGATION } from './navigation';
import { Overlays } from './overlays';
import { Sidebar } from './sidebar';

function GoShortcut({ destination }: { destination: (typeof NAVIGATION)[number][number] }) {
  const navigate = useNavigate();
  useShortcut(destination.shortcut, () => void navigate({ to: destination.path, search: {} }));
  return null;
}

/** Windows narrower than this cannot hold sidebar, list and record side by side, in pixels. */
const CROWDED = 1100;

/** What is around every screen. */
export function AppShell() {
  const [collapsed, setCollapsed] = useKept('sidebar_collapsed', false);
  const { overlay, show, create, focus } = useWindow();
  // Beside an open record a small window has room for the list only if the sidebar makes way.
  const crowded = useSearch({ strict: false }).record !== undefined && window.innerWidth < CROWDED;
  const [shrunk, shrink] = useState(true);
  const narrow = collapsed || (crowded && shrunk);
  const toggle = () => (crowded && !collapsed ? shrink(!shrunk) : setCollapsed(!collapsed));
  useShortcut('palette', () => show(overlay === 'palette' ? null : 'palette'));
  useShortcut('keys', () => show('keys'));
  useShortcut('undo', () => void undoLast());
  useShortcut('redo', () => void redoChange());
  useShortcut('create', () => create(focus?.kind ?? 'opportunity'));
  useShortcut('sidebar', toggle);
  useShortcut('import', () => useWindow.setState({ importing: { kind: null } }));
  return (
    <div className="flex h-full">
      <button
        type="button"
        className="floating absolute top-2 left-2 z-60 -translate-y-16 px-3 py-2 focus:translate-y-0"
        onClick={() => document.getElementById('main')?.focus()}
      >
        {m.action_skip_to_content()}
      </button>
      {NAVIGATION.flat().map((destination) => (
        <GoShortcut key={destination.path} destination={destination} />
      ))}
      <Sidebar collapsed={narrow} onCollapse={toggle} />
      <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col bg-surface outline-none">
        <SampleBanner />
        <Outlet />
      </main>
      <DensityMeasure />
      <Palette />
      <KeyList />
      <CreateDialog />
      <Overlays />
    </div>
  );
}
