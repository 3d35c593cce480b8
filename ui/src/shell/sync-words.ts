import type { Fetched, Status } from '@/api/types';
import { number } from '@/i18n/format';
import { message } from '@/i18n/labels';
import { language } from '@/i18n/locale';
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

/** States whose own explanation says what the engine's English detail would. */
const EXPLAINED = ['connecting', 'offline', 'refused'];

/** What the state means. The engine's detail is English: read in another language, it stands only where nothing else would say it. */
export function explanation(status: Status): string {
  const explained = message(`sync_${status.sync}_explained`) ?? '';
  if (status.detail !== null) {
    if (language() === 'en') return status.detail;
    return EXPLAINED.includes(status.sync) ? explained : `${explained} (${status.detail})`;
  }
  if (status.fetched !== null) return fetchedWords(status.fetched);
  return explained;
}
