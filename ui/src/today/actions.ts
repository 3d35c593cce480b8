import type { QueueItem } from '@/api/types';
import { message } from '@/i18n/labels';
import { type ShortcutId, shortcut } from '@/keys/registry';

/** What can be done about a line, by the key that does it. */
export const ACTIONS = {
  accept: 'queue_accept',
  return: 'queue_return',
  claim: 'queue_claim',
  offer: 'queue_offer',
  qualify: 'queue_ask',
  log: 'queue_log',
  step: 'queue_step',
  settle: 'queue_settle',
  brief: 'queue_brief',
  done: 'queue_done',
  onboard: 'queue_done',
  renew: 'queue_done',
  take_up: 'queue_take_up',
  move: 'queue_move',
} as const satisfies Record<string, ShortcutId>;

export type Action = keyof typeof ACTIONS;

/** Whoever has a lead before them can always write down a contact, plan a step and prepare. */
const ALWAYS: Action[] = ['log', 'step', 'brief'];
/** Answers that only the one who was asked can give. */
const PERSONAL: Action[] = ['accept', 'return'];

const isAction = (name: string): name is Action => name in ACTIONS;

export const keyOf = (action: Action): string => shortcut(ACTIONS[action]).keys[0] ?? '';

export const actionLabel = (action: Action): string => message(`today_do_${action}`) ?? action;

/** The opportunity that a line is about. */
export const leadOf = (item: QueueItem): { id: string; title: string } | null =>
  item.kind === 'opportunity' ? { id: item.id, title: item.title } : item.opportunity;

/** What can be done about a line, the next action first. */
export function actionsOf(item: QueueItem, own: boolean): Action[] {
  const offered = item.actions.filter(isAction).filter((action) => own || !PERSONAL.includes(action));
  const always = leadOf(item) === null ? [] : ALWAYS;
  return [...new Set([...offered, ...always])];
}

/** The action that a key stands for on a line. */
export const actionFor = (key: string, actions: Action[]): Action | undefined =>
  actions.find((action) => keyOf(action) === key.toLowerCase());
