import { CalendarClock, CircleAlert } from 'lucide-react';
import { useSchema } from '@/api/schema';
import type { RecordInfo } from '@/api/types';
import { MemberName, PHASE_SOFT, PHASE_TEXT, StageMark } from '@/components/badges';
import { cx } from '@/components/cx';
import { day, daysBetween, fromToday, money } from '@/i18n/format';
import { message, optionLabel, stageLabel } from '@/i18n/labels';
import { offeredTo } from '@/journey/claim';
import { m } from '@/paraglide/messages.js';
import { isLink } from '@/records/value';

/** The next step with its clock, or that there is none. */
export function NextStep({ record, terse = false }: { record: RecordInfo; terse?: boolean }) {
  const { next_step, next_step_date } = record.fields;
  if (typeof next_step !== 'string' && typeof next_step_date !== 'string') {
    return terse ? null : (
      <span className="inline-flex items-center gap-1.5 text-warning">
        <CircleAlert className="size-3.5 shrink-0" aria-hidden />
        {m.label_no_next_step()}
      </span>
    );
  }
  const at = typeof next_step_date === 'string' ? next_step_date : null;
  const daysLate = at === null ? 0 : daysBetween(new Date(`${at}T00:00:00`), new Date());
  const late = daysLate > 0;
  return (
    <span className={cx('inline-flex min-w-0 items-center gap-1.5', late && 'text-danger')}>
      {late ? (
        !terse && <CircleAlert className="size-3.5 shrink-0" aria-hidden />
      ) : (
        <CalendarClock className="size-3.5 shrink-0 text-quiet" aria-hidden />
      )}
      {!terse && typeof next_step === 'string' && <span className="truncate">{next_step}</span>}
      {terse && at === null && <span className="text-quiet">{m.label_no_date_short()}</span>}
      {at !== null && (
        <span className={cx('numeric shrink-0', !late && 'text-quiet')} title={day(at, true)}>
          {late ? m.label_days_late({ count: daysLate }) : fromToday(at)}
        </span>
      )}
    </span>
  );
}

const isPlanned = ({ fields }: RecordInfo): boolean =>
  fields.next_step !== undefined || fields.next_step_date !== undefined;

/** Whoever is asked to take a lead need not have planned it. */
export const wantsStep = (record: RecordInfo, phase: string): boolean =>
  isPlanned(record) || offeredTo(record, phase) === null;

/** A customer may have a next step; what is still worked must have one, so that it is told where there is none. */
function showsStep(record: RecordInfo, stage: string, phase: string): boolean {
  if (phase === 'service' || stage === 'won') return isPlanned(record);
  return phase !== 'exit' && wantsStep(record, phase);
}

/** What a record is to the team that works it: a lead, a deal, a customer. */
function standing(stage: string, phase: string): string | undefined {
  return message(stage === 'won' ? 'standing_service' : `standing_${phase}`);
}

/** What an opportunity is worth, and whose it is. */
export function WorthAndOwner({ record }: { record: RecordInfo }) {
  const { value, currency, owner } = record.fields;
  return (
    <>
      {typeof value === 'number' && (
        <span className="numeric font-semibold">
          {money(value, typeof currency === 'string' ? currency : null)}
        </span>
      )}
      {isLink(owner) ? (
        <MemberName id={owner.id} name={owner.title} />
      ) : (
        <span className="text-warning">{m.label_no_owner()}</span>
      )}
    </>
  );
}

function OpportunityLine({ record }: { record: RecordInfo }) {
  const { stages } = useSchema();
  const stage = String(record.fields.stage ?? '');
  const phase = stages.find((candidate) => candidate.name === stage)?.phase ?? 'exit';
  const { exit_reason } = record.fields;
  return (
    <>
      <span
        className={cx(
          'inline-flex items-center gap-1.5 rounded-full px-2 py-0.5 font-medium',
          PHASE_SOFT[phase],
          PHASE_TEXT[phase],
        )}
      >
        <StageMark stage={stage} />
        {stageLabel(stage)}
      </span>
      {standing(stage, phase) !== undefined && <span className="text-quiet">{standing(stage, phase)}</span>}
      <WorthAndOwner record={record} />
      {typeof exit_reason === 'string' && phase === 'exit' && (
        <span className="text-quiet">{optionLabel('opportunity', 'exit_reason', exit_reason)}</span>
      )}
      {showsStep(record, stage, phase) && <NextStep record={record} />}
    </>
  );
}

/** The line that matters: for an opportunity stage, value, owner and next step; for others who and where. */
export function KeyLine({ record }: { record: RecordInfo }) {
  const { fields } = record;
  if (record.kind === 'opportunity') {
    return (
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2">
        <OpportunityLine record={record} />
      </div>
    );
  }
  const parts = [fields.job_title, fields.domain, fields.city, fields.email, fields.region, fields.code]
    .filter((part): part is string => typeof part === 'string')
    .slice(0, 3);
  const account = isLink(fields.account) ? fields.account.title : null;
  const shown = [...(account === null ? [] : [account]), ...parts];
  if (shown.length === 0) return <div className="h-2" />;
  return <p className="selectable truncate px-4 pt-0.5 pb-2 text-quiet">{shown.join(' · ')}</p>;
}
