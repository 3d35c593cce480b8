import { useState } from 'react';
import { findField, useKind } from '@/api/schema';
import type { RecordInfo } from '@/api/types';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { FormField, ReasonSelect, TextInput } from '@/components/text-input';
import { dayAndMonth } from '@/i18n/format';
import { fieldLabel, optionLabel, stageLabel } from '@/i18n/labels';
import { formatLocale } from '@/i18n/locale';
import { m } from '@/paraglide/messages.js';
import { parseDay } from '@/records/parse';
import { isOn, textOf, useRules } from '@/rules/records';

/** An opportunity leaves the process for a reason; one that shall come back has a day for it. */
export function ExitDialog({
  record,
  stage,
  onDone,
  onCancel,
}: {
  record: RecordInfo;
  stage: string;
  onDone: (fields: Record<string, unknown>) => void;
  onCancel: () => void;
}) {
  const usual = findField(useKind('opportunity'), 'exit_reason')?.options ?? [];
  const own = (useRules('reason') ?? []).filter((one) => isOn(one) && textOf(one, 'type') === 'exit');
  const options = [...usual, ...own.map((one) => textOf(one, 'name'))];
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const [day, setDay] = useState('');
  const [error, setError] = useState<{ reason?: string; day?: string }>({});
  const finish = () => {
    const returns = day.trim() === '' ? null : parseDay(day, formatLocale());
    if (reason === '') setError({ reason: m.error_reason_missing() });
    else if (day.trim() !== '' && returns === null) setError({ day: m.error_not_a_day() });
    else {
      onDone({
        exit_reason: reason,
        ...(note.trim() === '' ? {} : { exit_note: note.trim() }),
        ...(returns === null ? {} : { return_on: returns }),
      });
    }
  };
  return (
    <Dialog
      open
      onClose={onCancel}
      title={m.exit_title({ title: record.title, stage: stageLabel(stage) })}
      className="w-[440px]"
      footer={
        <>
          <Button onClick={onCancel}>{m.action_cancel()}</Button>
          <Button look="primary" onClick={finish}>
            {m.action_move()}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <FormField label={fieldLabel('opportunity', 'exit_reason')} required error={error.reason}>
          {(field) => (
            <ReasonSelect
              {...field}
              value={reason}
              onChange={setReason}
              options={options.map((value) => ({
                value,
                label: optionLabel('opportunity', 'exit_reason', value),
              }))}
            />
          )}
        </FormField>
        {stage === 'nurture' && (
          <FormField
            label={fieldLabel('opportunity', 'return_on')}
            hint={m.hint_day({ day: dayAndMonth() })}
            error={error.day}
          >
            {(field) => <TextInput {...field} value={day} onChange={(event) => setDay(event.target.value)} />}
          </FormField>
        )}
        <FormField label={fieldLabel('opportunity', 'exit_note')}>
          {(field) => <TextInput {...field} value={note} onChange={(event) => setNote(event.target.value)} />}
        </FormField>
      </div>
    </Dialog>
  );
}
