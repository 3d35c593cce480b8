import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { gateQuery } from '@/api/journey';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { FormField, TextInput } from '@/components/text-input';
import { optionLabel } from '@/i18n/labels';
import { questionText, ruleName } from '@/i18n/rule-names';
import { act } from '@/journey/actions';
import { m } from '@/paraglide/messages.js';

/** The one question whose answer would change most: its answer and how that is known. */
export function AskDialog({
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
  const { data: gate } = useQuery(gateQuery(id));
  const [evidence, setEvidence] = useState('');
  const [error, setError] = useState<string | null>(null);
  const next = gate?.next ?? null;
  const give = (verdict: 'yes' | 'no') => {
    if (next === null) return;
    if (evidence.trim() === '') return setError(m.error_evidence_missing());
    const payload = { id, criterion: next.criterion.id, verdict, evidence: evidence.trim() };
    const said = m.said_answered({ criterion: ruleName('criterion', next.criterion) });
    void act('answer', payload, said).then((done) => done && onDone());
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={m.ask_title({ title })}
      className="w-[480px]"
      footer={
        <>
          <Button onClick={onClose}>{m.ask_still_unknown()}</Button>
          <Button onClick={() => give('no')} disabled={next === null}>
            {optionLabel('answer', 'verdict', 'no')}
          </Button>
          <Button look="primary" onClick={() => give('yes')} disabled={next === null}>
            {optionLabel('answer', 'verdict', 'yes')}
          </Button>
        </>
      }
    >
      {gate !== undefined && next === null && <p className="text-quiet">{m.ask_nothing()}</p>}
      {gate !== undefined && next !== null && (
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            give('yes');
          }}
        >
          <div>
            <p className="font-semibold text-head">{questionText(next.criterion.key, next.question)}</p>
            <p className="text-quiet text-small">
              {m.ask_gain({ score: gate.score, gain: next.gain, least: gate.score_min })}
            </p>
          </div>
          <FormField label={m.gate_evidence()} required error={error}>
            {(field) => (
              <TextInput
                {...field}
                value={evidence}
                onChange={(event) => {
                  setEvidence(event.target.value);
                  setError(null);
                }}
              />
            )}
          </FormField>
        </form>
      )}
    </Dialog>
  );
}
