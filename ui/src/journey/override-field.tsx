import { FormField, TextInput } from '@/components/text-input';
import { m } from '@/paraglide/messages.js';

/** Why something shall happen that a rule holds back. It is counted, and says so. */
export function OverrideField({
  reason,
  error,
  autoFocus = false,
  onReason,
}: {
  reason: string;
  error: string | null | undefined;
  autoFocus?: boolean;
  onReason: (reason: string) => void;
}) {
  return (
    <FormField label={m.guard_reason()} required hint={m.guard_counted()} error={error}>
      {(field) => (
        <TextInput
          {...field}
          autoFocus={autoFocus}
          value={reason}
          onChange={(event) => onReason(event.target.value)}
        />
      )}
    </FormField>
  );
}
