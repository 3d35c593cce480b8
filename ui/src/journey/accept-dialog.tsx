import { useState } from 'react';
import { FormDialog } from '@/components/form-dialog';
import { m } from '@/paraglide/messages.js';
import { act } from './actions';
import { type Refused, useGuard } from './guard-state';
import { OverrideField } from './override-field';

const close = () => useGuard.setState({ refused: null });

function Accepting({ refused }: { refused: Refused }) {
  const { id, title, why, onDone } = refused;
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string | null>(null);
  const finish = async () => {
    if (reason.trim() === '') return setError(m.error_override_missing());
    const done = await act('accept', { id, override_reason: reason.trim() }, m.said_accepted({ title }));
    if (!done) return;
    close();
    onDone?.();
  };
  return (
    <FormDialog
      title={m.accept_held_title({ title })}
      action={m.action_accept_anyway()}
      onFinish={finish}
      onClose={close}
      className="w-[480px]"
    >
      <p>{why}</p>
      <OverrideField
        reason={reason}
        error={error}
        onReason={(written) => {
          setReason(written);
          setError(null);
        }}
      />
    </FormDialog>
  );
}

/** Asks why a lead shall be taken, where a rule holds that back. */
export function AcceptDialog() {
  const refused = useGuard((state) => state.refused);
  return refused === null ? null : <Accepting refused={refused} />;
}
