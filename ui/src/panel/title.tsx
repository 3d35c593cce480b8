import { useState } from 'react';
import { useEdit } from '@/api/actions';
import type { RecordInfo } from '@/api/types';
import { GrownInput } from '@/components/grown-input';
import { m } from '@/paraglide/messages.js';
import { editTitle, titleText } from '@/records/title';
import { failureText } from '@/state/toasts';

/** The record's name, edited where it stands. */
export function Title({ record }: { record: RecordInfo }) {
  const edit = useEdit();
  const [text, setText] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const named = titleText(record.kind, record);
  const finish = () => {
    if (text === null) return;
    if (text.trim() === named) {
      setText(null);
      return;
    }
    edit
      .mutateAsync({ kind: record.kind, ids: [record.id], fields: editTitle(record.kind, text), quiet: true })
      .then(() => setText(null))
      .catch((cause: unknown) => setError(failureText(cause)));
  };
  return (
    <div className="px-3 pt-3">
      <h2 className="sr-only">{record.title}</h2>
      <GrownInput
        aria-label={m.label_title()}
        aria-invalid={error !== null}
        value={text ?? named}
        placeholder={record.title || m.label_untitled()}
        onChange={(event) => {
          setText(event.target.value.replaceAll('\n', ' '));
          setError(null);
        }}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            event.currentTarget.blur();
          }
          if (event.key === 'Escape') {
            event.stopPropagation();
            setText(null);
            setError(null);
          }
        }}
        className="w-full rounded-control bg-transparent px-1 font-semibold text-title hover:bg-hover focus:bg-surface"
      />
      {error !== null && (
        <p role="alert" className="px-1 text-danger text-small">
          {error}
        </p>
      )}
    </div>
  );
}
