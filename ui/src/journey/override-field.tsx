import type { Ref } from 'react';
import { FormField, TextInput } from '@/components/text-input';
import { m } from '@/paraglide/messages.js';

/** Why something shall happen that a rule holds back. It is counted, and says so. */
export function OverrideField({
  reason,
  error,
  autoFocus = false,
  label = m.guard_reason(),
  input,
  onReason,
}: {
  reason: string;
  error: string | null | undefined;
  autoFocus?: boolean;
  label?: string;
  input?: Ref<HTMLInputElement>;
  onReason: (reason: string) => void;
}) {
  return (
    <FormField label={label} required hint={m.guard_counted()} error={error}>
      {(field) => (
        <TextInput
          {...field}
          {...(input === undefined ? {} : { ref: input })}
          autoFocus={autoFocus}
          value={reason}
          onChange={(event) => onReason(event.target.value)}
        />
      )}
    </FormField>
  );
}
