import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sayDone, useEdit } from '@/api/actions';
import { recordQuery } from '@/api/queries';
import type { RecordInfo } from '@/api/types';
import { FormDialog } from '@/components/form-dialog';
import { FormField, TextInput } from '@/components/text-input';
import { dayFigures } from '@/i18n/format';
import { fieldLabel } from '@/i18n/labels';
import { formatLocale } from '@/i18n/locale';
import { m } from '@/paraglide/messages.js';
import { isoDay, parseDay } from '@/records/parse';
import { DayField } from './day-field';

interface Given {
  id: string;
  title: string;
  onClose: () => void;
  /** It is planned. */
  onDone?: () => void;
}

const textOf = (record: RecordInfo, field: string): string => {
  const value = record.fields[field];
  return typeof value === 'string' ? value : '';
};

/** A day that has passed is not proposed again. */
function dayOf(record: RecordInfo): string {
  const day = textOf(record, 'next_step_date');
  return day >= isoDay(new Date()) ? dayFigures(day) : '';
}

function Planning({ record, title, onClose, onDone }: Given & { record: RecordInfo }) {
  const edit = useEdit();
  const [step, setStep] = useState(textOf(record, 'next_step'));
  const [day, setDay] = useState(dayOf(record));
  const [error, setError] = useState<{ step?: string; day?: string }>({});
  const finish = () => {
    const date = parseDay(day, formatLocale());
    if (step.trim() === '') return setError({ step: m.error_step_missing() });
    if (date === null) return setError({ day: m.error_not_a_day() });
    const fields = { next_step: step.trim(), next_step_date: date };
    return edit.mutateAsync({ kind: 'opportunity', ids: [record.id], fields }).then(
      ({ change }) => {
        sayDone(m.said_planned({ title }), change);
        onClose();
        onDone?.();
      },
      () => undefined, // It has been said already, and what was written stays.
    );
  };
  return (
    <FormDialog
      title={m.step_title({ title })}
      action={m.action_save()}
      onFinish={finish}
      onClose={onClose}
      className="w-[440px]"
    >
      <FormField label={fieldLabel('opportunity', 'next_step')} required error={error.step}>
        {(field) => (
          <TextInput
            {...field}
            value={step}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => setStep(event.target.value)}
          />
        )}
      </FormField>
      <DayField
        label={fieldLabel('opportunity', 'next_step_date')}
        required
        text={day}
        error={error.day}
        onText={setDay}
      />
    </FormDialog>
  );
}

/** The next step of an opportunity, with its day. What is planned already stands there to be changed. */
export function StepDialog(given: Given) {
  const { data } = useQuery(recordQuery(given.id));
  return data?.id === given.id ? <Planning {...given} record={data} /> : null;
}
