import { useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import type { GoalProgress, Metrics, Share } from '@/api/types';
import { Button } from '@/components/button';
import { cx } from '@/components/cx';
import { sums as formatSums, money } from '@/i18n/format';
import { kindInSentence } from '@/i18n/labels';
import { dayRange, percent } from '@/i18n/measures';
import { m } from '@/paraglide/messages.js';
import { useWindow } from '@/state/window';
import { FigureLink } from './figure-link';
import { teamName } from './names';
import { isAll, type Span, spanOf } from './period';
import { today } from './period-state';
import { NothingYet, Section } from './section';

const TEAM_FILL: Record<string, string> = {
  marketing: 'bg-marketing',
  sales: 'bg-sales',
  service: 'bg-service',
  revenue: 'bg-accent',
};

const OPEN_FILL = 'bg-accent/35';

const within = (share: number) => Math.max(0, Math.min(1, share));

/**
 * What is won, and what is open beyond it, as shares of the goal: the whole bar is the goal, so that it stands on one scale
 * with the time, at whose place a mark is.
 */
function Progress({ goal }: { goal: GoalProgress }) {
  const width = (amount: number) => `${within(amount / Math.max(1, goal.amount)) * 100}%`;
  const elapsed = percent(within(goal.elapsed));
  return (
    <div
      role="img"
      aria-label={m.goals_bar({
        won: percent(goal.won / Math.max(1, goal.amount)),
        elapsed,
      })}
      className="relative my-2.5 h-3 rounded-mark bg-press"
    >
      <span
        className={cx(OPEN_FILL, 'absolute inset-y-0 left-0 rounded-mark')}
        style={{ width: width(goal.won + goal.open) }}
      />
      <span className="absolute inset-y-0 left-0 rounded-mark bg-accent" style={{ width: width(goal.won) }} />
      <span
        title={`${m.goals_elapsed()}: ${elapsed}`}
        className="-inset-y-1 -translate-x-1/2 absolute flex w-3 justify-center"
        style={{ left: `${within(goal.elapsed) * 100}%` }}
      >
        <span className="h-full w-0.5 rounded-full bg-text ring-1 ring-surface" />
      </span>
    </div>
  );
}

/** Who brought what is won: parts of the one number, so that they add up to it. */
function Teams({ teams, goal }: { teams: Share[]; goal: GoalProgress }) {
  const shown = teams.filter((team) => team.amount > 0);
  if (shown.length === 0) return null;
  return (
    <div className="mt-2">
      <div className="flex h-1.5 gap-px overflow-hidden rounded-full" aria-hidden>
        {shown.map((team) => (
          <span
            key={team.key}
            className={TEAM_FILL[team.key] ?? 'bg-exit'}
            style={{ width: `${(team.amount / Math.max(goal.won, 1)) * 100}%` }}
          />
        ))}
      </div>
      <ul aria-label={m.goals_teams()} className="mt-1 flex flex-wrap gap-x-5 gap-y-0.5">
        {shown.map((team) => (
          <li key={team.key} className="flex items-center gap-1.5 text-small">
            <span aria-hidden className={cx('size-2 rounded-full', TEAM_FILL[team.key] ?? 'bg-exit')} />
            <span className="text-quiet">{teamName(team.key)}</span>
            <FigureLink figure={team.records} of={`${goal.goal.title}, ${teamName(team.key)}`}>
              {`${money(team.amount, goal.currency)} · ${percent(team.amount / goal.won)}`}
            </FigureLink>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Goal({ goal }: { goal: GoalProgress }) {
  const navigate = useNavigate();
  const rest = goal.amount - goal.won;
  /** `mark` is what stands for it in the bar. */
  const fact = (label: string, value: React.ReactNode, mark?: string) => (
    <span className="flex items-center gap-1.5 whitespace-nowrap">
      {mark !== undefined && <span aria-hidden className={cx('shrink-0', mark)} />}
      <span className="text-quiet">{label}</span>
      {value}
    </span>
  );
  return (
    <li className="border-line border-t py-4 first:border-t-0 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <button
          type="button"
          className="min-w-0 truncate rounded-mark font-medium hover:text-accent"
          onClick={() =>
            void navigate({ to: '.', search: (now) => ({ ...now, record: goal.goal.id }), replace: true })
          }
        >
          {goal.goal.title || m.label_untitled()}
        </button>
        <span className="numeric text-quiet text-small">{dayRange(goal.from, goal.to)}</span>
        <span className="numeric ml-auto">
          <FigureLink
            figure={goal.won_records}
            of={`${goal.goal.title}, ${m.goals_won()}`}
            className="font-semibold"
          >
            {money(goal.won, goal.currency)}
          </FigureLink>{' '}
          <span className="text-quiet">{m.goals_of({ amount: money(goal.amount, goal.currency) })}</span>
        </span>
      </div>
      <Progress goal={goal} />
      <div className="numeric flex flex-wrap gap-x-5 text-small">
        {fact(
          m.goals_won(),
          <FigureLink figure={goal.won_records} of={`${goal.goal.title}, ${m.goals_won()}`}>
            {`${goal.amount > 0 ? percent(goal.won / goal.amount) : '–'} · ${m.numbers_deals({ count: goal.won_records.count })}`}
          </FigureLink>,
          'size-2 rounded-[2px] bg-accent',
        )}
        {fact(
          m.goals_open(),
          <FigureLink figure={goal.open_records} of={`${goal.goal.title}, ${m.goals_open()}`}>
            {`${money(goal.open, goal.currency)} · ${m.numbers_deals({ count: goal.open_records.count })}`}
          </FigureLink>,
          cx('size-2 rounded-[2px]', OPEN_FILL),
        )}
        {rest > 0
          ? fact(m.goals_missing(), money(rest, goal.currency))
          : fact(m.goals_reached(), money(-rest, goal.currency))}
        {fact(m.goals_elapsed(), percent(within(goal.elapsed)), 'h-3 w-0.5 rounded-full bg-text')}
      </div>
      <Teams teams={goal.teams} goal={goal} />
    </li>
  );
}

/** The days that a new goal begins with: those looked at, or this year where all of time is. */
const goalSpan = ({ from, to }: Span): Span =>
  isAll(from) ? spanOf({ preset: 'this_year' }, today()) : { from, to };

/** One revenue goal for everybody, and how far it is. */
export function Goals({ metrics }: { metrics: Metrics }) {
  const create = useWindow((state) => state.create);
  const add = (
    <Button
      icon={<Plus className="size-3.5" aria-hidden />}
      onClick={() => create('goal', { ...goalSpan(metrics) })}
    >
      {m.action_new({ kind: kindInSentence('goal') })}
    </Button>
  );
  const revenue = formatSums(metrics.revenue);
  return (
    <Section
      id="goals"
      title={m.numbers_goals()}
      lead={
        <>
          {m.goals_lead()}{' '}
          <span className="inline-block">
            {m.goals_won_in_period()}{' '}
            <FigureLink figure={metrics.won} of={m.goals_won_in_period()} className="font-medium text-text">
              {`${m.numbers_deals({ count: metrics.won.count })}${revenue === '' ? '' : ` · ${revenue}`}`}
            </FigureLink>
          </span>
        </>
      }
      actions={metrics.goals.length > 0 && add}
    >
      {metrics.goals.length === 0 ? (
        <NothingYet actions={add}>{m.goals_empty()}</NothingYet>
      ) : (
        <ul>
          {metrics.goals.map((goal) => (
            <Goal key={goal.goal.id} goal={goal} />
          ))}
        </ul>
      )}
    </Section>
  );
}
