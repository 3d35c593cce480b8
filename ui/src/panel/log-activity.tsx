import { CalendarDays, Mail, Phone, StickyNote } from 'lucide-react';
import { useState } from 'react';
import { undoChange, useCreate } from '@/api/actions';
import { useApp } from '@/api/queries';
import type { RecordInfo } from '@/api/types';
import { Button } from '@/components/button';
import { cx } from '@/components/cx';
import { optionLabel } from '@/i18n/labels';
import { isMac } from '@/keys/chord';
import { m } from '@/paraglide/messages.js';
import { isLink } from '@/records/value';
import { failureText, say } from '@/state/toasts';

const TYPES = [
  { name: 'note', icon: StickyNote },
  { name: 'call', icon: Phone },
  { name: 'meeting', icon: CalendarDays },
  { name: 'email', icon: Mail },
] as const;

/** The links an activity gets: to the record it was logged at, and to that record's account. */
function linksOf(record: RecordInfo): Record<string, unknown> {
  const own = { [record.kind]: { id: record.id, title: record.title } };
  return isLink(record.fields.account) ? { account: record.fields.account, ...own } : own;
}

/** Writes down what happened, without leaving the record: the first line becomes the subject. `first`: nothing stands above. */
export function LogActivity({ record, first }: { record: RecordInfo; first: boolean }) {
  const me = useApp()?.workspace?.me;
  const create = useCreate();
  const [type, setType] = useState<(typeof TYPES)[number]['name']>('note');
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const log = () => {
    const [subject = '', ...rest] = text.trim().split('\n');
    if (subject === '') return;
    const body = rest.join('\n').trim();
    create
      .mutateAsync({
        kind: 'activity',
        fields: {
          type,
          subject,
          at: new Date().toISOString(),
          ...(body === '' ? {} : { body }),
          ...(me === undefined ? {} : { owner: me }),
          ...linksOf(record),
        },
      })
      .then(() => {
        setText('');
        say(m.said_logged({ type: optionLabel('activity', 'type', type) }), {
          undo: () => void undoChange(),
        });
      })
      .catch((cause: unknown) => setError(failureText(cause)));
  };
  return (
    <section
      aria-label={m.key_log_note()}
      className={cx('@container px-4 pt-3', !first && 'border-line border-t')}
    >
      <div className="rounded-panel border border-edge bg-surface focus-within:border-accent">
        <textarea
          id="log-activity"
          rows={text === '' ? 1 : 3}
          value={text}
          aria-label={m.label_what_happened()}
          placeholder={m.label_what_happened()}
          onChange={(event) => {
            setText(event.target.value);
            setError(null);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (isMac ? event.metaKey : event.ctrlKey)) {
              event.preventDefault();
              event.stopPropagation();
              log();
            } else if (event.key === 'Escape') {
              event.stopPropagation();
              event.currentTarget.blur();
            }
          }}
          className="block w-full resize-none bg-transparent px-3 py-2 outline-none"
        />
        <div className="flex items-center gap-1 px-1.5 pb-1.5">
          {TYPES.map(({ name, icon: Icon }) => (
            <button
              key={name}
              type="button"
              aria-pressed={type === name}
              onClick={() => setType(name)}
              className={cx(
                'inline-flex h-6 items-center gap-1 whitespace-nowrap rounded-control px-1.5 text-small',
                type === name ? 'bg-accent-soft text-accent' : 'text-quiet hover:bg-hover',
              )}
            >
              <Icon className="size-3.5" aria-hidden />
              <span className={type === name ? '' : '@max-sm:sr-only'}>
                {optionLabel('activity', 'type', name)}
              </span>
            </button>
          ))}
          <Button look="primary" className="ml-auto h-6" disabled={text.trim() === ''} onClick={log}>
            {m.action_log()}
          </Button>
        </div>
      </div>
      {error !== null && (
        <p role="alert" className="pt-1 text-danger text-small">
          {error}
        </p>
      )}
    </section>
  );
}
