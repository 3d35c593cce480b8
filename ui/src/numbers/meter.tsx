import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Figure, MeterPoint } from '@/api/types';
import { Chart } from '@/charts/chart';
import { Plot } from '@/charts/plot';
import type { Tokens } from '@/charts/tokens';
import { DataTable } from '@/components/data-table';
import { day, localDayOf } from '@/i18n/format';
import { hours, month, percent } from '@/i18n/measures';
import { m } from '@/paraglide/messages.js';
import { FigureLink, numberSearch, useFiguresOf } from './figure-link';
import { NothingYet, Section } from './section';

/** One of the places where a handover breaks, month by month. */
interface Measure {
  key: string;
  name: string;
  explained: string;
  /** Absent where nothing could be measured in that month. */
  value: (point: MeterPoint) => number | null;
  figure: (point: MeterPoint) => Figure | null;
  words: (value: number) => string;
  /** It is counted as the month ends, not over it. */
  atEnd?: boolean;
}

const share = (part: Figure | null, whole: number | null): number | null =>
  part !== null && whole !== null && whole > 0 ? part.count / whole : null;

const measures = (): Measure[] => [
  {
    key: 'gap',
    name: m.meter_gap(),
    explained: m.meter_gap_explained(),
    value: ({ gap_hours }) => gap_hours,
    figure: ({ gap }) => gap,
    words: hours,
  },
  {
    key: 'returned',
    name: m.meter_returned(),
    explained: m.meter_returned_explained(),
    value: ({ returned, handed }) => share(returned, handed.count),
    figure: ({ returned }) => returned,
    words: percent,
  },
  {
    key: 'overridden',
    name: m.meter_overridden(),
    explained: m.meter_overridden_explained(),
    value: ({ overridden, handed }) => share(overridden, handed.count),
    figure: ({ overridden }) => overridden,
    words: percent,
  },
  {
    key: 'double',
    name: m.meter_double(),
    explained: m.meter_double_explained(),
    value: ({ double, handed }) => share(double, handed.count),
    figure: ({ double }) => double,
    words: percent,
  },
  {
    key: 'forgotten',
    name: m.meter_forgotten(),
    explained: m.meter_forgotten_explained(),
    value: ({ forgotten, open }) => share(forgotten, open),
    figure: ({ forgotten }) => forgotten,
    words: percent,
    atEnd: true,
  },
];

/** A measure's month: one that still runs is not over, and what is counted at its end is counted for the day one looks from. */
function monthWords(measure: Measure, at: string, now: string): string {
  if (at !== localDayOf(now).slice(0, 7)) return month(at);
  return measure.atEnd === true ? day(localDayOf(now)) : m.meter_so_far({ month: month(at) });
}

const drawing = (measure: Measure, points: MeterPoint[], now: string) => (tokens: Tokens) => {
  const text = { fontFamily: tokens.font, fontSize: tokens.size, color: tokens.quiet };
  const values = points.map(measure.value);
  return {
    // Room for the months, which stand centred below their points.
    grid: { left: 16, right: 16, top: 10, bottom: 20 },
    xAxis: {
      type: 'category',
      boundaryGap: points.length < 3,
      data: points.map((point) => point.month),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: tokens.edge } },
      axisLabel: {
        ...text,
        formatter: (value: string) => month(value, true),
        hideOverlap: true,
      },
    },
    yAxis: { type: 'value', show: false, min: 0 },
    series: [
      {
        type: 'line',
        data: values,
        silent: true,
        symbol: 'circle',
        symbolSize: 6,
        showAllSymbol: points.length <= 24,
        lineStyle: { color: tokens.accent, width: 1.5 },
        itemStyle: { color: tokens.accent },
        areaStyle: { color: tokens.accent, opacity: 0.08 },
      },
    ],
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'line', lineStyle: { color: tokens.edge, type: 'solid' } },
      formatter: ([at]: { dataIndex: number }[]) => {
        const point = points[at?.dataIndex ?? -1];
        const box = document.createElement('span');
        if (point !== undefined) {
          const value = measure.value(point);
          const count = measure.figure(point)?.count ?? 0;
          box.textContent = `${monthWords(measure, point.month, now)}: ${value === null ? '–' : measure.words(value)} · ${m.numbers_leads({ count })}`;
        }
        return box;
      },
    },
  };
};

/** A measure over the months, with its last value in words. */
function Small({ measure, points, now }: { measure: Measure; points: MeterPoint[]; now: string }) {
  const stretch = useFiguresOf();
  const navigate = useNavigate();
  const line = useMemo(() => drawing(measure, points, now), [measure, points, now]);
  const last = points.findLast((point) => measure.value(point) !== null);
  const [value, figure] = last === undefined ? [null, null] : [measure.value(last), measure.figure(last)];
  return (
    <div className="min-w-0">
      <h3 className="font-medium" title={measure.explained}>
        {measure.name}
      </h3>
      <p className="numeric flex h-6 items-baseline gap-1.5">
        {last === undefined || value === null || figure === null ? (
          <span className="text-quiet">{m.meter_nothing()}</span>
        ) : (
          <>
            <FigureLink
              figure={figure}
              of={`${measure.name}, ${monthWords(measure, last.month, now)}`}
              className="font-semibold text-head"
            >
              {measure.words(value)}
            </FigureLink>
            <span className="text-quiet text-small">{monthWords(measure, last.month, now)}</span>
          </>
        )}
      </p>
      <Plot
        drawing={line}
        height={104}
        label={`${measure.name}. ${measure.explained}`}
        bands="x"
        onOpen={(index) => {
          const opened = points[index] && measure.figure(points[index]);
          if (opened != null && opened.count > 0)
            void navigate({ to: '/number', search: numberSearch(opened, stretch) });
        }}
      />
      <p className="mt-1.5 text-quiet text-small">{measure.explained}</p>
    </div>
  );
}

function MeterTable({ all, points }: { all: Measure[]; points: MeterPoint[] }) {
  return (
    <DataTable
      label={m.numbers_meter()}
      rows={points}
      keyOf={(point) => point.month}
      columns={[
        { key: 'month', label: m.meter_month(), render: (point) => month(point.month) },
        {
          key: 'handed',
          label: m.meter_handed(),
          numeric: true,
          render: (point) => <FigureLink figure={point.handed} />,
        },
        ...all.map((measure) => ({
          key: measure.key,
          label: measure.name,
          hint: measure.explained,
          numeric: true,
          render: (point: MeterPoint) => {
            const [value, figure] = [measure.value(point), measure.figure(point)];
            if (figure === null) return <span className="text-quiet">–</span>;
            return (
              <FigureLink figure={figure}>
                {`${value === null ? '–' : measure.words(value)} · ${figure.count}`}
              </FigureLink>
            );
          },
        })),
      ]}
    />
  );
}

/** Where the handover breaks. Months that are still to come have nothing to show. */
export function Meter({ points, now }: { points: MeterPoint[] | undefined; now: string }) {
  const all = useMemo(measures, []);
  const past = useMemo(
    () => points?.filter((point) => point.month <= localDayOf(now).slice(0, 7)),
    [points, now],
  );
  const nothing = past?.every((point) =>
    all.every((measure) => measure.value(point) === null && (measure.figure(point)?.count ?? 0) === 0),
  );
  return (
    <Section id="meter" title={m.numbers_meter()}>
      {past === undefined ? (
        <p className="text-quiet">{m.meter_reading()}</p>
      ) : nothing ? (
        <NothingYet>{m.meter_empty()}</NothingYet>
      ) : (
        <Chart
          id="meter"
          label={m.numbers_meter()}
          lead={<p className="-mt-3 max-w-[96ch] text-quiet">{m.meter_lead()}</p>}
          table={<MeterTable all={all} points={past.toReversed()} />}
        >
          <div className="grid @2xl:grid-cols-2 @5xl:grid-cols-3 gap-x-8 gap-y-6">
            {all.map((measure) => (
              <Small key={measure.key} measure={measure} points={past} now={now} />
            ))}
          </div>
        </Chart>
      )}
    </Section>
  );
}
