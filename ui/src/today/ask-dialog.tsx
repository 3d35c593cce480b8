import { useQuery } from '@tanstack/react-query';
import { gateQuery } from '@/api/journey';
import { Dialog } from '@/components/dialog';
import { FailureLine } from '@/components/failure';
import { AnswerForm } from '@/journey/answer-form';
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
  const { data: gate, error } = useQuery(gateQuery(id));
  const next = gate?.next ?? null;
  const answer = gate?.criteria.find(({ criterion }) => criterion.id === next?.criterion.id);
  return (
    <Dialog open onClose={onClose} title={m.ask_title({ title })} className="w-[480px]">
      <FailureLine error={error} />
      {gate !== undefined && answer === undefined && <p className="text-quiet">{m.ask_nothing()}</p>}
      {gate !== undefined && next !== null && answer !== undefined && (
        <>
          <p className="mb-3 text-quiet text-small">
            {m.ask_gain({ score: gate.score, gain: next.gain, least: gate.score_min })}
          </p>
          <AnswerForm lead={id} answer={answer} first="yes" onCancel={onClose} onDone={onDone} />
        </>
      )}
    </Dialog>
  );
}
