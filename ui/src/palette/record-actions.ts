import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import type { ShortcutId } from '@/keys/registry';
import { useShortcut } from '@/keys/use-shortcut';

/** Something that can be done with the record that is open. */
export interface RecordAction {
  id: string;
  label: string;
  icon: LucideIcon;
  shortcut?: ShortcutId;
  /** Other words it is looked for by. */
  words?: string;
  run: () => void;
}

interface OpenRecord {
  id: string;
  kind: string;
  title: string;
}

/** The record that is open, and what it offers to do at this moment, in the order in which it stands there. */
export const useRecordActions = create<{ of: OpenRecord | null; actions: RecordAction[] }>(() => ({
  of: null,
  actions: [],
}));

/** Names the record that is open for as long as it is. */
export function useOpenRecordName(record: OpenRecord | undefined): void {
  const { id, kind, title } = record ?? {};
  useEffect(() => {
    if (id === undefined || kind === undefined || title === undefined) return;
    useRecordActions.setState({ of: { id, kind, title } });
    return () => useRecordActions.setState({ of: null });
  }, [id, kind, title]);
}

/** Offers an action for as long as it applies: in the palette, and by its key. */
export function useRecordAction(action: RecordAction, applies = true): void {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  const { id, label, icon, shortcut, words } = action;
  useEffect(() => {
    if (!applies) return;
    const offered: RecordAction = {
      id,
      label,
      icon,
      ...(shortcut === undefined ? {} : { shortcut }),
      ...(words === undefined ? {} : { words }),
      run: () => latest.current.run(),
    };
    useRecordActions.setState(({ actions }) => ({ actions: [...actions, offered] }));
    return () =>
      useRecordActions.setState(({ actions }) => ({ actions: actions.filter((one) => one !== offered) }));
  }, [applies, id, label, icon, shortcut, words]);
  useShortcut(shortcut ?? 'close_panel', () => latest.current.run(), applies && shortcut !== undefined);
}
