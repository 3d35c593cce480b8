import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { rpc } from '@/api/rpc';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { FormField, ReasonSelect, TextInput } from '@/components/text-input';
import { dayAndMonth } from '@/i18n/format';
import { formatLocale } from '@/i18n/locale';
import { ruleName } from '@/i18n/rule-names';
import { m } from '@/paraglide/messages.js';
import { parseDay } from '@/records/parse';
import { act } from './actions';

const reasonsQuery = {
  queryKey: ['list', 'reason', 'return'],
  queryFn: () =>
    rpc('list', {
      kind: 'reason',
      filters: [
        { field: 'type', op: 'is', value: 'return' },
        { field: 'active', op: 'is', value: true },
      ],
      sort: [{ field: 'rank', descending: false }],
    }),
};

/** Gives a lead back to marketing: why, in one's own words, and perhaps when to take it up again. */
export function ReturnDialog({
  id,
  title,
  onClose,
  onDone = onClose,
}: {
  id: string;
  title: string;
  onClose: () => void;
  /** It is given back. */
  onDone?: () => void;
}) {
  const { data } = useQuery(reasonsQuery);
  const [reason, setReason] = useState('');
  const [evidence, setEvidence] = useState('');
  const [until, setUntil] = useState('');
  const [error, setError] = useState<{ reason?: string; evidence?: string; until?: string }>({});
  const finish = () => {
    const day = until.trim() === '' ? null : parseDay(until, formatLocale());
    if (reason === '') setError({ reason: m.error_reason_missing() });
    else if (evidence.trim() === '') setError({ evidence: m.error_evidence_missing() });
    else if (until.trim() !== '' && day === null) setError({ until: m.error_not_a_day() });
    else {
      void act('return', { id, reason, evidence, return_on: day }, m.said_returned({ title })).then(
        (done) => done && onDone(),
      );
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={m.return_title({ title })}
      className="w-[440px]"
      footer={
        <>
          <Button onClick={onClose}>{m.action_cancel()}</Button>
          <Button look="primary" onClick={finish}>
            {m.action_return()}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <FormField label={m.return_reason()} required error={error.reason}>
          {(field) => (
            <ReasonSelect
              {...field}
              value={reason}
              onChange={setReason}
              options={(data?.records ?? []).map((record) => ({
                value: record.id,
                label: ruleName('reason', { key: String(record.fields.key ?? ''), name: record.title }),
              }))}
            />
          )}
        </FormField>
        <FormField
          label={m.return_evidence()}
          required
          hint={m.return_evidence_hint()}
          error={error.evidence}
        >
          {(field) => (
            <TextInput {...field} value={evidence} onChange={(event) => setEvidence(event.target.value)} />
          )}
        </FormField>
        <FormField label={m.return_until()} hint={m.hint_day({ day: dayAndMonth() })} error={error.until}>
          {(field) => (
            <TextInput {...field} value={until} onChange={(event) => setUntil(event.target.value)} />
          )}
        </FormField>
      </div>
    </Dialog>
  );
}
