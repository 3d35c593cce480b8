import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { FunnelStage } from '@/api/types';
import { Plot } from '@/charts/plot';
import { colourOf, type Tokens } from '@/charts/tokens';
import { StageBadge } from '@/components/badges';
import { SideScroll } from '@/components/side-scroll';
import { stageLabel } from '@/i18n/labels';
import { days, shareOf } from '@/i18n/measures';
import { m } from '@/paraglide/messages.js';
import { FigureLink, numberSearch, useFiguresOf } from './figure-link';
import { NothingYet, Section } from './section';

/** The bars stand in the table's rows: both have this height, in pixels. */
const ROW = 32;
/** The lines between the rows go on behind the bars. */
const ROW_LINES = `repeating-linear-gradient(transparent 0 ${ROW - 1}px, var(--line) ${ROW - 1}px ${ROW}px)`;

/** A bar for each stage: as long as what came to it, filled as far as it went on. */
const drawing = (stages: FunnelStage[]) => (tokens: Tokens) => {
  const bar = (value: (stage: FunnelStage) => number, opacity: number, z: number) => ({
    type: 'bar',
    barWidth: 14,
    barGap: '-100%',
    z,
    silent: true,
    data: stages.map((stage) => ({
      value: value(stage),
      itemStyle: { color: colourOf(tokens, stage.phase), opacity, borderRadius: 2 },
    })),
  });
  return {
    grid: { left: 0, right: 8, top: 0, bottom: 0 },
    xAxis: { type: 'value', show: false, min: 0 },
    yAxis: { type: 'category', inverse: true, show: false, data: stages.map(({ stage }) => stage) },
    series: [bar(({ entered }) => entered.count, 0.28, 2), bar(({ converted }) => converted.count, 1, 3)],
    tooltip: { show: false },
  };
};

function FunnelTable({ stages }: { stages: FunnelStage[] }) {
  const stretch = useFiguresOf();
  const navigate = useNavigate();
  const bars = useMemo(() => drawing(stages), [stages]);
  const head =
    'caps border-line border-b px-2.5 pb-1.5 text-right align-bottom first:pl-0 first:text-left last:pr-0';
  const cell = 'numeric h-8 border-line border-b px-2.5 text-right whitespace-nowrap last:pr-0';
  const open = (index: number) => {
    const stage = stages[index];
    if (stage !== undefined && stage.entered.count > 0)
      void navigate({ to: '/number', search: numberSearch(stage.entered, stretch) });
  };
  return (
    <SideScroll label={m.label_table({ of: m.numbers_funnel() })}>
      <table className="w-full min-w-[620px] border-separate border-spacing-0">
        <thead>
          <tr>
            <th scope="col" className={head}>
              {m.funnel_stage()}
            </th>
            <th className={head} aria-hidden />
            <th scope="col" className={head}>
              {m.funnel_entered()}
            </th>
            <th scope="col" className={head}>
              {m.funnel_converted()}
            </th>
            <th scope="col" className={head}>
              {m.funnel_conversion()}
            </th>
            <th scope="col" className={head}>
              {m.funnel_median()}
            </th>
            <th scope="col" className={head}>
              {m.funnel_resting()}
            </th>
          </tr>
        </thead>
        <tbody>
          {stages.map((stage, index) => (
            <tr key={stage.stage}>
              <th
                scope="row"
                className="h-8 border-line border-b pr-2.5 text-left font-normal whitespace-nowrap"
              >
                <StageBadge stage={stage.stage} />
              </th>
              {index === 0 && (
                <td
                  rowSpan={stages.length}
                  className="w-2/5 min-w-28 p-0 align-top"
                  style={{ backgroundImage: ROW_LINES }}
                >
                  <Plot
                    drawing={bars}
                    height={stages.length * ROW}
                    label={m.funnel_chart()}
                    bands="y"
                    onOpen={open}
                  />
                </td>
              )}
              <td className={cell}>
                <FigureLink figure={stage.entered} />
              </td>
              <td className={cell}>
                <FigureLink figure={stage.converted} />
              </td>
              <td className={cell}>
                <FigureLink
                  figure={stage.converted}
                  of={`${stageLabel(stage.stage)}, ${m.funnel_conversion()}`}
                >
                  {shareOf(stage.converted.count, stage.entered.count) ?? '–'}
                </FigureLink>
              </td>
              <td className={cell}>
                {stage.median_days === null ? (
                  <span className="text-quiet">–</span>
                ) : (
                  <FigureLink figure={stage.entered} of={`${stageLabel(stage.stage)}, ${m.funnel_median()}`}>
                    {days(stage.median_days)}
                  </FigureLink>
                )}
              </td>
              <td className={cell}>
                <FigureLink figure={stage.resting} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </SideScroll>
  );
}

/** How opportunities move through the stages. */
export function Funnel({ stages }: { stages: FunnelStage[] }) {
  const nothing = stages.every(({ entered, resting }) => entered.count === 0 && resting.count === 0);
  return (
    <Section id="funnel" title={m.numbers_funnel()} lead={m.funnel_lead()}>
      {nothing ? <NothingYet>{m.funnel_empty()}</NothingYet> : <FunnelTable stages={stages} />}
    </Section>
  );
}
