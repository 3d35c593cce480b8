import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { findField, useSchema } from '@/api/schema';
import type { ChangeInfo, FieldChange } from '@/api/types';
import { instant } from '@/i18n/format';
import { fieldLabel, message } from '@/i18n/labels';
import { quoted } from '@/i18n/quotes';
import { m } from '@/paraglide/messages.js';
import { valueText } from '@/records/value';
import { changeQuery } from './queries';

/** So many fields are read one by one; the rest is counted. */
const SHOWN = 60;

function Side({ change, value }: { change: FieldChange; value: unknown }) {
  const kind = useSchema().kinds.find((one) => one.name === change.kind);
  const field = findField(kind, change.field);
  const text =
    change.field === 'archived' || change.field === 'created'
      ? value === true
        ? m.label_yes()
        : ''
      : field === undefined
        ? typeof value === 'object'
          ? ''
          : String(value ?? '')
        : valueText(change.kind, field, value);
  return text === '' ? (
    <span className="text-quiet">{m.label_empty()}</span>
  ) : (
    <span className="selectable line-clamp-3 whitespace-pre-line break-words">{text}</span>
  );
}

/** Where a change came from, and every field it wrote. */
export function ChangeDetail({ change, several }: { change: ChangeInfo; several: boolean }) {
  const { data } = useQuery(changeQuery(change.change));
  const { kinds } = useSchema();
  // That a record was made is what the line says already.
  const fields = (data?.fields ?? []).filter((field) => field.field !== 'created');
  return (
    <div className="mb-2 ml-8 rounded-panel border border-line bg-canvas px-3 py-2.5">
      <p className="selectable text-quiet text-small">
        {[
          instant(change.at),
          m.history_device({ device: change.device }),
          message(`via_${change.via}`) ?? change.via,
        ].join(' · ')}
      </p>
      {change.reason !== null && <p className="selectable mt-1 break-words">{quoted(change.reason)}</p>}
      {fields.length > 0 && (
        <table className="mt-2 w-full table-fixed text-small">
          <thead className="sr-only">
            <tr>
              <th>{m.history_record()}</th>
              <th>{m.history_field_head()}</th>
              <th>{m.history_values()}</th>
            </tr>
          </thead>
          <tbody>
            {fields.slice(0, SHOWN).map((field) => (
              <tr key={`${field.record.id}-${field.field}`} className="border-line border-t align-top">
                {(several || change.records > 1) && (
                  <td className="w-1/4 truncate py-1.5 pr-3">{field.record.title}</td>
                )}
                <td className="w-1/4 truncate py-1.5 pr-3 text-quiet">
                  {fieldLabel(
                    field.kind,
                    findField(
                      kinds.find((one) => one.name === field.kind),
                      field.field,
                    ) ?? field.field,
                  )}
                </td>
                <td className="py-1.5">
                  <span className="grid grid-cols-[minmax(0,1fr)_16px_minmax(0,1fr)] items-start gap-2">
                    <Side change={field} value={field.from} />
                    <ArrowRight className="mt-0.5 size-3 text-quiet" aria-label={m.history_became()} />
                    <Side change={field} value={field.to} />
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {(fields.length > SHOWN || data?.more) && (
        <p className="mt-1 text-quiet text-small">{m.history_more_fields()}</p>
      )}
    </div>
  );
}
