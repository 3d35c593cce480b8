import { X } from 'lucide-react';
import { useRef, useState } from 'react';
import { IconButton } from '@/components/button';
import { fieldLabel, roleLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { failureText } from '@/state/toasts';
import { Anchored } from './anchored';
import { useRecordChoices } from './choices';
import { type EditorProps, useCommit } from './editor';
import { Picker } from './picker';

interface Role {
  id: string;
  title: string;
  role: string;
}

const ROLES = [
  'decision_maker',
  'champion',
  'economic_buyer',
  'influencer',
  'user',
  'blocker',
  'procurement',
];

/** People of an opportunity, each with a role. Every step is written at once. */
export function RolesEditor(props: EditorProps) {
  const { kind, field, value, anchor, onClose, onCommit, initialText } = props;
  const [roles, setRoles] = useState<Role[]>(Array.isArray(value) ? (value as Role[]) : []);
  const [adding, setAdding] = useState(roles.length === 0);
  const [text, setText] = useState(initialText ?? '');
  const { error, setError } = useCommit(props);
  const choices = useRecordChoices(field.target, text);
  const foot = useRef<HTMLButtonElement>(null);
  const write = (next: Role[]) => {
    const before = roles;
    setRoles(next);
    onCommit(next.length === 0 ? null : next).then(
      () => setError(null),
      (cause: unknown) => {
        setRoles(before);
        setError(failureText(cause));
      },
    );
  };
  const label = fieldLabel(kind, field);
  return (
    <>
      <Anchored
        anchor={anchor}
        label={label}
        className="w-80 p-2"
        under
        onClose={() => !adding && onClose('stay')}
      >
        <ul className="flex flex-col gap-1">
          {roles.map((one) => (
            <li key={one.id} className="flex items-center gap-2">
              <span className="min-w-0 flex-1 truncate">{one.title}</span>
              <select
                aria-label={m.label_role_of({ name: one.title })}
                value={one.role}
                onChange={(event) =>
                  write(
                    roles.map((other) =>
                      other.id === one.id ? { ...other, role: event.target.value } : other,
                    ),
                  )
                }
                className="h-7 w-36 rounded-control border border-edge bg-surface px-1.5 text-small"
              >
                <option value="">{m.label_no_role()}</option>
                {[...new Set([...ROLES, ...(one.role ? [one.role] : [])])].map((role) => (
                  <option key={role} value={role}>
                    {roleLabel(role)}
                  </option>
                ))}
              </select>
              <IconButton
                label={m.action_remove_named({ name: one.title })}
                icon={<X className="size-3.5" />}
                onClick={() => write(roles.filter((other) => other.id !== one.id))}
              />
            </li>
          ))}
        </ul>
        <button
          ref={foot}
          type="button"
          onClick={() => setAdding(true)}
          className="mt-1 flex h-7 w-full items-center rounded-control px-1.5 text-accent hover:bg-hover"
        >
          {m.action_add_person()}
        </button>
        {error !== null && !adding && (
          <p role="alert" className="px-1.5 pt-1 text-danger text-small">
            {error}
          </p>
        )}
      </Anchored>
      {adding && (
        <Picker
          anchor={foot}
          label={label}
          choices={choices.filter((choice) => !roles.some((one) => one.id === choice.value))}
          chosen={new Set()}
          search={text}
          onSearch={setText}
          error={error}
          onChoose={(choice) => {
            if (choice !== null) write([...roles, { id: choice.value, title: choice.label, role: '' }]);
            setAdding(false);
            setText('');
          }}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  );
}
