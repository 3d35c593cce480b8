import { type RefObject, useState } from 'react';
import type { FieldInfo } from '@/api/types';
import { fieldLabel } from '@/i18n/labels';
import { failureText } from '@/state/toasts';
import { fixedChoices, useRecordChoices, useUsedValues } from './choices';
import { Picker } from './picker';
import { RolesEditor } from './roles-editor';
import { TextEditor } from './text-editor';
import { isLink } from './value';

/** Where to go after an edit, as Enter and Tab say. */
export type After = 'stay' | 'down' | 'right' | 'left';

export interface EditorProps {
  kind: string;
  field: FieldInfo;
  value: unknown;
  /** What was typed to open the editor; it replaces the value. */
  initialText?: string;
  /** Where a list opens. */
  anchor: RefObject<HTMLElement | null>;
  /** Writes; the editor stays with the reason where it is refused. */
  onCommit: (value: unknown) => Promise<void>;
  onClose: (after: After) => void;
}

/** Commits, and keeps what the engine says against it. */
export function useCommit({ onCommit, onClose }: Pick<EditorProps, 'onCommit' | 'onClose'>) {
  const [error, setError] = useState<string | null>(null);
  const commit = async (value: unknown, after: After = 'stay') => {
    try {
      await onCommit(value);
      onClose(after);
    } catch (cause) {
      setError(failureText(cause));
    }
  };
  return { error, setError, commit };
}

function ChoiceEditor(props: EditorProps) {
  const { kind, field, value, anchor, initialText, onClose } = props;
  const { error, commit } = useCommit(props);
  const typed = (chosen: string) => (field.type === 'boolean' ? chosen === 'true' : chosen);
  return (
    <Picker
      anchor={anchor}
      label={fieldLabel(kind, field)}
      choices={fixedChoices(kind, field) ?? []}
      chosen={new Set(value === undefined || value === null ? [] : [String(value)])}
      initialText={initialText ?? ''}
      error={error}
      clearable={!field.required && value !== undefined && value !== null}
      onChoose={(choice) => void commit(choice === null ? null : typed(choice.value))}
      onClose={() => onClose('stay')}
      {...(field.open ? { onCreate: (text: string) => void commit(text) } : {})}
    />
  );
}

function LinkEditor(props: EditorProps) {
  const { kind, field, value, anchor, initialText, onClose } = props;
  const { error, commit } = useCommit(props);
  const [text, setText] = useState(initialText ?? '');
  const choices = useRecordChoices(field.target, text);
  return (
    <Picker
      anchor={anchor}
      label={fieldLabel(kind, field)}
      choices={choices}
      chosen={new Set(isLink(value) ? [value.id] : [])}
      search={text}
      onSearch={setText}
      error={error}
      clearable={!field.required && isLink(value)}
      onChoose={(choice) => void commit(choice === null ? null : { id: choice.value, title: choice.label })}
      onClose={() => onClose('stay')}
    />
  );
}

function SetEditor(props: EditorProps) {
  const { kind, field, value, anchor, initialText, onClose, onCommit } = props;
  const [current, setCurrent] = useState<string[]>(Array.isArray(value) ? value.map(String) : []);
  const { error, setError } = useCommit(props);
  const used = useUsedValues(kind, field, field.type === 'tags');
  const own = current.filter((one) => !used.some((choice) => choice.value === one));
  const change = (next: string[]) => {
    const before = current;
    setCurrent(next);
    onCommit(next.length === 0 ? null : next).then(
      () => setError(null),
      (cause: unknown) => {
        setCurrent(before);
        setError(failureText(cause));
      },
    );
  };
  const toggle = (one: string) =>
    change(current.includes(one) ? current.filter((other) => other !== one) : [...current, one]);
  return (
    <Picker
      anchor={anchor}
      multiple
      label={fieldLabel(kind, field)}
      choices={[...own.map((one) => ({ value: one, label: one })), ...used]}
      chosen={new Set(current)}
      initialText={initialText ?? ''}
      error={error}
      onChoose={(choice) => choice !== null && toggle(choice.value)}
      onCreate={toggle}
      onClose={() => onClose('stay')}
    />
  );
}

/** The right editor for a field's type. */
export function Editor(props: EditorProps) {
  switch (props.field.type) {
    case 'choice':
    case 'boolean':
    case 'country':
    case 'currency':
    case 'language':
    case 'time_zone':
      return <ChoiceEditor {...props} />;
    case 'link':
      return <LinkEditor {...props} />;
    case 'tags':
    case 'emails':
    case 'phones':
      return <SetEditor {...props} />;
    case 'roles':
      return <RolesEditor {...props} />;
    default:
      return <TextEditor {...props} />;
  }
}

/** Whether a field's editor is a list that opens beside the value, which stays where it is. */
export const opensList = (type: string): boolean =>
  [
    'choice',
    'boolean',
    'country',
    'currency',
    'language',
    'time_zone',
    'link',
    'tags',
    'emails',
    'phones',
    'roles',
  ].includes(type);

/** Whether people may edit the field in place. A page's text has an editor of its own. */
export const isEditable = (field: FieldInfo): boolean =>
  !field.internal && !field.by_doing && field.type !== 'text';
