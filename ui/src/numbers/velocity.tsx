import type { ReactNode } from 'react';
import type { Metrics, Velocity as Speed } from '@/api/types';
import { sums as formatSums, money } from '@/i18n/format';
import { days, percent } from '@/i18n/measures';
import { m } from '@/paraglide/messages.js';
import { averageOf } from './average';
import { FigureLink } from './figure-link';
import { Section } from './section';

function Factor({ label, children, note }: { label: string; children: ReactNode; note?: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-quiet text-small">{label}</dt>
      <dd className="numeric font-semibold text-head">{children}</dd>
      {note !== undefined && <dd className="numeric text-quiet text-small">{note}</dd>}
    </div>
  );
}

const Sign = ({ children }: { children: string }) => (
  <span aria-hidden className="@max-3xl:hidden self-center text-head text-quiet">
    {children}
  </span>
);

/** Amounts in each currency, one below the other. */
function Amounts({ amounts }: { amounts: Record<string, number | undefined> }) {
  const shown = Object.entries(amounts).filter((entry): entry is [string, number] => entry[1] !== undefined);
  if (shown.length === 0) return <span className="text-quiet">–</span>;
  return shown
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .map(([currency, amount]) => (
      <span key={currency} className="block whitespace-nowrap">
        {money(Math.round(amount), currency)}
      </span>
    ));
}

/**
 * How fast the pipeline turns into revenue: four factors and what they make in a day. The average is the one that the engine
 * multiplies with, over everything won: so each currency's line works out, although opportunities of all are counted.
 */
export function Velocity({ velocity, revenue }: { velocity: Speed; revenue: Metrics['revenue'] }) {
  const { open, won, lost } = velocity;
  const average = averageOf(revenue, won.count);
  const isOfAll = Object.keys(average).length > 1 || formatSums(average) !== formatSums(velocity.average);
  const none = <span className="text-quiet">–</span>;
  return (
    <Section id="velocity" title={m.numbers_velocity()} lead={m.velocity_lead()}>
      <dl className="flex @max-3xl:grid @max-3xl:grid-cols-2 gap-x-6 gap-y-4">
        <Factor label={m.velocity_open()}>
          <FigureLink figure={open} of={m.velocity_open()} />
        </Factor>
        <Sign>×</Sign>
        <Factor
          label={m.velocity_win_rate()}
          note={
            <>
              <FigureLink figure={won} of={m.velocity_won()}>
                {m.velocity_won_count({ count: won.count })}
              </FigureLink>
              {' · '}
              <FigureLink figure={lost} of={m.velocity_lost()}>
                {m.velocity_lost_count({ count: lost.count })}
              </FigureLink>
            </>
          }
        >
          {velocity.win_rate === null ? (
            none
          ) : (
            <FigureLink figure={won} of={m.velocity_win_rate()}>
              {percent(velocity.win_rate)}
            </FigureLink>
          )}
        </Factor>
        <Sign>×</Sign>
        <Factor label={m.velocity_average()}>
          <FigureLink
            figure={won}
            of={`${m.velocity_average()}, ${formatSums(average)}`}
            className="inline-block"
          >
            <Amounts amounts={average} />
          </FigureLink>
        </Factor>
        <Sign>÷</Sign>
        <Factor label={m.velocity_cycle()}>
          {velocity.cycle_days === null ? (
            none
          ) : (
            <FigureLink figure={won} of={m.velocity_cycle()}>
              {days(velocity.cycle_days)}
            </FigureLink>
          )}
        </Factor>
        <Sign>=</Sign>
        <Factor label={m.velocity_per_day()}>
          <FigureLink
            figure={open}
            of={`${m.velocity_per_day()}, ${formatSums(velocity.per_day)}`}
            className="inline-block text-accent"
          >
            <Amounts amounts={velocity.per_day} />
          </FigureLink>
        </Factor>
      </dl>
      {velocity.cycle_days !== null && won.count > 0 && (
        <p className="mt-3 max-w-[96ch] text-quiet text-small">
          {isOfAll && `${m.velocity_average_explained()} `}
          {m.velocity_rounded()}
        </p>
      )}
    </Section>
  );
}
