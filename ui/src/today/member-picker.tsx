import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { listQuery } from '@/api/queries';
import { useSchema } from '@/api/schema';
import { m } from '@/paraglide/messages.js';
import { hitChoice, useRecordChoices } from '@/records/choices';
import { type Choice, Picker } from '@/records/picker';
import { PickerButton } from '@/records/picker-button';

const MEMBERS = { kind: 'member', filters: [], sort: [{ field: 'name', descending: false }], text: '' };

/** Oneself and the first others by name; whoever is typed, of all. */
function useChoices(me: string, text: string): Choice[] {
  const { kinds } = useSchema();
  const { data } = useQuery(listQuery(MEMBERS, 0));
  const isTyped = text.trim() !== '';
  const found = useRecordChoices(isTyped ? 'member' : null, text);
  if (isTyped) return found;
  const others = (data?.records ?? []).filter(({ id, fields }) => id !== me && fields.active !== false);
  return [
    { value: me, label: m.today_mine() },
    ...others.map(({ id, kind, title, fields }) => {
      const hints = typeof fields.team === 'string' ? [{ field: 'team', text: fields.team }] : [];
      return hitChoice({ id, kind, title, subtitle: '', hints }, kinds);
    }),
  ];
}

/** Whose day is shown. With nobody else there, there is nothing to choose. */
export function MemberPicker({
  me,
  value,
  name,
  onChange,
}: {
  me: string;
  value: string;
  /** What the member is called. */
  name: string;
  onChange: (member: string) => void;
}) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const choices = useChoices(me, text);
  const label = m.today_whose();
  const close = () => {
    setOpen(false);
    setText('');
  };
  if (text === '' && choices.length < 2 && value === me) return null;
  return (
    <>
      <PickerButton
        anchor={anchor}
        label={label}
        words={value === me ? m.today_mine() : name}
        className="h-7 w-44 min-w-0 px-2"
        onOpen={() => setOpen(true)}
      />
      {open && (
        <Picker
          anchor={anchor}
          label={label}
          choices={choices}
          chosen={new Set([value])}
          search={text}
          onSearch={setText}
          onChoose={(choice) => {
            if (choice !== null) onChange(choice.value);
            close();
          }}
          onClose={close}
        />
      )}
    </>
  );
}
