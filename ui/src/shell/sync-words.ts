import type { Fetched, Status } from '@/api/types';
import { number } from '@/i18n/format';
import { message } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';

export const stateWord = (status: Status) => message(`sync_${status.sync}`) ?? status.sync;

/** How much of the workspace has come from the relay. */
export const fetchedWords = ({ at, of }: Fetched) => m.status_fetched({ at: number(at), of: number(of) });

/** The second line: what is fetched or waits comes first, then whether everybody holds the same truth. */
export function secondLine(status: Status): string {
  if (status.fetched !== null) return fetchedWords(status.fetched);
  if (!status.loaded) return m.status_loading();
  if (status.sync !== 'local' && status.waiting > 0) return m.status_waiting({ count: status.waiting });
  if (status.sameness === 'same') return m.sameness_same_short();
  if (status.sameness === 'different') return m.sameness_different_short();
  return status.sync === 'local' ? m.status_on_this_machine() : m.sameness_unknown_short();
}

/** What the state means. */
export function explanation(status: Status): string {
  if (status.detail !== null) return status.detail;
  if (status.fetched !== null) return fetchedWords(status.fetched);
  return message(`sync_${status.sync}_explained`) ?? '';
}
