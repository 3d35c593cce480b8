import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sayDone, useEdit } from '@/api/actions';
import { recordQuery } from '@/api/queries';
import { useSchema } from '@/api/schema';
import { FormDialog } from '@/components/form-dialog';
import { FormField, ReasonSelect } from '@/components/text-input';
import { fieldLabel, stageLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';

/** Moves what rests too long to another stage. Out of the process, or past a rule, it is asked why after this. */
export function MoveDialog({
  id,
  title,
  onClose,
  onDone,
}: {
  id: string;
  title: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const edit = useEdit();
  const { stages } = useSchema();
  const { data: record } = useQuery(recordQuery(id));
  const [stage, setStage] = useState('');
  const [error, setError] = useState<string | null>(null);
  const now = record?.id === id ? record.fields.stage : undefined;
  const others = stages.filter(({ name, set_aside }) => name !== now && !set_aside);
  const move = () => {
    if (stage === '') return setError(m.error_stage_missing());
    const onWritten = (change: string) => {
      sayDone(m.said_moved({ title, stage: stageLabel(stage) }), change);
      onDone();
    };
    return edit
      .mutateAsync({ kind: 'opportunity', ids: [id], fields: { stage }, onWritten })
      .then(onClose, () => undefined); // It has been said already.
  };
  return (
    <FormDialog
      title={m.move_title({ title })}
      action={m.action_move()}
      onFinish={move}
      onClose={onClose}
      className="w-[440px]"
    >
      <FormField label={fieldLabel('opportunity', 'stage')} required error={error}>
        {(field) => (
          <ReasonSelect
            {...field}
            value={stage}
            onChange={(chosen) => {
              setStage(chosen);
              setError(null);
            }}
            options={others.map(({ name }) => ({ value: name, label: stageLabel(name) }))}
          />
        )}
      </FormField>
    </FormDialog>
  );
}
