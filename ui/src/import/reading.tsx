import { useSchema } from '@/api/schema';
import type { ImportPreview } from '@/api/types';
import { Select, type SelectOption } from '@/components/select';
import { codeName } from '@/i18n/format';
import { kindsLabel, message } from '@/i18n/labels';
import { language } from '@/i18n/locale';
import { m } from '@/paraglide/messages.js';
import { choose, useImport } from './import-state';

const CURRENCIES = ['EUR', 'USD', 'CHF', 'GBP', 'SEK', 'DKK', 'NOK', 'PLN', 'CZK', 'CAD', 'AUD', 'JPY'];
const DELIMITERS: Record<string, () => string> = {
  ',': () => m.import_delimiter_comma(),
  ';': () => m.import_delimiter_semicolon(),
  '\t': () => m.import_delimiter_tab(),
  tab: () => m.import_delimiter_tab(),
  '|': () => m.import_delimiter_bar(),
};
const NONE = 'none';
/** Countries that most files come from; the neighbours first. */
const COUNTRIES =
  'DE AT CH LI LU BE NL FR GB IE IT ES PT DK SE NO FI PL CZ SK HU SI HR RO BG GR EE LV LT UA TR US CA MX BR AU NZ IN JP CN KR SG AE IL ZA'.split(
    ' ',
  );

/** By their names in the reader's language, in its order. */
function countries(): SelectOption[] {
  return COUNTRIES.map((code) => ({ value: code, label: codeName('region', code) })).sort((a, b) =>
    a.label.localeCompare(b.label, language()),
  );
}

function Choice({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string | null;
  options: SelectOption[];
  onChange: (value: string) => void;
}) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="text-quiet text-small">{label}</span>
      <Select label={label} compact value={value} options={options} onChange={onChange} placeholder="–" />
    </div>
  );
}

/** How the file is read: detected, and changeable where it could be meant otherwise. */
export function Reading({ preview }: { preview: ImportPreview }) {
  const { kinds } = useSchema();
  const choices = useImport((state) => state.choices);
  const importable = kinds.filter((kind) => kind.name !== 'view');
  const option = (value: string, label: string) => ({ value, label });
  const fields = kinds.find((kind) => kind.name === preview.kind)?.fields ?? [];
  // Asked only where the file has such numbers.
  const phones = preview.columns.some((column) =>
    fields.some((field) => field.name === column.field && /^phones?$/.test(field.type)),
  );
  return (
    <section aria-label={m.import_reading_title()} className="grid grid-cols-2 gap-3">
      <div className="col-span-2">
        <Choice
          label={m.import_kind()}
          value={preview.kind}
          options={importable.map((kind) => option(kind.name, kindsLabel(kind.name)))}
          onChange={(kind) => choose({ kind, mapping: {} })}
        />
      </div>
      <Choice
        label={m.import_date_order()}
        value={choices.date_order ?? preview.date_order}
        options={['dmy', 'mdy', 'ymd'].map((order) =>
          option(order, message(`import_date_order_${order}`) ?? order),
        )}
        onChange={(date_order) => choose({ date_order })}
      />
      <Choice
        label={m.import_decimal()}
        value={choices.decimal ?? preview.decimal}
        options={[option('.', '1,234.50'), option(',', '1.234,50')]}
        onChange={(decimal) => choose({ decimal })}
      />
      <div className="col-span-2">
        <Choice
          label={m.import_currency()}
          value={choices.currency ?? NONE}
          options={[
            option(NONE, m.import_currency_none()),
            ...CURRENCIES.map((code) => option(code, `${code} · ${codeName('currency', code)}`)),
          ]}
          onChange={(currency) => choose({ currency: currency === NONE ? null : currency })}
        />
      </div>
      {phones && (
        <div className="col-span-2">
          <Choice
            label={m.import_country()}
            value={choices.country ?? NONE}
            options={[option(NONE, m.import_country_none()), ...countries()]}
            onChange={(country) => choose({ country: country === NONE ? null : country })}
          />
        </div>
      )}
      <p className="col-span-2 text-quiet text-small">
        {m.import_file_format({
          encoding: preview.encoding.toUpperCase(),
          delimiter: DELIMITERS[preview.delimiter]?.() ?? preview.delimiter,
        })}
      </p>
    </section>
  );
}
