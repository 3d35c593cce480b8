import type { LogContact, RecordInfo } from '@/api/types';
import { formatLocale } from '@/i18n/locale';
import { m } from '@/paraglide/messages.js';
import { parseDay } from '@/records/parse';
import { isLink } from '@/records/value';

export const CONTACT_TYPES = ['note', 'call', 'meeting', 'email', 'message'] as const;
export type ContactType = (typeof CONTACT_TYPES)[number];

/** Kinds of contact that somebody began: us, or them. */
export const hasDirection = (type: ContactType): boolean =>
  type === 'call' || type === 'email' || type === 'message';

/** What somebody writes down of a contact, as typed. */
export interface Draft {
  type: ContactType;
  direction: 'outbound' | 'inbound';
  text: string;
  /** With whom it was; empty: nobody in particular. Null while nobody has said so. */
  person: string | null;
  /** The opportunity it was about; empty: none. Null while nobody has said so. */
  lead: string | null;
  step: string;
  day: string;
  promise: string;
  promisedFor: string;
}

export const empty = (type: ContactType): Draft => ({
  type,
  direction: 'outbound',
  text: '',
  person: null,
  lead: null,
  step: '',
  day: '',
  promise: '',
  promisedFor: '',
});

/** What is wrong, by the field it is wrong in. */
export type Wrong = Partial<Record<keyof Draft, string>>;

export function wrongIn(draft: Draft): Wrong {
  const wrong: Wrong = {};
  const isDay = (text: string) => parseDay(text, formatLocale()) !== null;
  if (draft.text.trim() === '') wrong.text = m.error_contact_empty();
  if (draft.step.trim() === '' && draft.day.trim() !== '') wrong.step = m.error_step_missing();
  if (draft.step.trim() !== '' && !isDay(draft.day)) wrong.day = m.error_not_a_day();
  if (draft.promise.trim() === '' && draft.promisedFor.trim() !== '') wrong.promise = m.error_step_missing();
  if (draft.promisedFor.trim() !== '' && !isDay(draft.promisedFor)) wrong.promisedFor = m.error_not_a_day();
  return wrong;
}

/** The links of what is written at a record: to it, and to its account. */
function linksOf({ kind, id, fields }: RecordInfo): Record<string, string> {
  const own = { [kind]: id };
  return isLink(fields.account) ? { account: fields.account.id, ...own } : own;
}

/** The contact as the engine takes it: the first line is the subject, the rest what was said. */
export function toLog(draft: Draft, record: RecordInfo, now = new Date()): LogContact {
  const [subject = '', ...rest] = draft.text.trim().split('\n');
  const body = rest.join('\n').trim();
  const day = (text: string) => parseDay(text, formatLocale());
  const lead = (record.kind === 'opportunity' ? record.id : draft.lead) ?? '';
  const [on, step, what] = [day(draft.day), draft.step.trim(), draft.promise.trim()];
  return {
    fields: {
      type: draft.type,
      subject,
      at: now.toISOString(),
      ...(body === '' ? {} : { body }),
      ...(hasDirection(draft.type) ? { direction: draft.direction } : {}),
      ...linksOf(record),
      ...(draft.person ? { person: draft.person } : {}),
      ...(lead === '' ? {} : { opportunity: lead }),
    },
    next: step === '' || on === null || lead === '' ? null : { id: lead, step, on },
    promise: what === '' ? null : { what, on: day(draft.promisedFor) },
  };
}
