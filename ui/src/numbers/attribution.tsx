import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { usePolicy } from '@/api/rules';
import type { Attribution as Divided, Figure, Share } from '@/api/types';
import { Chart } from '@/charts/chart';
import { Plot } from '@/charts/plot';
import { colourOf, type Tokens } from '@/charts/tokens';
import { DataTable } from '@/components/data-table';
import { Segmented } from '@/components/segmented';
import { money, moneyShort } from '@/i18n/format';
import { message, optionLabel } from '@/i18n/labels';
import { percent } from '@/i18n/measures';
import { m } from '@/paraglide/messages.js';
import { FigureLink, numberSearch, useFiguresOf } from './figure-link';
import { campaignName, sourceName, teamName } from './names';
import { useLooking } from './period-state';
import { NothingYet, Section } from './section';

const ROW = 26;
/** Bars beyond these are drawn as one; the table has them all. */
const MOST_BARS = 8;

interface Part {
  key: string;
  name: string;
  amount: number;
  /** The opportunities of whose value it is a part; none of its own where several parts are drawn as one. */
  records: Figure | null;
  /** A team has its colour. */
  colour: string;
}

const parts = (shares: Share[], name: (share: Share) => string, teams: boolean): Part[] =>
  shares
    .filter((share) => share.amount !== 0)
    .map((share) => ({
      key: share.key,
      name: name(share),
      amount: share.amount,
      records: share.records,
      colour: teams ? share.key || 'none' : 'revenue',
    }))
    .sort((a, b) => b.amount - a.amount);

function foldedParts(all: Part[]): Part[] {
  if (all.length <= MOST_BARS) return all;
  const rest = all.slice(MOST_BARS - 1);
  const folded = {
    key: 'rest',
    name: m.attribution_others({ count: rest.length }),
    amount: rest.reduce((sum, part) => sum + part.amount, 0),
    records: null,
    colour: 'none',
  };
  return [...all.slice(0, MOST_BARS - 1), folded];
}

const drawing = (shown: Part[], total: number, currency: string) => (tokens: Tokens) => ({
  grid: { left: 0, right: 100, top: 0, bottom: 0, outerBoundsMode: 'same' },
  xAxis: { type: 'value', show: false, min: 0 },
  yAxis: {
    type: 'category',
    inverse: true,
    data: shown.map((part) => part.name),
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      color: tokens.text,
      fontFamily: tokens.font,
      fontSize: tokens.size,
      width: 120,
      overflow: 'truncate',
    },
  },
  series: [
    {
      type: 'bar',
      barWidth: 12,
      silent: true,
      data: shown.map((part) => ({
        value: part.amount,
        itemStyle: { color: colourOf(tokens, part.colour), borderRadius: 2 },
      })),
      label: {
        show: true,
        position: 'right',
        color: tokens.text,
        fontFamily: tokens.font,
        fontSize: tokens.size,
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const amount = shown[dataIndex]?.amount ?? 0;
          return `${moneyShort(amount, currency)} · ${percent(amount / total)}`;
        },
      },
    },
  ],
  tooltip: {
    trigger: 'axis',
    axisPointer: { type: 'none' },
    formatter: ([at]: { dataIndex: number }[]) => {
      const part = shown[at?.dataIndex ?? 0];
      const box = document.createElement('span');
      box.textContent = part === undefined ? '' : `${part.name}: ${money(part.amount, currency)}`;
      return box;
    },
  },
});

/** An amount divided into parts. */
interface Parts {
  title: string;
  all: Part[];
  of: Pick<Divided, 'total' | 'currency' | 'deals'>;
}

function Bars({ title, all, of }: Parts) {
  const stretch = useFiguresOf();
  const navigate = useNavigate();
  const shown = useMemo(() => foldedParts(all), [all]);
  const bars = useMemo(() => drawing(shown, of.total, of.currency), [shown, of.total, of.currency]);
  return (
    <div className="min-w-0">
      <h3 className="caps mb-1">{title}</h3>
      <Plot
        drawing={bars}
        height={Math.max(1, shown.length) * ROW}
        label={`${title}. ${shown.map((part) => `${part.name}: ${money(part.amount, of.currency)}`).join(', ')}`}
        bands="y"
        onOpen={(at) => {
          const records = shown[at]?.records ?? null;
          if (records !== null) void navigate({ to: '/number', search: numberSearch(records, stretch) });
        }}
      />
    </div>
  );
}

/** An amount; it opens its opportunities where a number counts exactly those. */
function Amount({
  amount,
  currency,
  figure,
  ...rest
}: {
  amount: number;
  currency: string;
  figure: Figure | null;
  of?: string;
  className?: string;
}) {
  const words = money(amount, currency);
  if (figure === null) return <span className={rest.className}>{words}</span>;
  return (
    <FigureLink figure={figure} {...rest}>
      {words}
    </FigureLink>
  );
}

function PartsTable({ title, all, of }: Parts) {
  return (
    <DataTable
      label={title}
      keyOf={(part) => part.key}
      rows={all}
      columns={[
        { key: 'name', label: title, render: (part) => part.name },
        {
          key: 'amount',
          label: m.attribution_revenue(),
          numeric: true,
          render: (part) => <Amount amount={part.amount} currency={of.currency} figure={part.records} />,
        },
        {
          key: 'share',
          label: m.attribution_share(),
          numeric: true,
          render: (part) => percent(part.amount / of.total),
        },
      ]}
      foot={[
        m.attribution_total(),
        <Amount key="total" amount={of.total} currency={of.currency} figure={of.deals} />,
        percent(1),
      ]}
    />
  );
}

const MODELS = ['first', 'last', 'linear', 'position'] as const;

/** Whose work brought the revenue: one sum, divided among the touches that led to it. */
export function Attribution({ attribution }: { attribution: Divided[] }) {
  // Before anybody chose, the one that the workspace goes by.
  const agreed = usePolicy()?.fields.attribution;
  const looked = useLooking((state) => state.model);
  const model = MODELS.find((one) => one === (looked ?? agreed)) ?? 'linear';
  const [chosen, setChosen] = useState('');
  const currencies = [...new Set(attribution.filter(({ total }) => total !== 0).map((one) => one.currency))];
  const currency = currencies.includes(chosen) ? chosen : (currencies[0] ?? '');
  const divided = attribution.find((one) => one.model === model && one.currency === currency);
  const groups = useMemo(
    () =>
      divided === undefined
        ? []
        : [
            { title: m.attribution_teams(), all: parts(divided.teams, ({ key }) => teamName(key), true) },
            {
              title: m.attribution_campaigns(),
              all: parts(divided.campaigns, ({ title }) => campaignName(title), false),
            },
            {
              title: m.attribution_sources(),
              all: parts(divided.sources, ({ key }) => sourceName(key), false),
            },
          ],
    [divided],
  );
  return (
    <Section id="attribution" title={m.numbers_attribution()} lead={m.attribution_lead()}>
      {divided === undefined ? (
        <NothingYet>{m.attribution_empty()}</NothingYet>
      ) : (
        <Chart
          id="attribution"
          label={m.numbers_attribution()}
          lead={
            <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
              <Segmented
                label={m.attribution_model()}
                value={model}
                onChange={(next) => useLooking.setState({ model: next })}
                options={MODELS.map((value) => ({
                  value,
                  label: optionLabel('policy', 'attribution', value),
                }))}
              />
              {currencies.length > 1 && (
                <Segmented
                  label={m.attribution_currency()}
                  value={currency}
                  onChange={setChosen}
                  options={currencies.map((value) => ({ value, label: value || '–' }))}
                />
              )}
              <span className="numeric">
                <span className="text-quiet">{m.attribution_adds_up()}</span>{' '}
                <Amount
                  amount={divided.total}
                  currency={currency}
                  figure={divided.deals}
                  of={m.attribution_adds_up()}
                  className="font-medium"
                />
                {currencies.length > 1 && (
                  <span className="text-quiet">
                    {' '}
                    {currency === ''
                      ? m.attribution_of_no_currency()
                      : m.attribution_of_currency({ currency })}
                  </span>
                )}
              </span>
              <p className="w-full text-quiet text-small">{message(`attribution_explained_${model}`)}</p>
            </div>
          }
          table={
            <div className="grid @3xl:grid-cols-3 gap-x-8 gap-y-6">
              {groups.map(({ title, all }) => (
                <PartsTable key={title} title={title} all={all} of={divided} />
              ))}
            </div>
          }
        >
          <div className="grid @3xl:grid-cols-3 gap-x-8 gap-y-6">
            {groups.map(({ title, all }) => (
              <Bars key={title} title={title} all={all} of={divided} />
            ))}
          </div>
        </Chart>
      )}
    </Section>
  );
}
