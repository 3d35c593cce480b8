import { useContext, useEffect, useRef } from 'react';
import { chordOf } from './chord';
import { goHome } from './home';
import { Layer, topLayer } from './layers';
import { SHORTCUTS, type Shortcut, type ShortcutId } from './registry';

interface Handler {
  call: () => void;
  /** The modal dialog it is in; null: the window itself. */
  layer: object | null;
}

/** The last one to register answers. */
const handlers = new Map<ShortcutId, Handler[]>();

/** The first key of a sequence such as `g p` waits this long for the second. */
const SEQUENCE_MS = 900;
let first = { key: '', at: 0 };

/** Whether the next key belongs to a sequence that has begun, so that no list takes it for its own. */
export const inSequence = (): boolean => first.key !== '' && performance.now() - first.at < SEQUENCE_MS;

const byChord = new Map<string, ShortcutId[]>();
const sequenceStarts = new Set<string>();
for (const [id, { keys, local }] of Object.entries(SHORTCUTS) as [ShortcutId, Shortcut][]) {
  if (local) continue;
  for (const key of keys) {
    byChord.set(key, [...(byChord.get(key) ?? []), id]);
    const [start, second] = key.split(' ');
    if (second !== undefined && start !== undefined) sequenceStarts.add(start);
  }
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  // An open list or menu takes letters as the beginning of an entry.
  return (
    target.isContentEditable ||
    ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) ||
    target.closest('[role=listbox], [role=menu]') !== null
  );
}

/** What had the keys when one was pressed: the press may close the dialog before the shortcuts hear of it. */
let layer: object | null = null;
const noteLayer = () => {
  layer = topLayer();
};

/** Who answers a shortcut: while a modal dialog is open only what is in it. */
const answering = (id: ShortcutId): Handler | undefined =>
  handlers.get(id)?.findLast((one) => layer === null || one.layer === layer);

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const chord = chordOf(event);
  const sequence = performance.now() - first.at < SEQUENCE_MS ? `${first.key} ${chord}` : '';
  const ids = byChord.get(sequence) ?? byChord.get(chord) ?? [];
  const typing = isTyping(event.target);
  first = sequenceStarts.has(chord) && !typing ? { key: chord, at: performance.now() } : { key: '', at: 0 };
  for (const id of ids) {
    const definition: Shortcut = SHORTCUTS[id];
    if (typing && !definition.whileTyping) continue;
    const handler = answering(id);
    if (handler === undefined) continue;
    event.preventDefault();
    // A key that is held does once what it stands for.
    if (!event.repeat) handler.call();
    return;
  }
  if (!typing && layer === null && goHome(chord, event.target)) event.preventDefault();
}

let listening = false;

/** Answers a shortcut while the component is there. */
export function useShortcut(id: ShortcutId, handler: () => void, enabled = true): void {
  const latest = useRef(handler);
  const layer = useContext(Layer);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    if (!listening) {
      listening = true;
      window.addEventListener('keydown', noteLayer, { capture: true });
      window.addEventListener('keydown', onKeyDown);
    }
    if (!enabled) return;
    const mine: Handler = { call: () => latest.current(), layer };
    handlers.set(id, [...(handlers.get(id) ?? []), mine]);
    return () => {
      handlers.set(
        id,
        (handlers.get(id) ?? []).filter((other) => other !== mine),
      );
    };
  }, [id, enabled, layer]);
}

/** Runs what a shortcut would, as the palette does. False where nobody answers it now. */
export function runShortcut(id: ShortcutId): boolean {
  const handler = handlers.get(id)?.at(-1);
  handler?.call();
  return handler !== undefined;
}

/** Whether somebody answers this shortcut now. */
export const isAnswered = (id: ShortcutId): boolean => (handlers.get(id)?.length ?? 0) > 0;
