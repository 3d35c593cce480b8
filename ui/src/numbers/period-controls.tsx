import { CalendarRange, Check, ChevronDown, History } from 'lucide-react';
import { useState } from 'react';
import { Button, RoomyLabel } from '@/components/button';
import { cx } from '@/components/cx';
import { Popover } from '@/components/popover';
import { day } from '@/i18n/format';
import { message } from '@/i18n/labels';
import { dayRange } from '@/i18n/measures';
import { m } from '@/paraglide/messages.js';
import { DayInput } from '@/records/day-input';
import { inOrder, isAll, PRESETS, type Span, spanOf } from './period';
import { today, useLooking } from './period-state';

/** A stretch of time in words: its days, or all of it. */
export const spanWords = ({ from, to }: Span): string => (isAll(from) ? m.period_all() : dayRange(from, to));

function PeriodMenu() {
  const { period, asOf } = useLooking();
  const [open, setOpen] = useState(false);
  const span = spanOf(period, asOf ?? today());
  const name =
    period.preset === 'custom' ? spanWords(span) : (message(`period_${period.preset}`) ?? spanWords(span));
  const custom = (next: Span) => useLooking.setState({ period: { preset: 'custom', ...next } });
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      title={m.period_label()}
      className="w-72 p-1"
      trigger={
        <Button
          icon={<CalendarRange className="size-3.5 text-quiet" aria-hidden />}
          aria-label={`${m.period_label()}: ${name}`}
        >
          {name}
          <ChevronDown className="size-3.5 text-quiet" aria-hidden />
        </Button>
      }
    >
      <ul>
        {PRESETS.map((preset) => (
          <li key={preset}>
            <button
              type="button"
              aria-pressed={period.preset === preset}
              className="flex h-7 w-full items-center gap-2 rounded-control px-2 text-left hover:bg-hover"
              onClick={() => {
                useLooking.setState({ period: { preset } });
                setOpen(false);
              }}
            >
              <span className="flex-1 truncate">{message(`period_${preset}`)}</span>
              {preset !== 'all' && (
                <span className="numeric text-quiet text-small">
                  {spanWords(spanOf({ preset }, asOf ?? today()))}
                </span>
              )}
              <Check
                className={cx('size-3.5 text-accent', period.preset !== preset && 'invisible')}
                aria-hidden
              />
            </button>
          </li>
        ))}
      </ul>
      <div className="mt-1 grid grid-cols-2 gap-2 border-line border-t p-2">
        <DayInput
          label={m.period_from()}
          value={isAll(span.from) ? null : span.from}
          onDay={(from) => custom(inOrder(from, span.to))}
        />
        <DayInput
          label={m.period_to()}
          value={span.to}
          onDay={(to) => custom(inOrder(isAll(span.from) ? to : span.from, to))}
        />
      </div>
    </Popover>
  );
}

function AsOfMenu() {
  const { asOf } = useLooking();
  const [open, setOpen] = useState(false);
  const choose = (next: string | null) => {
    useLooking.setState({ asOf: next });
    setOpen(false);
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      title={m.period_as_of()}
      className="flex w-72 flex-col gap-3 p-3"
      trigger={
        <Button
          look="ghost"
          className={cx(asOf === null ? 'text-quiet' : 'font-medium text-warning')}
          icon={<History className="size-3.5" aria-hidden />}
          aria-label={asOf === null ? m.period_as_of() : m.period_as_of_day({ day: day(asOf, true) })}
        >
          {asOf === null ? (
            <RoomyLabel>{m.period_as_of()}</RoomyLabel>
          ) : (
            m.period_as_of_day({ day: day(asOf) })
          )}
        </Button>
      }
    >
      <p className="text-quiet text-small">{m.period_as_of_explained()}</p>
      <DayInput label={m.period_as_of()} value={asOf} past onDay={choose} />
      {asOf !== null && <Button onClick={() => choose(null)}>{m.period_back_to_now()}</Button>}
    </Popover>
  );
}

/** Which time is looked at, and from when. */
export function PeriodControls() {
  return (
    <>
      <AsOfMenu />
      <PeriodMenu />
    </>
  );
}

/** Says that what is below is the past, and leads back. */
export function PastBanner({ asOf }: { asOf: string | null }) {
  if (asOf === null) return null;
  return (
    <div
      role="status"
      className="flex shrink-0 items-center gap-3 border-line border-b bg-warning-soft px-4 py-1.5"
    >
      <History className="size-4 shrink-0 text-warning" aria-hidden />
      <p className="min-w-0 flex-1">{m.period_past({ day: day(asOf, true) })}</p>
      <Button onClick={() => useLooking.setState({ asOf: null })}>{m.period_back_to_now()}</Button>
    </div>
  );
}
