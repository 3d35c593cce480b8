import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { SpeedBucket, SpeedToLead } from '@/api/types';
import { Chart } from '@/charts/chart';
import { Plot } from '@/charts/plot';
import type { Tokens } from '@/charts/tokens';
import { DataTable } from '@/components/data-table';
import { minutes, percent } from '@/i18n/measures';
import { m } from '@/paraglide/messages.js';
import { FigureLink, numberSearch, useFiguresOf } from './figure-link';
import { NothingYet, Section } from './section';

/** What a bucket holds: up to a time, longer than the last one, or not touched yet. */
function bucketName(bucket: SpeedBucket): string {
  if (bucket.untouched) return m.speed_untouched();
  return bucket.upto_minutes === null
    ? m.speed_longer()
    : m.speed_upto({ time: minutes(bucket.upto_minutes) });
}

const drawing = (buckets: SpeedBucket[], total: number) => (tokens: Tokens) => {
  const text = { fontFamily: tokens.font, fontSize: tokens.size };
  return {
    grid: { left: 0, right: 0, top: 20, bottom: 24 },
    xAxis: {
      type: 'category',
      data: buckets.map(bucketName),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: tokens.edge } },
      axisLabel: { ...text, color: tokens.quiet, interval: 0, hideOverlap: false },
    },
    yAxis: { type: 'value', show: false, min: 0 },
    series: [
      {
        type: 'bar',
        barMaxWidth: 56,
        barCategoryGap: '30%',
        silent: true,
        data: buckets.map((bucket) => ({
          value: bucket.leads.count,
          itemStyle: { color: bucket.untouched ? tokens.danger : tokens.sales, borderRadius: [2, 2, 0, 0] },
        })),
        label: {
          ...text,
          show: true,
          position: 'top',
          color: tokens.text,
          formatter: ({ value }: { value: number }) =>
            value === 0 ? '' : `${value} · ${percent(value / total)}`,
        },
      },
    ],
    tooltip: { show: false },
  };
};

function Distribution({ speed, total }: { speed: SpeedToLead; total: number }) {
  const { buckets } = speed;
  const stretch = useFiguresOf();
  const navigate = useNavigate();
  const bars = useMemo(() => drawing(buckets, total), [buckets, total]);
  return (
    <Chart
      id="speed"
      label={m.numbers_speed()}
      lead={
        <p className="numeric">
          <span className="text-quiet">{m.speed_median()}</span>{' '}
          <FigureLink figure={speed.touched} of={m.speed_median()} className="font-semibold">
            {speed.median_minutes === null ? '–' : minutes(speed.median_minutes)}
          </FigureLink>
        </p>
      }
      table={
        <DataTable
          label={m.numbers_speed()}
          rows={buckets}
          keyOf={(bucket) => bucket.leads.number}
          columns={[
            { key: 'time', label: m.speed_time(), render: bucketName },
            {
              key: 'leads',
              label: m.speed_leads(),
              numeric: true,
              render: ({ leads }) => <FigureLink figure={leads} />,
            },
            {
              key: 'share',
              label: m.attribution_share(),
              numeric: true,
              render: ({ leads }) => percent(leads.count / total),
            },
          ]}
        />
      }
    >
      <Plot
        drawing={bars}
        height={190}
        label={`${m.numbers_speed()}. ${buckets.map((bucket) => `${bucketName(bucket)}: ${bucket.leads.count}`).join(', ')}`}
        bands="x"
        onOpen={(index) => {
          const leads = buckets[index]?.leads;
          if (leads !== undefined && leads.count > 0)
            void navigate({ to: '/number', search: numberSearch(leads, stretch) });
        }}
      />
    </Chart>
  );
}

/** How long the first touch takes after an offer. */
export function Speed({ speed }: { speed: SpeedToLead }) {
  const total = speed.buckets.reduce((sum, { leads }) => sum + leads.count, 0);
  return (
    <Section id="speed" title={m.numbers_speed()} lead={m.speed_lead()}>
      {total === 0 ? (
        <NothingYet>{m.speed_empty()}</NothingYet>
      ) : (
        <Distribution speed={speed} total={total} />
      )}
    </Section>
  );
}
