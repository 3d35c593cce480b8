import { Plus } from 'lucide-react';
import { useState } from 'react';
import { cx } from '@/components/cx';
import { useOnce } from '@/components/use-once';
import { m } from '@/paraglide/messages.js';
import { failureText } from '@/state/toasts';

/** Makes something by writing its name: Enter makes it, and the next can be written at once. */
export function AddLine({ label, onAdd }: { label: string; onAdd: (name: string) => Promise<unknown> }) {
  const [name, setName] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const typed = name.trim();
  const { start: add } = useOnce(() => {
    if (typed === '') return;
    return onAdd(typed)
      .then(() => setName(''))
      .catch((cause: unknown) => setWrong(failureText(cause)));
  });
  return (
    <form
      className="relative flex h-9 items-center gap-2 pr-2 pl-3"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <Plus className="size-3.5 shrink-0 text-quiet" aria-hidden />
      <input
        value={name}
        aria-label={label}
        aria-invalid={wrong !== null}
        placeholder={label}
        autoComplete="off"
        onChange={(event) => {
          setName(event.target.value);
          setWrong(null);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          setName('');
          setWrong(null);
          event.currentTarget.blur();
        }}
        className="h-7 min-w-0 flex-1 rounded-control border border-transparent bg-transparent px-2 hover:border-line focus-visible:border-accent focus-visible:bg-surface"
      />
      <button
        type="submit"
        className={cx('h-7 rounded-control px-2.5 text-accent hover:bg-hover', typed === '' && 'invisible')}
      >
        {m.action_create()}
      </button>
      {wrong !== null && (
        <span
          role="alert"
          className="floating absolute top-full left-8 z-30 px-2 py-1 text-danger text-small"
        >
          {wrong}
        </span>
      )}
    </form>
  );
}
