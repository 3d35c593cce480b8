import type { LucideIcon } from 'lucide-react';
import {
  Archive,
  CircleHelp,
  Download,
  FileUp,
  Languages,
  Maximize2,
  Moon,
  PanelLeft,
  Plus,
  Redo2,
  RefreshCw,
  Sun,
  Undo2,
  UserPlus,
} from 'lucide-react';
import { sayDone } from '@/api/actions';
import { noteChanged } from '@/api/events';
import { queryClient } from '@/api/query-client';
import { rpc } from '@/api/rpc';
import type { AppState, Preferences, SchemaInfo } from '@/api/types';
import { kindInSentence, kindsLabel } from '@/i18n/labels';
import { language } from '@/i18n/locale';
import type { ShortcutId } from '@/keys/registry';
import { isAnswered, runShortcut } from '@/keys/use-shortcut';
import { m } from '@/paraglide/messages.js';
import { platform } from '@/platform';
import { KIND_ICONS } from '@/shell/navigation';
import { complain } from '@/state/toasts';
import { type Focus, useWindow } from '@/state/window';

export interface PaletteAction {
  id: string;
  label: string;
  icon: LucideIcon;
  shortcut?: ShortcutId;
  /** Other words it is looked for by. */
  words?: string;
  run: () => void;
}

async function archive(focus: Focus, ids: string[]): Promise<void> {
  try {
    const done = await rpc('archive', { ids, archived: true });
    noteChanged({ kinds: [focus.kind], ids });
    sayDone(m.said_archived({ count: ids.length }), done.change);
  } catch (cause) {
    complain(cause);
  }
}

/** What can be done with the record under the cursor, or with those that are selected. */
export function focusActions(focus: Focus | null, open: (id: string) => void): PaletteAction[] {
  if (focus === null) return [];
  const ids = focus.selected.length > 0 ? focus.selected : focus.record === null ? [] : [focus.record.id];
  if (ids.length === 0) return [];
  const actions: PaletteAction[] = [
    {
      id: 'archive',
      label: m.action_archive(),
      icon: Archive,
      shortcut: 'archive',
      run: () => void archive(focus, ids),
    },
  ];
  const { record } = focus;
  if (focus.selected.length === 0 && record !== null) {
    const page: PaletteAction = {
      id: 'open',
      label: m.key_full_page(),
      icon: Maximize2,
      run: () => open(record.id),
    };
    actions.unshift(
      isAnswered('full_page')
        ? { ...page, shortcut: 'full_page', run: () => void runShortcut('full_page') }
        : page,
    );
  }
  return actions;
}

function exportKind(kind: string): PaletteAction {
  return {
    id: `export ${kind}`,
    label: m.action_export_kind({ kind: kindsLabel(kind) }),
    icon: Download,
    words: 'csv',
    run: () =>
      void rpc('export', { kind, format: 'csv' })
        .then(({ text }) =>
          text === null ? undefined : platform.saveText(`${kindsLabel(kind)}.csv`, text, 'text/csv'),
        )
        .catch(complain),
  };
}

/** Kinds that are only written by doing what they tell of, and the one that every workspace has one of. */
const NEVER_MADE = new Set(['decision', 'answer', 'policy']);

/** Rules are made where they are edited: by kind, the tab of the rules. */
const RULE_TABS: Record<string, string> = {
  stage: 'stages',
  criterion: 'gate',
  routing_rule: 'routing',
  reason: 'reasons',
  onboarding_step: 'onboarding',
};

/** What can always be done. */
export function generalActions(
  setPreferences: (change: Partial<Preferences>) => void,
  toRules: (tab: string) => void,
): PaletteAction[] {
  const kinds = (queryClient.getQueryData<SchemaInfo>(['schema'])?.kinds ?? []).filter(
    (kind) => kind.name !== 'view',
  );
  const { create } = useWindow.getState();
  const dark = document.documentElement.dataset.theme === 'dark';
  const other = language() === 'de' ? 'en' : 'de';
  const sample = queryClient.getQueryData<AppState>(['app'])?.workspace?.sample;
  return [
    ...kinds
      .filter(({ name }) => !NEVER_MADE.has(name))
      .map(({ name }): PaletteAction => {
        const tab = RULE_TABS[name];
        return {
          id: `create ${name}`,
          label: m.action_new({ kind: kindInSentence(name) }),
          icon: KIND_ICONS[name] ?? Plus,
          run: () => (tab === undefined ? create(name) : toRules(tab)),
        };
      }),
    {
      id: 'import',
      label: m.action_import(),
      icon: FileUp,
      shortcut: 'import',
      words: 'csv',
      run: () => useWindow.setState({ importing: { kind: null } }),
    },
    ...kinds.map((kind) => exportKind(kind.name)),
    {
      id: 'undo',
      label: m.action_undo(),
      icon: Undo2,
      shortcut: 'undo',
      run: () => void runShortcut('undo'),
    },
    {
      id: 'redo',
      label: m.action_redo(),
      icon: Redo2,
      shortcut: 'redo',
      run: () => void runShortcut('redo'),
    },
    ...(sample
      ? []
      : [
          {
            id: 'invite',
            label: m.action_invite(),
            icon: UserPlus,
            run: () => useWindow.setState({ inviting: true }),
          },
        ]),
    {
      id: 'sync',
      label: m.action_sync_now(),
      icon: RefreshCw,
      run: () => void rpc('sync_now').catch(complain),
    },
    {
      id: 'theme',
      label: dark ? m.action_light() : m.action_dark(),
      icon: dark ? Sun : Moon,
      words: 'theme',
      run: () => setPreferences({ theme: dark ? 'light' : 'dark' }),
    },
    {
      id: 'language',
      label: m.action_speak({}, { locale: other }),
      icon: Languages,
      words: 'language sprache english deutsch',
      run: () => setPreferences({ language: other }),
    },
    {
      id: 'sidebar',
      label: m.key_sidebar(),
      icon: PanelLeft,
      shortcut: 'sidebar',
      run: () => void runShortcut('sidebar'),
    },
    {
      id: 'keys',
      label: m.key_keys(),
      icon: CircleHelp,
      shortcut: 'keys',
      run: () => void runShortcut('keys'),
    },
  ];
}
