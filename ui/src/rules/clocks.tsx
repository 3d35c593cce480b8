import { Link } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';
import { usePolicy } from '@/api/rules';
import { findField, useKind } from '@/api/schema';
import type { FieldInfo, RecordInfo } from '@/api/types';
import { cx } from '@/components/cx';
import { Select } from '@/components/select';
import { useAtOnce } from '@/components/use-at-once';
import { fieldLabel, message } from '@/i18n/labels';
import { language } from '@/i18n/locale';
import { m } from '@/paraglide/messages.js';
import { fixedChoices } from '@/records/choices';
import { Picker } from '@/records/picker';
import { PickerButton } from '@/records/picker-button';
import { valueText } from '@/records/value';
import { Section, Setting } from '@/settings/section';
import { NO_REGION, regionGroups } from './holiday-regions';
import { numberOf, textOf } from './records';
import { HistoryButton, useOptions } from './rule-parts';
import { useTell, useWrite } from './write';
import { WrittenNumber, WrittenText } from './written';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** 1 January 2024 was a Monday. */
const dayName = (at: number, width: 'short' | 'long') =>
  new Intl.DateTimeFormat(language(), { weekday: width, timeZone: 'UTC' }).format(
    new Date(Date.UTC(2024, 0, 1 + at)),
  );

function WorkDays({ record }: { record: RecordInfo }) {
  const tell = useTell();
  const { work_days } = record.fields;
  const [written, write] = useAtOnce(
    Array.isArray(work_days) ? work_days.map(String).join(' ') : '',
    (days) => tell(record, { work_days: days.split(' ') }),
  );
  const chosen = written.split(' ');
  return (
    <fieldset className="flex gap-1">
      <legend className="sr-only">{fieldLabel('policy', 'work_days')}</legend>
      {DAYS.map((day, at) => (
        <label
          key={day}
          className={cx(
            'relative flex h-7 min-w-9 items-center justify-center rounded-control border px-1.5 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent',
            chosen.includes(day)
              ? 'border-accent bg-accent-soft font-medium text-accent'
              : 'border-edge text-quiet hover:bg-hover',
          )}
        >
          <input
            type="checkbox"
            className="absolute inset-0 opacity-0"
            aria-label={dayName(at, 'long')}
            checked={chosen.includes(day)}
            // A week without a working day would stop every clock.
            disabled={chosen.length === 1 && chosen.includes(day)}
            onChange={(event) =>
              write(
                DAYS.filter((one) => (one === day ? event.target.checked : chosen.includes(one))).join(' '),
              )
            }
          />
          {dayName(at, 'short')}
        </label>
      ))}
    </fieldset>
  );
}

function TimeZone({ record, field }: { record: RecordInfo; field: FieldInfo }) {
  const tell = useTell();
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const zone = textOf(record, 'time_zone');
  const label = fieldLabel('policy', 'time_zone');
  return (
    <>
      <PickerButton
        anchor={anchor}
        label={label}
        words={valueText('policy', field, zone)}
        className="h-8 w-56 px-2.5"
        onOpen={() => setOpen(true)}
      />
      {open && (
        <Picker
          anchor={anchor}
          label={label}
          choices={fixedChoices('policy', field) ?? []}
          chosen={new Set([zone])}
          onChoose={(choice) => {
            if (choice !== null) tell(record, { time_zone: choice.value });
            setOpen(false);
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

/** A number of the policy with its unit. */
function Limit({
  record,
  name,
  unit,
  max = 10_000,
}: {
  record: RecordInfo;
  name: string;
  unit: ReactNode;
  max?: number;
}) {
  const write = useWrite();
  return (
    <WrittenNumber
      label={fieldLabel('policy', name)}
      value={numberOf(record, name)}
      max={max}
      unit={<span className="inline-block w-28 shrink-0">{unit}</span>}
      onWrite={(value) => write(record, { [name]: value })}
    />
  );
}

/** When people work, and by when what must be done. */
export function ClockRules() {
  const record = usePolicy();
  const write = useWrite();
  const tell = useTell();
  const zone = findField(useKind('policy'), 'time_zone');
  const attribution = useOptions('policy', 'attribution');
  if (record === undefined || zone === undefined) return null;
  return (
    <div>
      <Section title={m.clocks_working_time()} lead={m.clocks_working_time_lead()}>
        <Setting label={fieldLabel('policy', 'work_days')}>
          <WorkDays record={record} />
        </Setting>
        <Setting label={fieldLabel('policy', 'working_hours')} hint={m.clocks_hours_hint()}>
          <span className="w-56">
            <WrittenText
              label={fieldLabel('policy', 'working_hours')}
              value={textOf(record, 'working_hours')}
              required
              onWrite={(hours) => write(record, { working_hours: hours })}
            />
          </span>
        </Setting>
        <Setting label={fieldLabel('policy', 'time_zone')}>
          <TimeZone record={record} field={zone} />
        </Setting>
        <Setting label={fieldLabel('policy', 'holiday_region')} hint={m.clocks_holidays_hint()}>
          <Select
            className="!w-56"
            label={fieldLabel('policy', 'holiday_region')}
            value={textOf(record, 'holiday_region') || NO_REGION}
            groups={regionGroups(textOf(record, 'holiday_region'))}
            onChange={(region) => tell(record, { holiday_region: region === NO_REGION ? null : region })}
          />
        </Setting>
      </Section>
      <Section title={m.kind_absence_many()} lead={m.clocks_absences_lead()}>
        <Link
          to="/list/$kind"
          params={{ kind: 'absence' }}
          search={{}}
          className="self-start rounded-mark text-accent underline underline-offset-3"
        >
          {m.clocks_absences_see()}
        </Link>
      </Section>
      <Section title={m.clocks_offers()} lead={m.clocks_offers_lead()}>
        <Setting label={m.clocks_accept()} hint={m.clocks_accept_hint()}>
          <Limit record={record} name="accept_hours" unit={m.clocks_working_hours()} />
        </Setting>
        <Setting label={m.clocks_touch()} hint={m.clocks_touch_hint()}>
          <Limit record={record} name="touch_hours" unit={m.clocks_working_hours()} />
        </Setting>
        <Setting label={m.clocks_due_soon()} hint={m.clocks_due_soon_hint()}>
          <Limit record={record} name="due_soon_hours" unit={m.clocks_working_hours()} />
        </Setting>
      </Section>
      <Section title={m.clocks_customers()} lead={m.clocks_customers_lead()}>
        <Setting label={m.clocks_contact()} hint={m.clocks_contact_hint()}>
          <Limit record={record} name="contact_days" unit={m.rules_days_unit()} max={3650} />
        </Setting>
        <Setting label={m.clocks_renewal()} hint={m.clocks_renewal_hint()}>
          <Limit record={record} name="renewal_days" unit={m.clocks_days_before()} max={3650} />
        </Setting>
        <Setting label={fieldLabel('policy', 'attribution')} hint={message('clocks_attribution_hint') ?? ''}>
          <Select
            className="!w-56"
            label={fieldLabel('policy', 'attribution')}
            value={textOf(record, 'attribution')}
            options={attribution}
            onChange={(model) => tell(record, { attribution: model })}
          />
        </Setting>
      </Section>
      <HistoryButton id={record.id} />
    </div>
  );
}
