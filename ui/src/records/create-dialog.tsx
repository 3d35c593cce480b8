import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { isHeld, sayDone, useCreate } from '@/api/actions';
import { useApp } from '@/api/queries';
import { ApiFailure } from '@/api/rpc';
import { useKind } from '@/api/schema';
import type { FieldInfo, KindInfo, RecordInfo } from '@/api/types';
import { FormDialog } from '@/components/form-dialog';
import { fieldLabel, kindInSentence, kindLabel, stageLabel } from '@/i18n/labels';
import { reasonsWithin } from '@/i18n/remarks';
import { OverrideField } from '@/journey/override-field';
import { m } from '@/paraglide/messages.js';
import { failureText } from '@/state/toasts';
import { useWindow } from '@/state/window';
import { isEditable } from './editor';
import { FormValue } from './form-value';

/** The fields a new record is asked for: what it needs, and what a list shows of it. */
const asked = (kind: KindInfo): FieldInfo[] =>
  kind.fields.filter((field) => isEditable(field) && (field.required || field.listed));

/** The reason for making it all the same, beside the fields of the record. */
const REASON = 'override_reason';

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
  // A rule holds it back from where it begins, until there is a reason.
  const [held, setHeld] = useState<{ title: string; why: string[] } | null>(null);
  const [reason, setReason] = useState('');
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
    if (held !== null && reason.trim() === '') {
      setError({ field: REASON, message: m.error_override_missing() });
      return;
    }
    return create
      .mutateAsync({ kind: kind.name, fields, ...(held === null ? {} : { override: reason.trim() }) })
      .then((record) => {
        onClose();
        sayDone(m.said_created({ title: record.title || kindLabel(kind.name) }), record.change);
        onMade(record);
      })
      .catch((cause: unknown) => {
        if (isHeld(cause)) {
          setError(null);
          setHeld({
            title: m.create_held({ stage: stageLabel(String(fields.stage)) }),
            why: cause.remark === null ? [cause.message] : reasonsWithin(cause.remark, kind.name),
          });
          return;
        }
        setError({
          field: cause instanceof ApiFailure ? cause.field : null,
          message: failureText(cause),
        });
      });
  };
  const list = asked(kind);
  return (
    <FormDialog
      title={m.action_new({ kind: kindInSentence(kind.name) })}
      action={held === null ? m.action_create() : m.action_create_anyway()}
      onFinish={save}
      onClose={onClose}
      layout="grid grid-cols-2 gap-3"
    >
      {list.map((field, index) => (
        <div key={field.name} className={index === 0 ? 'col-span-2' : ''}>
          <FormValue
            kind={kind.name}
            field={field}
            value={fields[field.name]}
            error={error?.field === field.name ? error.message : null}
            onValue={(value) => {
              setFields((now) => ({ ...now, [field.name]: value }));
              setHeld(null);
              if (error?.field === field.name) setError(null);
            }}
          />
        </div>
      ))}
      {held !== null && (
        <div className="col-span-2 mt-1 flex flex-col gap-2 border-line border-t pt-3">
          <div role="alert">
            <h3 className="font-medium">{held.title}</h3>
            <ul className="mt-1 list-disc pl-5 text-quiet">
              {held.why.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </div>
          <OverrideField
            reason={reason}
            error={error?.field === REASON ? error.message : null}
            autoFocus
            onReason={(written) => {
              setReason(written);
              if (error?.field === REASON) setError(null);
            }}
          />
        </div>
      )}
      {error !== null && error.field !== REASON && !list.some((field) => field.name === error.field) && (
        <p role="alert" className="col-span-2 text-danger">
          {error.message}
        </p>
      )}
    </FormDialog>
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
