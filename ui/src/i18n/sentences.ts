import type { ChangeInfo } from '@/api/types';
import { m } from '@/paraglide/messages.js';
import { kindLabel, message } from './labels';

/** Actions that pass an opportunity on between the teams, and the questions before that. */
export const HANDOVERS: ReadonlySet<string> = new Set([
  'offer',
  'accept',
  'return',
  'claim',
  'withdraw',
  'answer',
  'onboard',
  'renew',
]);

/** A change in a few words, as a toast or the history names it: “change to Acme”, “import of 8,800 records”. */
export function describeChange(
  change: Pick<ChangeInfo, 'action' | 'records' | 'first' | 'kind' | 'reason'>,
): string {
  const known = message(`change_${change.action}`) !== undefined ? change.action : 'set';
  // What passes between the teams writes a few records and is about one.
  if (HANDOVERS.has(known)) return message(`change_${known}`, { what: change.first?.title ?? '' }) ?? '';
  if (change.records > 1)
    return (
      message(`change_${known}_many`, { count: change.records }) ??
      m.change_set_many({ count: change.records })
    );
  // A change that wrote no record is about the workspace itself; its reason says what it was.
  if (change.records === 0 && change.first === null) {
    return message(`change_${known}`, { what: change.reason ?? '' }) ?? '';
  }
  const what = change.first?.title || (change.kind === null ? '' : kindLabel(change.kind));
  return message(`change_${known}`, { what }) ?? what;
}
