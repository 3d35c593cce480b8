import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { recordQuery } from '@/api/queries';
import type { RecordInfo } from '@/api/types';
import { FormDialog } from '@/components/form-dialog';
import { FormField } from '@/components/text-input';
import { day } from '@/i18n/format';
import { m } from '@/paraglide/messages.js';
import { Consequences, TypeButtons, Whom } from './contact-form';
import { useContact } from './use-contact';
import { Warnings } from './warnings';

interface Given {
  id: string;
  title: string;
  onClose: () => void;
  /** It is written down. */
  onDone: () => void;
}

/** The next step as it stands, with its day. */
export function presentStep({ fields }: RecordInfo): string | null {
  const { next_step: step, next_step_date: on } = fields;
  if (typeof step !== 'string' || step === '') return null;
  return typeof on === 'string' ? `${step} · ${day(on)}` : step;
}

function Writing({ record, title, onClose, onDone }: Given & { record: RecordInfo }) {
  const contact = useContact(record, 'call', onDone);
  const text = useRef<HTMLTextAreaElement>(null);
  const warns = record.kind === 'opportunity' || record.kind === 'person';
  return (
    <FormDialog
      title={m.contact_title({ title })}
      action={m.action_log()}
      onFinish={contact.log}
      onClose={onClose}
      className="w-[560px]"
      layout="@container flex flex-col gap-3"
      note={
        contact.refused !== null && (
          <p role="alert" className="mr-auto text-danger text-small">
            {contact.refused}
          </p>
        )
      }
    >
      {warns && <Warnings id={record.id} />}
      <div className="flex gap-1">
        <TypeButtons contact={contact} text={text} />
      </div>
      <FormField label={m.label_what_happened()} required error={contact.wrong.text}>
        {(field) => (
          <textarea
            {...field}
            ref={text}
            data-first
            rows={3}
            value={contact.draft.text}
            onChange={(event) => contact.change({ text: event.target.value })}
            className="w-full resize-none rounded-control border border-edge bg-surface px-2.5 py-1.5 focus-visible:border-accent aria-invalid:border-danger"
          />
        )}
      </FormField>
      <Whom contact={contact} />
      <Consequences contact={contact} present={presentStep(record)} />
    </FormDialog>
  );
}

/** Writes a contact down together with what follows from it. */
export function ContactDialog(given: Given) {
  const { data } = useQuery(recordQuery(given.id));
  return data?.id === given.id ? <Writing {...given} record={data} /> : null;
}
