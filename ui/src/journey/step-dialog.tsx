import { useState } from 'react';
import { useEdit } from '@/api/actions';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { FormField, TextInput } from '@/components/text-input';
import { dayAndMonth } from '@/i18n/format';
import { fieldLabel } from '@/i18n/labels';
import { formatLocale } from '@/i18n/locale';
import { m } from '@/paraglide/messages.js';
import { parseDay } from '@/records/parse';

/** The next step of an opportunity, with its day. */
export function StepDialog({ id, title, onClose }: { id: string; title: string; onClose: () => void }) {
  const edit = useEdit();
  const [step, setStep] = useState('');
  const [day, setDay] = useState('');
  const [error, setError] = useState<{ step?: string; day?: string }>({});
  const finish = () => {
    const date = parseDay(day, formatLocale());
    if (step.trim() === '') setError({ step: m.error_step_missing() });
    else if (date === null) setError({ day: m.error_not_a_day() });
    else {
      edit.mutate({
        kind: 'opportunity',
        ids: [id],
        fields: { next_step: step.trim(), next_step_date: date },
      });
      onClose();
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={m.step_title({ title })}
      className="w-[440px]"
      footer={
        <>
          <Button onClick={onClose}>{m.action_cancel()}</Button>
          <Button look="primary" onClick={finish}>
            {m.action_save()}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          finish();
        }}
      >
        <FormField label={fieldLabel('opportunity', 'next_step')} required error={error.step}>
          {(field) => <TextInput {...field} value={step} onChange={(event) => setStep(event.target.value)} />}
        </FormField>
        <FormField
          label={fieldLabel('opportunity', 'next_step_date')}
          required
          hint={m.hint_day({ day: dayAndMonth() })}
          error={error.day}
        >
          {(field) => <TextInput {...field} value={day} onChange={(event) => setDay(event.target.value)} />}
        </FormField>
        <button type="submit" className="sr-only" tabIndex={-1}>
          {m.action_save()}
        </button>
      </form>
    </Dialog>
  );
}
