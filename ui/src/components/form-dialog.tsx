import { type ReactNode, useId } from 'react';
import { isMac } from '@/keys/chord';
import { m } from '@/paraglide/messages.js';
import { Button } from './button';
import { Dialog } from './dialog';
import { useOnce } from './use-once';

/** A dialog that is a form: it is finished by its button, by Enter, and by Mod+Enter from a text of several lines. */
export function FormDialog({
  title,
  action,
  ready = true,
  onFinish,
  onClose,
  children,
  note,
  className,
  layout = 'flex flex-col gap-3',
}: {
  title: string;
  /** What finishing it does, as its button says. */
  action: string;
  /** What it needs to be finished is there. */
  ready?: boolean;
  /** What it does may take a while: until the promise ends it is not asked for again. */
  onFinish: () => unknown;
  onClose: () => void;
  children: ReactNode;
  /** Stands beside the buttons. */
  note?: ReactNode;
  className?: string;
  layout?: string;
}) {
  const form = useId();
  const { busy, start } = useOnce(onFinish);
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      className={className ?? ''}
      footer={
        <>
          {note}
          <Button onClick={onClose}>{m.action_cancel()}</Button>
          <Button
            look="primary"
            type="submit"
            form={form}
            disabled={!ready}
            aria-disabled={busy || undefined}
          >
            {action}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        className={layout}
        onSubmit={(event) => {
          event.preventDefault();
          start();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(isMac ? event.metaKey : event.ctrlKey)) return;
          event.preventDefault();
          event.stopPropagation();
          if (ready && !event.repeat) start();
        }}
      >
        {children}
      </form>
    </Dialog>
  );
}
