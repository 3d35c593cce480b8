import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
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
  const form = useId();
  const [typed, setTyped] = useState(name);
  const [wrong, setWrong] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() === '') return setWrong(m.error_name_missing());
    onName(typed.trim())
      .then(onClose)
      .catch((cause: unknown) => setWrong(failureText(cause)));
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      className="!w-[400px]"
      footer={
        <>
          <Button onClick={onClose}>{m.action_cancel()}</Button>
          <Button look="primary" type="submit" form={form}>
            {m.fields_rename()}
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={submit}>
        <FormField label={m.fields_label()} required error={wrong}>
          {(props) => (
            <TextInput
              {...props}
              autoFocus
              value={typed}
              onFocus={(event) => event.target.select()}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </FormField>
      </form>
    </Dialog>
  );
}
