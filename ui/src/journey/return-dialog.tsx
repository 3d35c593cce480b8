import { useState } from 'react';
import { FormDialog } from '@/components/form-dialog';
import { FormField, INPUT, ReasonSelect } from '@/components/text-input';
import { formatLocale } from '@/i18n/locale';
import { m } from '@/paraglide/messages.js';
import { parseDay } from '@/records/parse';
import { isLink } from '@/records/value';
import { useKeptDraft } from '@/state/kept-draft';
import { act } from './actions';
import { ruleTitle, useCriteria } from './criteria';
import { DayField } from './day-field';
import { active, useReturnReasons } from './reasons';

/** Nothing is written yet; no criterion was chosen, so that the reason's own is proposed. */
const EMPTY = { reason: '', evidence: '', chosen: null as string | null, until: '' };

/** Gives a lead back to marketing: why, in one's own words, which answer was wrong, and perhaps when to take it up again. */
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
  const reasons = active(useReturnReasons());
  const criteria = active(useCriteria());
  const { draft, change, clear } = useKeptDraft(`return ${id}`, EMPTY);
  const { reason, evidence, chosen, until } = draft;
  const write = (part: Partial<typeof EMPTY>) => change((now) => ({ ...now, ...part }));
  const [error, setError] = useState<{ reason?: string; evidence?: string; until?: string }>({});
  const usual = reasons.find((one) => one.id === reason)?.fields.criterion;
  // A criterion that is out of use cannot be chosen, so neither is it proposed.
  const proposed = isLink(usual) ? criteria.find(({ id }) => id === usual.id) : undefined;
  const criterion = chosen ?? proposed?.id ?? '';
  const finish = () => {
    const day = parseDay(until, formatLocale());
    const missing = {
      ...(reason === '' ? { reason: m.error_reason_missing() } : {}),
      ...(evidence.trim() === '' ? { evidence: m.error_evidence_missing() } : {}),
      ...(until.trim() !== '' && day === null ? { until: m.error_not_a_day() } : {}),
    };
    setError(missing);
    if (Object.keys(missing).length > 0) return;
    return act(
      'return',
      { id, reason, evidence, criterion, return_on: day },
      m.said_returned({ title }),
    ).then((done) => {
      if (!done) return;
      clear();
      onDone();
    });
  };
  return (
    <FormDialog
      title={m.return_title({ title })}
      action={m.action_return()}
      onFinish={finish}
      onClose={onClose}
      className="w-[440px]"
    >
      <FormField label={m.return_reason()} required error={error.reason}>
        {(field) => (
          <ReasonSelect
            {...field}
            value={reason}
            onChange={(next) => write({ reason: next })}
            options={reasons.map((one) => ({ value: one.id, label: ruleTitle(one) }))}
          />
        )}
      </FormField>
      <FormField label={m.return_evidence()} required hint={m.return_evidence_hint()} error={error.evidence}>
        {(field) => (
          <textarea
            {...field}
            rows={3}
            value={evidence}
            className={`${INPUT} h-auto resize-none py-1.5`}
            onChange={(event) => write({ evidence: event.target.value })}
          />
        )}
      </FormField>
      <FormField label={m.return_contradicts()} hint={m.return_contradicts_hint()}>
        {(field) => (
          <select
            {...field}
            value={criterion}
            onChange={(event) => write({ chosen: event.target.value })}
            className={INPUT}
          >
            <option value="">{m.return_contradicts_none()}</option>
            {criteria.map((one) => (
              <option key={one.id} value={one.id}>
                {ruleTitle(one)}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <DayField
        label={m.return_until()}
        hint={m.return_until_hint()}
        text={until}
        error={error.until}
        onText={(next) => write({ until: next })}
      />
    </FormDialog>
  );
}
