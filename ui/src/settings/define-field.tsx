import { useState } from 'react';
import { noteChanged } from '@/api/events';
import { queryClient } from '@/api/query-client';
import { rpc } from '@/api/rpc';
import { useSchema } from '@/api/schema';
import { FormDialog } from '@/components/form-dialog';
import { Select } from '@/components/select';
import { FormField, INPUT, TextInput } from '@/components/text-input';
import { kindsLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { failureText, say } from '@/state/toasts';
import { typeLabel } from './fields';

/** What people make fields of; the rest of the types are for the standard fields. */
const TYPES = [
  'line',
  'prose',
  'integer',
  'money',
  'boolean',
  'date',
  'instant',
  'choice',
  'tags',
  'email',
  'phone',
  'url',
  'country',
];

/** Adds a field of the workspace's own to a kind. */
export function DefineFieldDialog({ onClose }: { onClose: () => void }) {
  const { kinds } = useSchema();
  const [kind, setKind] = useState('account');
  const [label, setLabel] = useState('');
  const [type, setType] = useState('line');
  const [options, setOptions] = useState('');
  const [wrong, setWrong] = useState<{ label?: string; options?: string; form?: string }>({});

  const finish = async () => {
    const listed = options
      .split('\n')
      .map((option) => option.trim())
      .filter((option) => option !== '');
    if (label.trim() === '') return setWrong({ label: m.fields_wrong_label() });
    if (type === 'choice' && listed.length === 0) return setWrong({ options: m.fields_wrong_options() });
    try {
      const schema = await rpc('define_field', {
        kind,
        label: label.trim(),
        type,
        options: type === 'choice' ? listed : [],
      });
      queryClient.setQueryData(['schema'], schema);
      noteChanged({ kinds: [kind], ids: null });
      say(m.fields_defined({ label: label.trim() }));
      onClose();
    } catch (cause) {
      setWrong({ form: failureText(cause) });
    }
  };

  return (
    <FormDialog
      title={m.fields_define()}
      action={m.fields_define_action()}
      onFinish={finish}
      onClose={onClose}
      className="!w-[460px]"
      layout="flex flex-col gap-4"
    >
      <FormField label={m.fields_label()} required error={wrong.label}>
        {(props) => <TextInput {...props} value={label} onChange={(event) => setLabel(event.target.value)} />}
      </FormField>
      <div className="grid grid-cols-2 gap-3">
        <FormField label={m.fields_kind()}>
          {(props) => (
            <Select
              {...props}
              value={kind}
              onChange={setKind}
              options={kinds
                .filter((one) => one.name !== 'view')
                .map((one) => ({ value: one.name, label: kindsLabel(one.name) }))}
            />
          )}
        </FormField>
        <FormField label={m.fields_type()}>
          {(props) => (
            <Select
              {...props}
              value={type}
              onChange={setType}
              options={TYPES.map((one) => ({ value: one, label: typeLabel(one) }))}
            />
          )}
        </FormField>
      </div>
      {type === 'choice' && (
        <FormField label={m.fields_options()} hint={m.fields_options_hint()} required error={wrong.options}>
          {(props) => (
            <textarea
              {...props}
              rows={4}
              value={options}
              className={`${INPUT} h-auto py-1.5`}
              onChange={(event) => setOptions(event.target.value)}
            />
          )}
        </FormField>
      )}
      {wrong.form !== undefined && (
        <p role="alert" className="selectable rounded-control bg-danger-soft px-3 py-2 text-danger">
          {wrong.form}
        </p>
      )}
    </FormDialog>
  );
}
