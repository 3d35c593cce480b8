import { useKind } from '@/api/schema';
import type { FieldInfo, ImportColumn, ImportPreview } from '@/api/types';
import { cx } from '@/components/cx';
import { Select, type SelectGroup } from '@/components/select';
import { TextInput } from '@/components/text-input';
import { fieldLabel, message } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { choose, useImport } from './import-state';

const LEAVE_OUT = 'leave:out';
const NEW = 'new:';
/** So many values give an idea of a column. */
const EXAMPLES = 3;

function examples(preview: ImportPreview, index: number): string {
  const seen = new Set<string>();
  for (const row of preview.sample) {
    const value = row[index]?.trim();
    if (value) seen.add(value);
    if (seen.size === EXAMPLES) break;
  }
  return [...seen].join(' · ');
}

function targets(
  kind: string,
  fields: FieldInfo[],
  taken: ReadonlySet<string>,
  column: ImportColumn,
): SelectGroup[] {
  const field = (one: FieldInfo) => ({
    value: one.name,
    label: fieldLabel(kind, one),
    ...(taken.has(one.name) && one.name !== column.field ? { hint: m.import_field_taken() } : {}),
  });
  return [
    {
      options: [
        { value: LEAVE_OUT, label: m.import_leave_out() },
        { value: NEW, label: m.import_new_field() },
      ],
    },
    { options: fields.map(field) },
  ];
}

function Row({
  preview,
  column,
  index,
  groups,
}: {
  preview: ImportPreview;
  column: ImportColumn;
  index: number;
  groups: SelectGroup[];
}) {
  const mapping = useImport((state) => state.choices.mapping);
  const asked = mapping[column.name];
  const target = asked === undefined ? column.field : asked;
  const isNew = target?.startsWith(NEW) ?? false;
  const map = (to: string | null) => choose({ mapping: { ...mapping, [column.name]: to } });
  const why = asked !== undefined ? 'asked' : column.because;
  return (
    <tr className="border-line border-b align-top last:border-b-0">
      <th scope="row" className="py-2 pr-3 pl-3 text-left font-normal">
        <span
          className={cx('block truncate font-medium', target === null && 'text-quiet')}
          title={column.name}
        >
          {column.name || m.import_column_unnamed({ number: index + 1 })}
        </span>
        <span className="block truncate text-quiet text-small" title={examples(preview, index)}>
          {examples(preview, index) || m.import_column_empty()}
        </span>
      </th>
      <td className="w-[46%] py-2 pr-3">
        <Select
          compact
          label={m.import_field_for({ column: column.name })}
          value={isNew ? NEW : (target ?? LEAVE_OUT)}
          groups={groups}
          className={cx(target === null && 'text-quiet')}
          onChange={(to) => map(to === LEAVE_OUT ? null : to === NEW ? `${NEW}${column.name}` : to)}
        />
        {isNew ? (
          <TextInput
            className="mt-1 h-7"
            aria-label={m.import_new_field_label({ column: column.name })}
            defaultValue={target?.slice(NEW.length)}
            onChange={(event) => map(`${NEW}${event.target.value.trim() || column.name}`)}
          />
        ) : (
          <span className="mt-0.5 block px-2 text-caps text-quiet">
            {message(`import_because_${why}`) ?? ''}
          </span>
        )}
      </td>
    </tr>
  );
}

/** Every column of the file and the field it goes to. */
export function MappingTable({ preview }: { preview: ImportPreview }) {
  const mapping = useImport((state) => state.choices.mapping);
  const kind = useKind(preview.kind);
  const fields = (kind?.fields ?? []).filter((field) => field.name !== 'devices');
  const taken = new Set(preview.columns.flatMap((column) => mapping[column.name] ?? column.field ?? []));
  return (
    <table className="w-full table-fixed">
      <caption className="sr-only">{m.import_mapping_caption()}</caption>
      <thead>
        <tr className="border-line border-b">
          <th scope="col" className="caps py-1.5 pl-3 text-left">
            {m.import_column()}
          </th>
          <th scope="col" className="caps w-[46%] py-1.5 text-left">
            {m.import_field()}
          </th>
        </tr>
      </thead>
      <tbody>
        {preview.columns.map((column, index) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have the same heading
            key={`${preview.kind}-${column.name}-${index}`}
            preview={preview}
            column={column}
            index={index}
            groups={targets(preview.kind, fields, taken, column)}
          />
        ))}
      </tbody>
    </table>
  );
}
