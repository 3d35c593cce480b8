import { PencilLine, Plus, Trash2, Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { justWritten, sayDone } from '@/api/actions';
import { noteChanged } from '@/api/events';
import { queryClient } from '@/api/query-client';
import { rpc } from '@/api/rpc';
import { useSchema } from '@/api/schema';
import type { FieldInfo, SchemaInfo } from '@/api/types';
import { Button, IconButton } from '@/components/button';
import { fieldLabel, kindLabel, message, optionLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { complain } from '@/state/toasts';
import { DefineFieldDialog } from './define-field';
import { NameDialog } from './name-dialog';
import { Section } from './section';

export const typeLabel = (type: string) => message(`field_type_${type}`) ?? type;

interface OwnField {
  kind: string;
  field: FieldInfo;
}

/** Takes over the schema that a command answered, and reads again what shows its fields. */
function takeOver(kind: string, schema: SchemaInfo): void {
  queryClient.setQueryData(['schema'], schema);
  noteChanged({ kinds: [kind], ids: null });
}

async function rename({ kind, field }: OwnField, label: string): Promise<void> {
  takeOver(kind, await rpc('rename_field', { kind, field: field.name, label }));
  sayDone(m.fields_renamed({ label }), await justWritten('rename_field'));
}

async function retire({ kind, field }: OwnField, retired: boolean): Promise<void> {
  const label = fieldLabel(kind, field);
  try {
    takeOver(kind, await rpc('retire_field', { kind, field: field.name, retired }));
    const change = await justWritten(retired ? 'retire_field' : 'restore_field');
    sayDone(retired ? m.fields_removed({ label }) : m.fields_restored({ label }), change);
  } catch (cause) {
    complain(cause);
  }
}

function Row({ kind, field, children }: OwnField & { children: ReactNode }) {
  return (
    <tr className="border-line border-b last:border-b-0">
      <td className="truncate py-1 pr-3">{fieldLabel(kind, field)}</td>
      <td className="truncate py-1 pr-3 text-quiet">{kindLabel(kind)}</td>
      <td className="truncate py-1 text-quiet">
        {typeLabel(field.type)}
        {field.options.length > 0 &&
          `: ${field.options.map((option) => optionLabel(kind, field.name, option)).join(', ')}`}
      </td>
      <td className="py-1">
        <span className="flex justify-end gap-1">{children}</span>
      </td>
    </tr>
  );
}

/** Labels what a button does by the field it does it to. */
const named = (what: string, { kind, field }: OwnField) => `${what}: ${fieldLabel(kind, field)}`;

function Head() {
  return (
    <thead>
      <tr className="border-line border-b">
        <th scope="col" className="caps py-1 text-left">
          {m.fields_label()}
        </th>
        <th scope="col" className="caps py-1 text-left">
          {m.fields_kind()}
        </th>
        <th scope="col" className="caps py-1 text-left">
          {m.fields_type()}
        </th>
        <th scope="col" className="w-20">
          <span className="sr-only">{m.fields_actions()}</span>
        </th>
      </tr>
    </thead>
  );
}

/** The workspace's own fields: those in use, and those that were set aside. */
export function FieldSettings() {
  const { kinds } = useSchema();
  const [defining, setDefining] = useState(false);
  const [renaming, setRenaming] = useState<OwnField | null>(null);
  const used: OwnField[] = kinds.flatMap(({ name: kind, fields }) =>
    fields.filter((field) => field.custom).map((field) => ({ kind, field })),
  );
  const retired: OwnField[] = kinds.flatMap(({ name: kind, retired }) =>
    retired.map((field) => ({ kind, field })),
  );
  return (
    <Section title={m.settings_fields()} lead={m.settings_fields_lead()}>
      {used.length === 0 ? (
        <p className="text-quiet">{m.fields_none()}</p>
      ) : (
        <table className="w-full table-fixed">
          <Head />
          <tbody>
            {used.map((own) => (
              <Row key={`${own.kind}.${own.field.name}`} {...own}>
                <IconButton
                  label={named(m.fields_rename(), own)}
                  icon={<PencilLine className="size-3.5" />}
                  onClick={() => setRenaming(own)}
                />
                <IconButton
                  label={named(m.fields_remove(), own)}
                  icon={<Trash2 className="size-3.5" />}
                  onClick={() => void retire(own, true)}
                />
              </Row>
            ))}
          </tbody>
        </table>
      )}
      <div>
        <Button icon={<Plus className="size-3.5" aria-hidden />} onClick={() => setDefining(true)}>
          {m.fields_define()}
        </Button>
      </div>
      {retired.length > 0 && (
        <div>
          <h3 className="font-medium">{m.fields_removed_title()}</h3>
          <p className="mb-1 text-quiet text-small">{m.fields_removed_lead()}</p>
          <table className="w-full table-fixed">
            <Head />
            <tbody>
              {retired.map((own) => (
                <Row key={`${own.kind}.${own.field.name}`} {...own}>
                  <IconButton
                    label={named(m.fields_restore(), own)}
                    icon={<Undo2 className="size-3.5" />}
                    onClick={() => void retire(own, false)}
                  />
                </Row>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {defining && <DefineFieldDialog onClose={() => setDefining(false)} />}
      {renaming !== null && (
        <NameDialog
          title={m.fields_rename_title()}
          name={fieldLabel(renaming.kind, renaming.field)}
          onName={(label) => rename(renaming, label)}
          onClose={() => setRenaming(null)}
        />
      )}
    </Section>
  );
}
