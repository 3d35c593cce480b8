import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { undoChange, useCreate } from '@/api/actions';
import { useApp } from '@/api/queries';
import { ApiFailure } from '@/api/rpc';
import { useKind } from '@/api/schema';
import type { FieldInfo, KindInfo, RecordInfo } from '@/api/types';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { fieldLabel, kindInSentence, kindLabel } from '@/i18n/labels';
import { isMac } from '@/keys/chord';
import { m } from '@/paraglide/messages.js';
import { failureText, say } from '@/state/toasts';
import { useWindow } from '@/state/window';
import { isEditable } from './editor';
import { FormValue } from './form-value';

/** The fields a new record is asked for: what it needs, and what a list shows of it. */
const asked = (kind: KindInfo): FieldInfo[] =>
  kind.fields.filter((field) => isEditable(field) && (field.required || field.listed));

/** What a new record starts with, so that the fastest way to make one is to write its name. */
function startWith(kind: string, me: { id: string; title: string } | undefined): Record<string, unknown> {
  if (kind === 'opportunity') return { stage: 'new', ...(me ? { owner: me } : {}) };
  if (kind === 'activity') return { type: 'note', at: new Date().toISOString() };
  if (kind === 'member') return { type: 'person' };
  if (kind === 'account' || kind === 'person') return me ? { owner: me } : {};
  return {};
}

function CreateForm({
  kind,
  preset,
  onClose,
  onMade,
}: {
  kind: KindInfo;
  preset: Record<string, unknown>;
  onClose: () => void;
  onMade: (record: RecordInfo) => void;
}) {
  const me = useApp()?.workspace?.me;
  const [fields, setFields] = useState<Record<string, unknown>>({ ...startWith(kind.name, me), ...preset });
  const [error, setError] = useState<{ field: string | null; message: string } | null>(null);
  const create = useCreate();
  const save = () => {
    const missing = kind.fields.find((field) => field.required && (fields[field.name] ?? '') === '');
    if (missing !== undefined) {
      setError({
        field: missing.name,
        message: m.error_field_missing({ field: fieldLabel(kind.name, missing) }),
      });
      return;
    }
    create
      .mutateAsync({ kind: kind.name, fields })
      .then((record) => {
        onClose();
        say(m.said_created({ title: record.title || kindLabel(kind.name) }), {
          undo: () => void undoChange(),
        });
        onMade(record);
      })
      .catch((cause: unknown) =>
        setError({
          field: cause instanceof ApiFailure ? cause.field : null,
          message: failureText(cause),
        }),
      );
  };
  const list = asked(kind);
  return (
    <Dialog
      open
      onClose={onClose}
      title={m.action_new({ kind: kindInSentence(kind.name) })}
      footer={
        <>
          <Button onClick={onClose}>{m.action_cancel()}</Button>
          <Button look="primary" type="submit" form="create-record">
            {m.action_create()}
          </Button>
        </>
      }
    >
      <form
        id="create-record"
        className="grid grid-cols-2 gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(isMac ? event.metaKey : event.ctrlKey)) return;
          event.preventDefault();
          event.stopPropagation();
          save();
        }}
      >
        {list.map((field, index) => (
          <div key={field.name} className={index === 0 ? 'col-span-2' : ''}>
            <FormValue
              kind={kind.name}
              field={field}
              value={fields[field.name]}
              autoFocus={index === 0}
              error={error?.field === field.name ? error.message : null}
              onValue={(value) => {
                setFields((now) => ({ ...now, [field.name]: value }));
                if (error?.field === field.name) setError(null);
              }}
            />
          </div>
        ))}
      </form>
      {error !== null && !list.some((field) => field.name === error.field) && (
        <p role="alert" className="mt-3 text-danger">
          {error.message}
        </p>
      )}
    </Dialog>
  );
}

/** Makes a record of any kind; opened by `useWindow.create`. */
export function CreateDialog() {
  const creating = useWindow((state) => state.creating);
  const navigate = useNavigate();
  const kind = useKind(creating?.kind ?? '');
  if (creating === null || kind === undefined) return null;
  return (
    <CreateForm
      key={kind.name}
      kind={kind}
      preset={creating.fields}
      onClose={() => useWindow.setState({ creating: null })}
      // A page opens in its editor, everything else beside the list it was made in.
      onMade={(record) =>
        void navigate({ to: '.', search: (now) => ({ ...now, record: record.id }), replace: true })
      }
    />
  );
}
