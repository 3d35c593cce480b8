import { useRef, useState } from 'react';
import type { RecordInfo } from '@/api/types';
import { Select } from '@/components/select';
import { FormField } from '@/components/text-input';
import { fieldLabel, optionLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { useRecordChoices } from '@/records/choices';
import { Picker } from '@/records/picker';
import { PickerButton } from '@/records/picker-button';
import { either } from './condition-words';
import { textOf } from './records';
import { useOptions } from './rule-parts';
import { WrittenText } from './written';

interface Member {
  id: string;
  title: string;
  role: string;
}

const membersOf = (record: RecordInfo): Member[] =>
  Array.isArray(record.fields.members) ? (record.fields.members as unknown as Member[]) : [];

/** Whom a routing rule's leads go to, in words. */
export function poolWords(record: RecordInfo): string {
  const members = membersOf(record);
  if (members.length > 0) return either(members.map(({ title }) => title));
  const team = optionLabel('routing_rule', 'team', textOf(record, 'team') || 'sales');
  const region = textOf(record, 'region');
  return region === '' ? team : m.routing_pool_region({ team, region });
}

function Members({ value, onChange }: { value: Member[]; onChange: (members: Member[]) => void }) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const found = useRecordChoices('member', text);
  const words = value.length === 0 ? m.routing_members_none() : either(value.map(({ title }) => title));
  const label = fieldLabel('routing_rule', 'members');
  return (
    <>
      <PickerButton
        anchor={anchor}
        label={label}
        words={words}
        empty={value.length === 0}
        className="h-8 w-full min-w-0 px-2.5"
        onOpen={() => setOpen(true)}
      />
      {open && (
        <Picker
          anchor={anchor}
          label={label}
          multiple
          choices={found}
          chosen={new Set(value.map(({ id }) => id))}
          search={text}
          onSearch={setText}
          onChoose={(choice) => {
            if (choice === null) return;
            const rest = value.filter(({ id }) => id !== choice.value);
            onChange(
              rest.length < value.length
                ? rest
                : [...value, { id: choice.value, title: choice.label, role: '' }],
            );
          }}
          onClose={() => {
            setOpen(false);
            setText('');
          }}
        />
      )}
    </>
  );
}

/** Chooses whom a rule's leads go to: a team, perhaps in a region, or members by name. */
export function Pool({
  record,
  onEdit,
}: {
  record: RecordInfo;
  onEdit: (patch: Record<string, unknown>) => void;
}) {
  const teams = useOptions('routing_rule', 'team');
  const members = membersOf(record);
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 font-medium text-small">{m.routing_pool()}</legend>
      <div className="@max-lg:grid-cols-1 grid grid-cols-3 gap-3">
        <FormField label={fieldLabel('routing_rule', 'team')}>
          {(props) => (
            <Select
              {...props}
              disabled={members.length > 0}
              value={textOf(record, 'team') || 'sales'}
              options={teams}
              onChange={(team) => onEdit({ team })}
            />
          )}
        </FormField>
        <FormField label={fieldLabel('routing_rule', 'region')}>
          {() => (
            <WrittenText
              label={fieldLabel('routing_rule', 'region')}
              value={textOf(record, 'region')}
              placeholder={m.routing_region_any()}
              onWrite={(region) => onEdit({ region: region === '' ? null : region })}
            />
          )}
        </FormField>
        <FormField label={fieldLabel('routing_rule', 'members')}>
          {() => (
            <Members
              value={members}
              onChange={(next) => onEdit({ members: next.length === 0 ? null : next })}
            />
          )}
        </FormField>
      </div>
      <p className="text-quiet text-small">{m.routing_pool_hint()}</p>
    </fieldset>
  );
}
