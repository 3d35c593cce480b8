import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useSchema } from '@/api/schema';
import { Button } from '@/components/button';
import { fieldLabel, kindLabel, message, optionLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { DefineFieldDialog } from './define-field';
import { Section } from './section';

export const typeLabel = (type: string) => message(`field_type_${type}`) ?? type;

/** The workspace's own fields. */
export function FieldSettings() {
  const { kinds } = useSchema();
  const [defining, setDefining] = useState(false);
  const own = kinds.flatMap((kind) =>
    kind.fields.filter((field) => field.custom).map((field) => ({ kind: kind.name, field })),
  );
  return (
    <Section title={m.settings_fields()} lead={m.settings_fields_lead()}>
      {own.length === 0 ? (
        <p className="text-quiet">{m.fields_none()}</p>
      ) : (
        <table className="w-full table-fixed">
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
            </tr>
          </thead>
          <tbody>
            {own.map(({ kind, field }) => (
              <tr key={`${kind}.${field.name}`} className="border-line border-b last:border-b-0">
                <td className="truncate py-1.5 pr-3">{fieldLabel(kind, field)}</td>
                <td className="truncate py-1.5 pr-3 text-quiet">{kindLabel(kind)}</td>
                <td className="truncate py-1.5 text-quiet">
                  {typeLabel(field.type)}
                  {field.options.length > 0 &&
                    `: ${field.options.map((option) => optionLabel(kind, field.name, option)).join(', ')}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div>
        <Button icon={<Plus className="size-3.5" aria-hidden />} onClick={() => setDefining(true)}>
          {m.fields_define()}
        </Button>
      </div>
      {defining && <DefineFieldDialog onClose={() => setDefining(false)} />}
    </Section>
  );
}
