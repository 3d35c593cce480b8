import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { ImportReport, ImportWarning, SkippedRow } from '@/api/types';
import { cx } from '@/components/cx';
import { number } from '@/i18n/format';
import { kindsLabel } from '@/i18n/labels';
import { asSentence, remarkText } from '@/i18n/remarks';
import { m } from '@/paraglide/messages.js';

/** More rows than this are not read one by one. */
const SHOWN = 200;

function Count({ label, value, quiet }: { label: string; value: number; quiet?: boolean }) {
  return (
    <div className="flex items-baseline justify-between gap-3 py-0.5">
      <dt className="min-w-0 truncate text-quiet">{label}</dt>
      <dd className={cx('numeric font-medium', (quiet || value === 0) && 'font-normal text-quiet')}>
        {number(value)}
      </dd>
    </div>
  );
}

/** What an import did, or would do. */
export function Counts({ report, done }: { report: ImportReport; done: boolean }) {
  const linked = Object.entries(report.linked).filter(
    (entry): entry is [string, number] => (entry[1] ?? 0) > 0,
  );
  return (
    <dl>
      <Count label={done ? m.import_created() : m.import_will_create()} value={report.created} />
      <Count label={done ? m.import_updated() : m.import_will_update()} value={report.updated} />
      <Count label={m.import_unchanged()} value={report.unchanged} quiet />
      {linked.map(([kind, count]) => (
        <Count key={kind} label={m.import_linked({ kinds: kindsLabel(kind) })} value={count} />
      ))}
      <Count label={m.import_skipped()} value={report.skipped.length} />
    </dl>
  );
}

function warningText({ remark, message, left_out, others }: ImportWarning, kind: string): string {
  const said = remarkText(remark, kind);
  if (said === undefined) return message;
  const more = [left_out ? m.import_left_out() : '', others ? m.import_others_like_it() : ''];
  return [asSentence(said), ...more].filter((part) => part !== '').join('; ');
}

function skippedText({ remark, reason, column }: SkippedRow, kind: string): string {
  const said = remarkText(remark, kind);
  if (said === undefined) return reason;
  return column === null ? asSentence(said) : m.import_column_says({ column, what: said });
}

/** What was noticed, and the rows that could not be taken. */
export function Findings({ report, kind }: { report: ImportReport; kind: string }) {
  return (
    <>
      {report.warnings.length > 0 && (
        <section>
          <h3 className="caps mb-1 flex items-center gap-1.5">
            <TriangleAlert className="size-3.5 text-warning" aria-hidden />
            {m.import_warnings()}
          </h3>
          <ul className="flex flex-col gap-1.5">
            {report.warnings.map((warning) => (
              <li
                key={`${warning.column}-${warning.row}-${warning.message}`}
                className="selectable text-small"
              >
                {warningText(warning, kind)}
                <span className="block text-quiet">
                  {warning.column !== null && `${warning.column} · `}
                  {m.import_warning_where({ count: warning.count, row: number(warning.row) })}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {report.skipped.length > 0 && (
        <section>
          <h3 className="caps mb-1 flex items-center gap-1.5">
            <CircleAlert className="size-3.5 text-danger" aria-hidden />
            {m.import_skipped_rows()}
          </h3>
          <ul className="flex flex-col gap-1">
            {report.skipped.slice(0, SHOWN).map((skipped) => (
              <li key={skipped.row} className="selectable flex gap-2 text-small">
                <span className="numeric shrink-0 text-quiet">
                  {m.import_row({ row: number(skipped.row) })}
                </span>
                <span className="min-w-0">{skippedText(skipped, kind)}</span>
              </li>
            ))}
          </ul>
          {report.skipped.length > SHOWN && (
            <p className="mt-1 text-quiet text-small">
              {m.import_and_more({ count: number(report.skipped.length - SHOWN) })}
            </p>
          )}
        </section>
      )}
    </>
  );
}
