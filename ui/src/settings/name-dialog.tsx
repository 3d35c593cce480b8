import { useState } from 'react';
import { FormDialog } from '@/components/form-dialog';
import { FormField, TextInput } from '@/components/text-input';
import { m } from '@/paraglide/messages.js';
import { failureText } from '@/state/toasts';

/** Asks for another name. What the engine says against one stands beside it. */
export function NameDialog({
  title,
  name,
  onName,
  onClose,
}: {
  title: string;
  name: string;
  onName: (name: string) => Promise<unknown>;
  onClose: () => void;
}) {
  const [typed, setTyped] = useState(name);
  const [wrong, setWrong] = useState<string | null>(null);
  const finish = () => {
    if (typed.trim() === '') return setWrong(m.error_name_missing());
    if (typed.trim() === name) return onClose();
    return onName(typed.trim())
      .then(onClose)
      .catch((cause: unknown) => setWrong(failureText(cause)));
  };
  return (
    <FormDialog
      title={title}
      action={m.fields_rename()}
      onFinish={finish}
      onClose={onClose}
      className="!w-[400px]"
    >
      <FormField label={m.fields_label()} required error={wrong}>
        {(props) => (
          <TextInput
            {...props}
            value={typed}
            onFocus={(event) => event.target.select()}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </FormField>
    </FormDialog>
  );
}
