import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { FileText } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { searchQuery } from '@/api/queries';
import { useSchema } from '@/api/schema';
import type { SearchHit } from '@/api/types';
import { Keys } from '@/components/keys';
import { useReturnFocus } from '@/components/use-return-focus';
import { hitHint, kindLabel } from '@/i18n/labels';
import { Layer, useLayer } from '@/keys/layers';
import { shortcut as lookUp, type ShortcutId } from '@/keys/registry';
import { useShortcut } from '@/keys/use-shortcut';
import { m } from '@/paraglide/messages.js';
import { KIND_ICONS, NAVIGATION } from '@/shell/navigation';
import { useKept, useSetPreferences } from '@/state/preferences';
import { useWindow } from '@/state/window';
import { focusActions, generalActions, type PaletteAction } from './actions';
import { useRecordActions } from './record-actions';

const RECENT = 6;

function Item({
  value,
  icon,
  label,
  hint,
  shortcut,
  onSelect,
}: {
  value: string;
  icon: ReactNode;
  label: string;
  hint?: string;
  shortcut?: ShortcutId | undefined;
  onSelect: () => void;
}) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex h-9 items-center gap-3 rounded-control px-3 data-[selected=true]:bg-hover"
    >
      <span className="text-quiet">{icon}</span>
      <span className="min-w-0 truncate">{label}</span>
      {hint && <span className="min-w-0 flex-1 truncate text-quiet">{hint}</span>}
      {shortcut !== undefined && (
        <span className="ml-auto">
          <Keys keys={lookUp(shortcut).keys[0] ?? ''} />
        </span>
      )}
    </Command.Item>
  );
}

const GROUP =
  '[&_[cmdk-group-heading]]:caps [&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1';

function Contents({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const { kinds } = useSchema();
  const [recent, keepRecent] = useKept<SearchHit[]>('recent_records', []);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const setPreferences = useSetPreferences();
  const listed = useWindow((state) => state.focus);
  const { of: opened, actions: offered } = useRecordActions();
  const typed = text.trim();
  useShortcut('palette', onClose);
  const { data: hits } = useQuery({ ...searchQuery(typed, null, 12), enabled: typed !== '' });
  // The list narrows as one types; what an action does comes after the palette has gone.
  const then = (run: () => void) => () => {
    onClose();
    window.requestAnimationFrame(run);
  };
  const open = (hit: SearchHit) => {
    keepRecent([hit, ...recent.filter((other) => other.id !== hit.id)].slice(0, RECENT));
    onClose();
    if (hit.kind === 'page') void navigate({ to: '/pages', search: { record: hit.id } });
    else void navigate({ to: '/record/$id', params: { id: hit.id }, search: {} });
  };
  const matches = (label: string, words = '') => {
    const wanted = typed.toLowerCase().split(/\s+/);
    const hay = `${label} ${words}`.toLowerCase();
    return wanted.every((word) => hay.includes(word));
  };
  const actionItem = (action: PaletteAction) => {
    const Icon = action.icon;
    return (
      <Item
        key={action.id}
        value={`action ${action.id}`}
        icon={<Icon className="size-4" aria-hidden />}
        label={action.label}
        shortcut={action.shortcut}
        onSelect={then(action.run)}
      />
    );
  };
  const recordItem = (hit: SearchHit) => {
    const Icon = KIND_ICONS[hit.kind] ?? FileText;
    return (
      <Item
        key={hit.id}
        value={hit.id}
        icon={<Icon className="size-4" aria-hidden />}
        label={hit.title}
        hint={[kindLabel(hit.kind), hitHint(hit, kinds)].filter(Boolean).join(' · ')}
        onSelect={() => open(hit)}
      />
    );
  };
  const records = typed === '' ? recent : (hits ?? []);
  const toRecord = (id: string) => void navigate({ to: '/record/$id', params: { id }, search: {} });
  const several = listed !== null && listed.selected.length > 0;
  // What is selected is meant, else the record that is open, else the one under the cursor.
  const focus =
    several || opened === null ? listed : { kind: opened.kind, record: opened, selected: [] as string[] };
  const isHere = pathname === `/record/${focus?.record?.id}`;
  const own = [...(several ? [] : offered), ...focusActions(focus, toRecord)].filter(
    (action) => matches(action.label, action.words) && !(isHere && action.id === 'open'),
  );
  const places = NAVIGATION.flat().filter((place) => matches(place.label()));
  const toRules = (view: string) => void navigate({ to: '/rules', search: { view } });
  const general = generalActions(setPreferences, toRules).filter((action) =>
    typed !== '' ? matches(action.label, action.words) : !action.id.startsWith('export'),
  );
  const heading = several ? m.label_selected({ count: listed.selected.length }) : focus?.record?.title;
  return (
    <Command label={m.key_palette()} shouldFilter={false} loop className="flex min-h-0 flex-col">
      <Command.Input
        autoFocus
        value={text}
        onValueChange={setText}
        placeholder={m.palette_placeholder()}
        className="h-12 shrink-0 border-line border-b bg-transparent px-4 text-head outline-none"
      />
      <Command.List label={m.label_results()} className="min-h-0 overflow-y-auto p-2">
        <Command.Empty className="px-3 py-6 text-center text-quiet">{m.label_nothing_found()}</Command.Empty>
        {records.length > 0 && (
          <Command.Group
            className={GROUP}
            heading={typed === '' ? m.label_recent() : m.label_records_found()}
          >
            {records.map(recordItem)}
          </Command.Group>
        )}
        {own.length > 0 && (
          <Command.Group className={GROUP} heading={heading ?? m.label_record()}>
            {own.map(actionItem)}
          </Command.Group>
        )}
        {places.length > 0 && (
          <Command.Group className={GROUP} heading={m.key_group_go()}>
            {places.map((place) => (
              <Item
                key={place.path}
                value={`go ${place.path}`}
                icon={<place.icon className="size-4" aria-hidden />}
                label={place.label()}
                shortcut={place.shortcut}
                onSelect={then(() => void navigate({ to: place.path, search: {} }))}
              />
            ))}
          </Command.Group>
        )}
        {general.length > 0 && (
          <Command.Group className={GROUP} heading={m.label_actions()}>
            {general.map(actionItem)}
          </Command.Group>
        )}
      </Command.List>
    </Command>
  );
}

/** One box for records, places and actions. */
export function Palette() {
  const { overlay, show } = useWindow();
  const close = () => show(null);
  const isOpen = overlay === 'palette';
  const layer = useLayer(isOpen);
  const returnFocus = useReturnFocus(isOpen);
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup
          finalFocus={returnFocus}
          className="fixed top-[12vh] left-1/2 z-50 flex max-h-[64vh] w-[640px] max-w-[calc(100vw-48px)] -translate-x-1/2 flex-col overflow-hidden rounded-panel bg-raised shadow-modal outline-none"
        >
          <Dialog.Title className="sr-only">{m.key_palette()}</Dialog.Title>
          <Layer value={layer}>{isOpen && <Contents onClose={close} />}</Layer>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
