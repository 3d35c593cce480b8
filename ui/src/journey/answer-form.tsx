import { useState } from 'react';
import type { CriterionAnswer } from '@/api/types';
import { Button } from '@/components/button';
import { cx } from '@/components/cx';
import { Keys } from '@/components/keys';
import { Segmented } from '@/components/segmented';
import { FormField, TextInput } from '@/components/text-input';
import { optionLabel } from '@/i18n/labels';
import { questionText, ruleName } from '@/i18n/rule-names';
import { m } from '@/paraglide/messages.js';
import { act } from './actions';

export type Verdict = 'yes' | 'no' | 'unknown';

/** Answers a question of the gate: the verdict, and how it is known. */
export function AnswerForm({
  lead,
  answer,
  first,
  className,
  onCancel,
  onDone = onCancel,
}: {
  lead: string;
  answer: CriterionAnswer;
  first: Verdict;
  className?: string;
  onCancel: () => void;
  /** It is answered. */
  onDone?: () => void;
}) {
  const [verdict, setVerdict] = useState(first);
  const [evidence, setEvidence] = useState('');
  const [error, setError] = useState<string>();
  const name = ruleName('criterion', answer.criterion);
  const save = () => {
    if (verdict !== 'unknown' && evidence.trim() === '') return setError(m.error_how_known());
    void act(
      'answer',
      { id: lead, criterion: answer.criterion.id, verdict, evidence: evidence.trim() || null },
      m.said_answered({ criterion: name }),
    ).then((done) => done && onDone());
  };
  return (
    <form
      className={cx('flex flex-col items-start gap-2', className)}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onCancel();
      }}
    >
      <p className="text-text">{questionText(answer.criterion.key, answer.question)}</p>
      <Segmented
        label={name}
        value={verdict}
        options={(['yes', 'no', 'unknown'] as const).map((value) => ({
          value,
          label: optionLabel('answer', 'verdict', value),
        }))}
        onChange={setVerdict}
      />
      <div className="w-full">
        <FormField label={m.gate_evidence()} required={verdict !== 'unknown'} error={error}>
          {(field) => (
            <TextInput
              {...field}
              autoFocus
              value={evidence}
              placeholder={m.gate_evidence_example()}
              onChange={(event) => {
                setEvidence(event.target.value);
                setError(undefined);
              }}
            />
          )}
        </FormField>
      </div>
      <div className="flex gap-2">
        <Button look="primary" type="submit">
          {m.action_answer()}
          <Keys keys="enter" />
        </Button>
        <Button onClick={onCancel}>{m.action_cancel()}</Button>
      </div>
    </form>
  );
}
