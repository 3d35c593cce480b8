import { useRef, useState } from 'react';
import type { RecordInfo } from '@/api/types';
import { Button } from '@/components/button';
import { cx } from '@/components/cx';
import { presentStep } from '@/contact/contact-dialog';
import { Consequences, TypeButtons, Whom } from '@/contact/contact-form';
import { useContact } from '@/contact/use-contact';
import { Warnings } from '@/contact/warnings';
import { isMac } from '@/keys/chord';
import { m } from '@/paraglide/messages.js';

/**
 * Writes down what happened without leaving the record, and what follows from it: the first line becomes the subject. What to
 * know before a contact stands above. `first`: nothing stands above it.
 */
export function LogActivity({ record, first }: { record: RecordInfo; first: boolean }) {
  const contact = useContact(record, 'note', () => setFollows(false));
  const begun = contact.draft.step !== '' || contact.draft.promise !== '';
  const [follows, setFollows] = useState(begun);
  const text = useRef<HTMLTextAreaElement>(null);
  const { draft, wrong, refused, change, log, busy } = contact;
  const written = draft.text.trim() !== '';
  const error = refused ?? wrong.text ?? null;
  return (
    <section
      aria-label={m.key_log_note()}
      className={cx('@container px-4 pt-3', !first && 'border-line border-t')}
    >
      {(record.kind === 'opportunity' || record.kind === 'person') && (
        <Warnings id={record.id} className="mb-2" />
      )}
      <div className="rounded-panel border border-edge bg-surface focus-within:border-accent">
        <textarea
          ref={text}
          id="log-activity"
          rows={draft.text === '' ? 1 : 3}
          value={draft.text}
          aria-label={m.label_what_happened()}
          placeholder={m.label_what_happened()}
          onChange={(event) => change({ text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (isMac ? event.metaKey : event.ctrlKey)) {
              event.preventDefault();
              event.stopPropagation();
              if (written && !event.repeat) log();
            } else if (event.key === 'Escape') {
              event.stopPropagation();
              event.currentTarget.blur();
            }
          }}
          className="block w-full resize-none bg-transparent px-3 py-2 outline-none"
        />
        {(follows || (written && contact.asksWhom)) && (
          <div className="flex flex-col gap-3 border-line border-t px-3 py-3">
            <Whom contact={contact} />
            {follows && <Consequences contact={contact} present={presentStep(record)} />}
          </div>
        )}
        <div className="flex flex-wrap items-center gap-1 px-1.5 pb-1.5">
          <TypeButtons contact={contact} text={text} />
          <span className="ml-auto flex gap-1.5">
            {(written || follows) && (
              <Button
                look="ghost"
                className="h-6 text-quiet text-small"
                aria-expanded={follows}
                onClick={() => setFollows(!follows)}
              >
                {m.contact_follows()}
              </Button>
            )}
            <Button look="primary" className="h-6" disabled={!written || busy} onClick={log}>
              {m.action_log()}
            </Button>
          </span>
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
