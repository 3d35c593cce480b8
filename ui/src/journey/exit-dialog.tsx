import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useEdit } from '@/api/actions';
import type { Edit } from '@/api/edits';
import { recordQuery } from '@/api/queries';
import { FormDialog } from '@/components/form-dialog';
import { FormField, ReasonSelect, TextInput } from '@/components/text-input';
import { fieldLabel, stageLabel } from '@/i18n/labels';
import { formatLocale } from '@/i18n/locale';
import { m } from '@/paraglide/messages.js';
import { isoDay, parseDay } from '@/records/parse';
import { DayField } from './day-field';
import { useGuard } from './guard-state';
import { useExitReasons } from './reasons';

const close = () => useGuard.setState({ leaving: null });

/** What the move is called: by its record where it is one. */
function useMoveTitle({ ids, fields }: Edit): string {
  const { data } = useQuery({ ...recordQuery(ids[0] ?? ''), enabled: ids.length === 1 });
  const stage = stageLabel(String(fields.stage));
  return ids.length > 1
    ? m.exit_title_many({ count: ids.length, stage })
    : m.exit_title({ title: data?.id === ids[0] ? data?.title || m.label_untitled() : '…', stage });
}

function Leaving({ leaving }: { leaving: Edit }) {
  const edit = useEdit();
  const title = useMoveTitle(leaving);
  const reasons = useExitReasons();
  const rests = leaving.fields.stage === 'nurture';
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const [day, setDay] = useState('');
  const [error, setError] = useState<{ reason?: string; day?: string }>({});
  const finish = () => {
    const returns = parseDay(day, formatLocale());
    const missing = {
      ...(reason === '' ? { reason: m.error_reason_missing() } : {}),
      ...(rests && returns === null
        ? { day: day.trim() === '' ? m.error_return_day_missing() : m.error_not_a_day() }
        : {}),
      ...(rests && returns !== null && returns <= isoDay(new Date())
        ? { day: m.error_return_day_past() }
        : {}),
    };
    setError(missing);
    if (Object.keys(missing).length > 0) return;
    close();
    edit.mutate({
      ...leaving,
      quiet: false,
      fields: {
        ...leaving.fields,
        exit_reason: reason,
        ...(note.trim() === '' ? {} : { exit_note: note.trim() }),
        ...(rests ? { return_on: returns } : {}),
      },
    });
  };
  return (
    <FormDialog
      title={title}
      action={m.action_move()}
      onFinish={finish}
      onClose={close}
      className="w-[440px]"
    >
      <FormField label={fieldLabel('opportunity', 'exit_reason')} required error={error.reason}>
        {(field) => <ReasonSelect {...field} value={reason} onChange={setReason} options={reasons} />}
      </FormField>
      {rests && (
        <DayField
          label={fieldLabel('opportunity', 'return_on')}
          required
          hint={m.exit_return_hint()}
          text={day}
          error={error.day}
          onText={setDay}
        />
      )}
      <FormField label={fieldLabel('opportunity', 'exit_note')}>
        {(field) => <TextInput {...field} value={note} onChange={(event) => setNote(event.target.value)} />}
      </FormField>
    </FormDialog>
  );
}

/** Asks why opportunities leave the process, and of those that only rest when they come back. */
export function ExitDialog() {
  const leaving = useGuard((state) => state.leaving);
  return leaving === null ? null : <Leaving leaving={leaving} />;
}
