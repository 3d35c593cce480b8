import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useKind } from '@/api/schema';
import type { ChangeInfo } from '@/api/types';
import { number } from '@/i18n/format';
import { kindLabel, message } from '@/i18n/labels';
import { changeSentence } from '@/panel/change-sentence';
import { m } from '@/paraglide/messages.js';
import { changeQuery } from './queries';

/** Actions that stand for themselves, whatever they wrote. */
const ALONE = new Set(['start', 'join', 'field']);

function FieldsSentence({ change }: { change: ChangeInfo }) {
  const { data } = useQuery(changeQuery(change.change));
  const kind = useKind(change.kind ?? '');
  if (data === undefined || kind === undefined) return m.history_set();
  const fields = data.fields.filter((field) => field.record.id === change.first?.id);
  return changeSentence(kind, fields);
}

/** What was done, as the end of a sentence that begins with who did it. */
export function Sentence({ changes }: { changes: ChangeInfo[] }) {
  const [change] = changes;
  if (change === undefined) return null;
  const { action, records, first, reason } = change;
  if (ALONE.has(action)) return message(`history_${action}`) ?? action;
  if (action === 'import') {
    return m.history_import({ count: number(records), file: reason ?? m.history_a_file() });
  }
  if (records > 1) {
    return (
      message(`history_${action}_many`, { count: number(records) }) ??
      m.history_set_many({ count: number(records) })
    );
  }
  const words =
    action === 'set' ? <FieldsSentence change={change} /> : (message(`history_${action}`) ?? m.history_set());
  return (
    <>
      {words}
      {first !== null && (
        <>
          {' · '}
          <Link
            to="."
            search={{ record: first.id }}
            className="rounded-mark font-medium text-text underline-offset-2 hover:underline"
          >
            {first.title || kindLabel(change.kind ?? '')}
          </Link>
        </>
      )}
    </>
  );
}
