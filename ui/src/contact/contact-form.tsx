import { CalendarDays, type LucideIcon, Mail, MessageSquare, Phone, StickyNote } from 'lucide-react';
import { type RefObject, useState } from 'react';
import { cx } from '@/components/cx';
import { Segmented } from '@/components/segmented';
import { FormField, INPUT, TextInput } from '@/components/text-input';
import { fieldLabel, optionLabel } from '@/i18n/labels';
import { DayField } from '@/journey/day-field';
import { m } from '@/paraglide/messages.js';
import { CONTACT_TYPES, type ContactType, hasDirection } from './draft';
import type { Choice, Contact } from './use-contact';

const ICONS: Record<ContactType, LucideIcon> = {
  note: StickyNote,
  call: Phone,
  meeting: CalendarDays,
  email: Mail,
  message: MessageSquare,
};

/** What kind of contact it was. Once that is chosen, one goes on writing. */
export function TypeButtons({
  contact,
  text,
}: {
  contact: Contact;
  text: RefObject<HTMLTextAreaElement | null>;
}) {
  return CONTACT_TYPES.map((name) => {
    const Icon = ICONS[name];
    const chosen = contact.draft.type === name;
    return (
      <button
        key={name}
        type="button"
        aria-pressed={chosen}
        onClick={() => {
          contact.change({ type: name });
          text.current?.focus();
        }}
        className={cx(
          'inline-flex h-6 items-center gap-1 whitespace-nowrap rounded-control px-1.5 text-small',
          chosen ? 'bg-accent-soft text-accent' : 'text-quiet hover:bg-hover',
        )}
      >
        <Icon className="size-3.5" aria-hidden />
        <span className={chosen ? '' : '@max-sm:sr-only'}>{optionLabel('activity', 'type', name)}</span>
      </button>
    );
  });
}

function Chosen({
  label,
  none,
  choices,
  value,
  onChange,
}: {
  label: string;
  none: string;
  choices: Choice[];
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <FormField label={label}>
      {(field) => (
        <select {...field} className={INPUT} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{none}</option>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </FormField>
  );
}

/** With whom it was, who began it, and what it was about. What is taken as said is seen, and can be said otherwise. */
export function Whom({ contact }: { contact: Contact }) {
  const { draft, people, leads, change } = contact;
  return (
    <>
      {hasDirection(draft.type) && (
        <div>
          <Segmented
            label={fieldLabel('activity', 'direction')}
            value={draft.direction}
            options={[
              { value: 'outbound', label: m.contact_by_us() },
              { value: 'inbound', label: m.contact_by_them() },
            ]}
            onChange={(direction) => change({ direction })}
          />
        </div>
      )}
      <div className="grid gap-3 @sm:grid-cols-2 empty:hidden">
        {people.length > 0 && (
          <Chosen
            label={m.contact_with()}
            none={m.contact_with_nobody()}
            choices={people}
            value={draft.person}
            onChange={(person) => change({ person })}
          />
        )}
        {leads.length > 0 && (
          <Chosen
            label={m.contact_about()}
            none={m.contact_about_nothing()}
            choices={leads}
            value={draft.lead}
            onChange={(lead) => change({ lead })}
          />
        )}
      </div>
    </>
  );
}

/** What follows from a contact: the next step, and what was promised. */
export function Consequences({ contact, present }: { contact: Contact; present: string | null }) {
  const { draft, wrong, change } = contact;
  const [promising, setPromising] = useState(false);
  const shown = promising || draft.promise !== '';
  return (
    <>
      {draft.lead !== '' && (
        <div className="grid items-start gap-3 @sm:grid-cols-[minmax(0,1fr)_176px]">
          <FormField
            label={m.contact_next()}
            error={wrong.step}
            {...(present === null ? {} : { hint: m.contact_next_present({ step: present }) })}
          >
            {(field) => (
              <TextInput
                {...field}
                value={draft.step}
                onChange={(event) => change({ step: event.target.value })}
              />
            )}
          </FormField>
          <DayField
            label={m.contact_next_day()}
            text={draft.day}
            error={wrong.day}
            onText={(day) => change({ day })}
          />
        </div>
      )}
      {shown ? (
        <div className="grid items-start gap-3 @sm:grid-cols-[minmax(0,1fr)_176px]">
          <FormField label={m.contact_promise()} hint={m.contact_promise_hint()} error={wrong.promise}>
            {(field) => (
              <TextInput
                {...field}
                autoFocus={promising}
                value={draft.promise}
                onChange={(event) => change({ promise: event.target.value })}
              />
            )}
          </FormField>
          <DayField
            label={m.contact_promise_day()}
            text={draft.promisedFor}
            error={wrong.promisedFor}
            onText={(promisedFor) => change({ promisedFor })}
          />
        </div>
      ) : (
        <button
          type="button"
          onClick={() => setPromising(true)}
          className="self-start rounded-control px-1 text-accent text-small hover:underline"
        >
          {m.contact_add_promise()}
        </button>
      )}
    </>
  );
}
