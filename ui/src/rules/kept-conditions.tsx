import { useState } from 'react';
import { m } from '@/paraglide/messages.js';
import { failureText } from '@/state/toasts';
import { problemIn } from './conditions';
import { ConditionsEditor } from './conditions-editor';

/** Conditions that are in force as soon as they say all that they must say; until then they wait here. */
export function KeptConditions({
  label,
  value,
  nothing,
  onWrite,
}: {
  label: string;
  value: unknown;
  nothing: string;
  onWrite: (value: string | null) => Promise<unknown>;
}) {
  const [waiting, setWaiting] = useState<{ text: string | null } | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const change = (text: string | null) => {
    setWaiting({ text });
    setWrong(null);
    if (problemIn(text) !== null) return;
    onWrite(text)
      .then(() => setWaiting(null))
      .catch((cause: unknown) => setWrong(failureText(cause)));
  };
  const unfinished = waiting !== null && problemIn(waiting.text) !== null;
  return (
    <div>
      <ConditionsEditor
        label={label}
        value={waiting === null ? value : waiting.text}
        nothing={nothing}
        withGate
        onChange={change}
      />
      {unfinished && <p className="text-warning text-small">{m.rules_not_written_yet()}</p>}
      {wrong !== null && (
        <p role="alert" className="text-danger text-small">
          {wrong}
        </p>
      )}
    </div>
  );
}
