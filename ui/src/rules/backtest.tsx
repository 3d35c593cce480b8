import { useQuery } from '@tanstack/react-query';
import { backtestQuery } from '@/api/journey';
import type { Backtest, BacktestSide, TriedGroup, TriedLeads } from '@/api/types';
import { cx } from '@/components/cx';
import { Select } from '@/components/select';
import { number } from '@/i18n/format';
import { shareOf } from '@/i18n/measures';
import { asSentence } from '@/i18n/remarks';
import { m } from '@/paraglide/messages.js';
import { useKept } from '@/state/preferences';
import { failureText } from '@/state/toasts';
import { countOf, wire } from './draft';
import { problemsIn } from './drafted';
import { TriedIn, TriedNumber } from './tried-leads';
import type { DraftHandle } from './use-draft';

const MONTHS = [3, 6, 12, 24, 60];
const USUAL_MONTHS = 12;

const monthsWords = (months: number) => m.backtest_months({ count: months });

/** The back-test of a draft; what was tried last while the draft cannot be tried. */
export function useBacktest(handle: DraftHandle) {
  const [months, setMonths] = useKept('backtest_months', USUAL_MONTHS);
  const blocked = problemsIn(handle.draft).length > 0;
  const query = useQuery({ ...backtestQuery(months, wire(handle.draft)), enabled: !blocked });
  return { months, setMonths, blocked, drafts: countOf(handle.draft), ...query };
}

/** A bar of all leads: offered and won, offered and not, held and won all the same, held. */
function Bar({ side, label }: { side: BacktestSide; label: string }) {
  const all = Math.max(1, side.offered.all.count + side.held.all.count);
  const width = (count: number) => ({ width: `${(count / all) * 100}%` });
  const { offered, held } = side;
  const otherwise = (group: TriedGroup) => group.all.count - group.won.count - group.lost.count;
  return (
    <div
      role="img"
      aria-label={label}
      className="flex h-2.5 w-full gap-px overflow-hidden rounded-mark bg-press"
    >
      <span className="bg-service" style={width(offered.won.count)} />
      <span className="bg-accent/45" style={width(otherwise(offered))} />
      <span className="bg-danger/70" style={width(offered.lost.count)} />
      <span className="bg-text" style={{ width: held.all.count > 0 ? 2 : 0 }} />
      <span className="bg-service/45" style={width(held.won.count)} />
      <span className="bg-transparent" style={width(otherwise(held) + held.lost.count)} />
    </div>
  );
}

/** What the colours of the bars mean, from left to right. */
function Key() {
  const entries = [
    { look: 'bg-service', says: m.backtest_key_offered_won() },
    { look: 'bg-accent/45', says: m.backtest_key_offered_open() },
    { look: 'bg-danger/70', says: m.backtest_key_offered_lost() },
    { look: 'bg-service/45', says: m.backtest_key_held_won() },
    { look: 'bg-press', says: m.backtest_key_held() },
  ];
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-0.5 text-quiet text-small">
      {entries.map(({ look, says }) => (
        <li key={look} className="flex items-center gap-1.5">
          <span aria-hidden className={cx('size-2 shrink-0 rounded-[2px]', look)} />
          {says}
        </li>
      ))}
    </ul>
  );
}

const ROWS = [
  { key: 'offered', of: (side: BacktestSide) => side.offered.all, head: true },
  { key: 'offered_won', of: (side: BacktestSide) => side.offered.won },
  { key: 'offered_lost', of: (side: BacktestSide) => side.offered.lost },
  { key: 'held', of: (side: BacktestSide) => side.held.all, head: true },
  { key: 'held_won', of: (side: BacktestSide) => side.held.won },
  { key: 'held_lost', of: (side: BacktestSide) => side.held.lost },
] as const satisfies { key: string; of: (side: BacktestSide) => TriedLeads; head?: boolean }[];

const rowLabel: Record<(typeof ROWS)[number]['key'], () => string> = {
  offered: () => m.backtest_offered(),
  offered_won: () => m.backtest_offered_won(),
  offered_lost: () => m.backtest_offered_lost(),
  held: () => m.backtest_held(),
  held_won: () => m.backtest_held_won(),
  held_lost: () => m.backtest_held_lost(),
};

/** More is better for some rows and worse for others; only those that say how good a gate is are coloured. */
const GOOD: Record<string, number> = { offered_won: 1, offered_lost: -1, held_won: -1, held_lost: 1 };

function Difference({ row, by }: { row: string; by: number }) {
  if (by === 0) return <span className="text-quiet">–</span>;
  const good = (GOOD[row] ?? 0) * by;
  return (
    <span className={cx('numeric', good > 0 && 'text-service', good < 0 && 'text-danger')}>
      {by > 0 ? `+${number(by)}` : `−${number(-by)}`}
    </span>
  );
}

function Comparison({ data, drafted }: { data: Backtest; drafted: boolean }) {
  const cell = 'numeric whitespace-nowrap py-1 pl-3 text-right';
  return (
    <table className="w-full">
      <caption className="sr-only">{m.backtest_title()}</caption>
      <thead>
        <tr className="caps border-line border-b">
          <td className="py-1" />
          <th scope="col" className={cx(cell, 'font-medium')}>
            {m.backtest_today()}
          </th>
          {drafted && (
            <>
              <th scope="col" className={cx(cell, 'font-medium')}>
                {m.backtest_draft()}
              </th>
              <th scope="col" className={cx(cell, 'w-14 font-medium')}>
                <span className="sr-only">{m.backtest_difference()}</span>
                <span aria-hidden>±</span>
              </th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {ROWS.map((row) => {
          const [present, draft] = [row.of(data.present), row.of(data.draft)];
          const head = 'head' in row;
          const label = rowLabel[row.key]();
          return (
            <tr key={row.key} className={head ? 'border-line border-t font-medium first:border-t-0' : ''}>
              <th
                scope="row"
                className={cx('py-1 text-left', head ? 'font-medium' : 'pl-3 font-normal text-quiet')}
              >
                {label}
              </th>
              <td className={cell}>
                <TriedNumber leads={present} of={`${label}, ${m.backtest_today()}`} />
              </td>
              {drafted && (
                <>
                  <td className={cell}>
                    <TriedNumber leads={draft} of={`${label}, ${m.backtest_draft()}`} />
                  </td>
                  <td className={cell}>
                    <Difference row={row.key} by={draft.count - present.count} />
                  </td>
                </>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Leads for which the draft decides otherwise. */
function Changed({ label, group }: { label: string; group: TriedGroup }) {
  if (group.all.count === 0) return null;
  return (
    <li className="flex items-baseline gap-2">
      <span className="min-w-0 flex-1">{label}</span>
      <TriedNumber leads={group.all} of={label} className="font-medium" />
      <span className="w-24 text-right text-quiet text-small">
        {m.backtest_won_of_these({ count: group.won.count })}
      </span>
    </li>
  );
}

/** What came of it in one sentence. */
function sentence(data: Backtest, months: number, drafted: boolean): string {
  const side = drafted ? data.draft : data.present;
  const inputs = {
    leads: number(data.leads),
    months: monthsWords(months),
    offered: number(side.offered.all.count),
    held: number(side.held.all.count),
    count: side.held.won.count,
  };
  return drafted ? m.backtest_sentence_draft(inputs) : m.backtest_sentence_today(inputs);
}

/** The same where there is no room beside the rules: the whole of it follows below them. */
export function BacktestLine({ handle }: { handle: DraftHandle }) {
  const { months, drafts, data } = useBacktest(handle);
  if (data === undefined || data.leads === 0) return null;
  return (
    <p className="@4xl:hidden sticky top-0 z-30 border-line border-b bg-canvas px-5 py-2 text-small">
      {sentence(data, months, drafts > 0)}
    </p>
  );
}

function Result({ data, months, drafted }: { data: Backtest; months: number; drafted: boolean }) {
  if (data.leads === 0)
    return <p className="text-quiet">{m.backtest_no_leads({ months: monthsWords(months) })}</p>;
  const decided = (group: TriedGroup) => group.won.count + group.lost.count;
  const rate = (of: BacktestSide) => shareOf(of.offered.won.count, decided(of.offered));
  const [now, then] = [rate(data.present), rate(data.draft)];
  const barLabel = (of: BacktestSide, name: string) =>
    m.backtest_bar({ rules: name, offered: number(of.offered.all.count), held: number(of.held.all.count) });
  return (
    <>
      <p>{sentence(data, months, drafted)}</p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 gap-y-1.5 text-small">
        <dt className="text-quiet">{m.backtest_today()}</dt>
        <dd>
          <Bar side={data.present} label={barLabel(data.present, m.backtest_today())} />
        </dd>
        {drafted && (
          <>
            <dt className="text-quiet">{m.backtest_draft()}</dt>
            <dd>
              <Bar side={data.draft} label={barLabel(data.draft, m.backtest_draft())} />
            </dd>
          </>
        )}
      </dl>
      <Key />
      <Comparison data={data} drafted={drafted} />
      {now !== null && then !== null && (
        <p className="text-quiet text-small">
          {drafted && now !== then ? m.backtest_rate_changes({ now, then }) : m.backtest_rate({ rate: now })}
        </p>
      )}
      {drafted && data.newly_offered.all.count + data.newly_held.all.count === 0 && (
        <p className="text-quiet">{m.backtest_nothing_changes()}</p>
      )}
      {drafted && data.newly_offered.all.count + data.newly_held.all.count > 0 && (
        <div className="border-line border-t pt-3">
          <h3 className="caps mb-1">{m.backtest_decides_otherwise()}</h3>
          <ul className="flex flex-col gap-1">
            <Changed label={m.backtest_newly_offered()} group={data.newly_offered} />
            <Changed label={m.backtest_newly_held()} group={data.newly_held} />
          </ul>
        </div>
      )}
    </>
  );
}

/** What the rules, and the draft beside them, would have done to the leads of the last months. */
export function BacktestPanel({ handle }: { handle: DraftHandle }) {
  const { months, setMonths, blocked, drafts, data, error, isPlaceholderData } = useBacktest(handle);
  const drafted = drafts > 0;
  return (
    <section aria-label={m.backtest_title()} className="flex flex-col gap-3" aria-busy={isPlaceholderData}>
      <header className="flex items-center gap-2">
        <h2 className="min-w-0 flex-1 truncate font-semibold">{m.backtest_title()}</h2>
        <Select
          compact
          className="!w-auto"
          label={m.backtest_period()}
          value={String(months)}
          options={MONTHS.map((one) => ({ value: String(one), label: asSentence(monthsWords(one)) }))}
          onChange={(value) => setMonths(Number(value))}
        />
      </header>
      {blocked && (
        <p role="status" className="rounded-control bg-warning-soft px-2.5 py-1.5 text-warning">
          {m.backtest_blocked()}
        </p>
      )}
      {error !== null && !blocked && (
        <p role="alert" className="selectable rounded-control bg-danger-soft px-2.5 py-1.5 text-danger">
          {failureText(error)}
        </p>
      )}
      {data !== undefined && (
        <TriedIn value={data.asked}>
          <Result data={data} months={months} drafted={drafted} />
        </TriedIn>
      )}
      <p className="text-quiet text-small">{m.backtest_how()}</p>
    </section>
  );
}
