import { useNavigate, useSearch } from '@tanstack/react-router';
import { RefreshCcw, TrendingUp } from 'lucide-react';
import { useState } from 'react';
import { useEdit } from '@/api/actions';
import { useApp } from '@/api/queries';
import { useSchema } from '@/api/schema';
import type { ClockInfo, RecordInfo } from '@/api/types';
import { Button } from '@/components/button';
import { day, fromToday, localDayOf } from '@/i18n/format';
import { fieldLabel } from '@/i18n/labels';
import { useRecordAction } from '@/palette/record-actions';
import { m } from '@/paraglide/messages.js';
import { DayInput } from '@/records/day-input';
import { useWindow } from '@/state/window';
import { renew } from './actions';
import { Section } from './section';

/** When the contract ends and its renewal comes up. */
function Ends({ record, clock }: { record: RecordInfo; clock: ClockInfo | undefined }) {
  const edit = useEdit();
  const [asking, setAsking] = useState(false);
  const { renewal_on: on } = record.fields;
  const write = (renewal_on: string) => {
    setAsking(false);
    edit.mutate({ kind: 'opportunity', ids: [record.id], fields: { renewal_on } });
  };
  if (asking) {
    return (
      <div className="w-48">
        <DayInput label={fieldLabel('opportunity', 'renewal_on')} value={null} autoFocus onDay={write} />
      </div>
    );
  }
  if (typeof on !== 'string') {
    return (
      <p className="flex items-center justify-between gap-2">
        <span className="text-warning">{m.renewal_no_day()}</span>
        <Button onClick={() => setAsking(true)}>{m.action_set_day()}</Button>
      </p>
    );
  }
  const up = clock === undefined ? null : clock.left_minutes <= 0;
  return (
    <p>
      {m.renewal_ends({ day: day(on, true), when: fromToday(on) })}
      {up !== null && (
        <span className={up ? 'text-warning' : 'text-quiet'}>
          {' · '}
          {up
            ? m.renewal_is_up()
            : m.renewal_comes_up({ day: day(clock === undefined ? on : localDayOf(clock.due_at)) })}
        </span>
      )}
    </p>
  );
}

/** Shows a record in the place of one: beside the list or on its own, as that is. */
function useShow(shown: string): (id: string) => void {
  const navigate = useNavigate();
  const beside = useSearch({ strict: false }).record;
  return (id) =>
    beside === shown
      ? void navigate({ to: '.', search: (now) => ({ ...now, record: id }), replace: true })
      : void navigate({ to: '/record/$id', params: { id }, search: {} });
}

/** The customer's next purchase: the renewal in its time, and what else they may buy; both keep the link. */
export function Renewal({
  record,
  followers,
  clock,
}: {
  record: RecordInfo;
  /** The opportunities that follow from it. */
  followers: RecordInfo[];
  clock: ClockInfo | undefined;
}) {
  const me = useApp()?.workspace?.me;
  const { stages } = useSchema();
  const create = useWindow((state) => state.create);
  const show = useShow(record.id);
  const { id, title, fields } = record;
  const isOpen = (one: RecordInfo) => {
    const phase = stages.find(({ name }) => name === one.fields.stage)?.phase;
    return one.fields.type === 'renewal' && phase === 'sales' && one.fields.stage !== 'won';
  };
  // What was won just now is brought in first.
  const renewable = fields.stage !== 'won' && !followers.some(isOpen);
  const isUp = clock !== undefined && clock.left_minutes <= 0;
  const begin = () => void renew({ id, title }, show);
  const upsell = () =>
    create('opportunity', {
      name: m.upsell_name({ title }),
      type: 'upsell',
      stage: 'discovery',
      source: 'customer',
      parent: { id, title },
      ...(fields.account === undefined ? {} : { account: fields.account }),
      ...(fields.currency === undefined ? {} : { currency: fields.currency }),
      ...(fields.people === undefined ? {} : { people: fields.people }),
      ...(me === undefined ? {} : { owner: me }),
    });
  useRecordAction({ id: 'renew', label: m.action_renew(), icon: RefreshCcw, run: begin }, renewable);
  useRecordAction({ id: 'upsell', label: m.action_upsell(), icon: TrendingUp, run: upsell });
  return (
    <Section title={m.renewal_title()}>
      <Ends record={record} clock={clock} />
      <div className="mt-2 flex flex-wrap gap-2">
        {renewable && (
          <Button
            look={isUp ? 'primary' : 'secondary'}
            icon={<RefreshCcw className="size-3.5" aria-hidden />}
            onClick={begin}
          >
            {m.action_renew()}
          </Button>
        )}
        <Button icon={<TrendingUp className="size-3.5" aria-hidden />} onClick={upsell}>
          {m.action_upsell()}
        </Button>
      </div>
    </Section>
  );
}
