import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sayDone } from '@/api/actions';
import { noteChanged } from '@/api/events';
import { relatedQuery } from '@/api/queries';
import { rpc } from '@/api/rpc';
import { useSchema } from '@/api/schema';
import type { RecordInfo, Related } from '@/api/types';
import { useOnce } from '@/components/use-once';
import { optionLabel, roleLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { isLink } from '@/records/value';
import { useKeptDraft } from '@/state/kept-draft';
import { failureText } from '@/state/toasts';
import { type ContactType, type Draft, empty, hasDirection, toLog, type Wrong, wrongIn } from './draft';

export interface Choice {
  value: string;
  label: string;
}

const linked = (related: Related | undefined, kind: string): RecordInfo[] =>
  related?.groups.filter((group) => group.kind === kind).flatMap((group) => group.records) ?? [];

/** Whom a contact at this record may have been with. At a person nobody has to say so. */
function people(record: RecordInfo, related: Related | undefined): Choice[] {
  if (record.kind === 'person') return [];
  if (record.kind === 'account')
    return linked(related, 'person').map(({ id, title }) => ({ value: id, label: title }));
  const involved = Array.isArray(record.fields.people) ? record.fields.people : [];
  return involved.filter(isLink).map((one) => {
    const { id, title, role } = one as { id: string; title: string; role?: string };
    return { value: id, label: role ? `${title} (${roleLabel(role)})` : title };
  });
}

/** The most opportunities that can be chosen from. */
const MOST_LEADS = 200;

/** The opportunities a contact at an account or a person may have been about: those that have not left the process. */
function useLeads(record: RecordInfo) {
  const { stages } = useSchema();
  const open = stages.filter(({ phase }) => phase !== 'exit').map(({ name }) => name);
  const field = record.kind === 'person' ? 'people' : 'account';
  const { data } = useQuery({
    queryKey: ['list', 'opportunity', { [field]: record.id, open }],
    queryFn: () =>
      rpc('list', {
        kind: 'opportunity',
        filters: [
          { field, op: 'is', value: record.id },
          { field: 'stage', op: 'any_of', value: open },
        ],
        sort: [{ field: 'updated_at', descending: true }],
        limit: MOST_LEADS,
      }),
    enabled: record.kind !== 'opportunity',
  });
  return data?.records ?? [];
}

/**
 * A contact that is being written down at a record: what was typed, what can be chosen, and how it is written. What was typed
 * outlives the form.
 */
export function useContact(record: RecordInfo, type: ContactType, onDone: () => void) {
  const { draft, change: setDraft } = useKeptDraft(`contact ${record.id}`, empty(type));
  const [wrong, setWrong] = useState<Wrong>({});
  const [refused, setRefused] = useState<string | null>(null);
  const atLead = record.kind === 'opportunity';
  const { data: related } = useQuery({ ...relatedQuery(record.id), enabled: !atLead });
  const leads = useLeads(record);
  const whom = people(record, related);
  // Where there is only one it can have been, nobody has to say so.
  const only = (choices: { id: string }[]) => (choices.length === 1 ? (choices[0]?.id ?? '') : '');
  const full = {
    ...draft,
    lead: atLead ? record.id : (draft.lead ?? only(leads)),
    person: draft.person ?? only(whom.map(({ value }) => ({ id: value }))),
  };

  const change = (part: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...part }));
    setWrong({});
    setRefused(null);
  };
  const { busy, start: log } = useOnce(async () => {
    const found = wrongIn(full);
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    try {
      const asked = toLog(full, record);
      const done = await rpc('log', asked);
      const ids = [record.id, full.lead, full.person].filter((id) => id !== '');
      noteChanged({ kinds: ['activity', 'opportunity', 'task'], ids });
      const said = optionLabel('activity', 'type', full.type);
      sayDone(
        asked.next === null ? m.said_logged({ type: said }) : m.said_logged_planned({ type: said }),
        done.change,
      );
      setDraft(() => empty(full.type));
      onDone();
    } catch (cause) {
      setRefused(failureText(cause));
    }
  });
  return {
    draft: full,
    wrong,
    refused,
    change,
    log,
    busy,
    people: whom,
    /** Whether the form has anything to ask. */
    asksWhom: hasDirection(full.type) || whom.length + leads.length > 0,
    leads: leads.map(({ id, title }) => ({ value: id, label: title })),
  };
}

export type Contact = ReturnType<typeof useContact>;
