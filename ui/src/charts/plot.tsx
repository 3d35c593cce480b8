import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef, useState } from 'react';
import { readTokens, type Tokens, useTheme } from './tokens';

/** What is drawn, given the style sheet's values. Keep it the same object while the data are the same. */
export type Drawing = (tokens: Tokens) => EChartsCoreOption;

/** Long enough to be seen as a movement, in milliseconds. */
const MOTION_MS = 160;

const isStill = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** What every drawing has in common. */
function withTokens(drawing: Drawing, tokens: Tokens): EChartsCoreOption {
  const text = { fontFamily: tokens.font, fontSize: tokens.size, color: tokens.quiet };
  const option = drawing(tokens);
  return {
    animation: !isStill(),
    animationDuration: MOTION_MS,
    animationDurationUpdate: MOTION_MS,
    textStyle: text,
    ...option,
    tooltip: {
      confine: true,
      transitionDuration: 0,
      backgroundColor: tokens.raised,
      borderColor: tokens.line,
      borderWidth: 1,
      padding: [4, 8],
      textStyle: { ...text, color: tokens.text },
      extraCssText: `border-radius:${tokens.radius}px;box-shadow:none`,
      ...(option.tooltip as object | undefined),
    },
  };
}

interface PlotProps {
  drawing: Drawing;
  /** In pixels; the width is what there is. */
  height: number;
  /** What it shows, for those who cannot see it; the numbers themselves are in the table behind it. */
  label: string;
  /** The axis that holds the categories; a click anywhere in a category's band opens it. */
  bands: 'x' | 'y';
  onOpen?: (index: number) => void;
}

/** One drawing. The library that draws is fetched when the first one is shown. */
export function Plot({ drawing, height, label, bands, onOpen }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType | null>(null);
  const theme = useTheme();
  const latest = useRef({ bands, onOpen });
  useEffect(() => {
    latest.current = { bands, onOpen };
  });

  useEffect(() => {
    let gone = false;
    let stop = () => {};
    void import('./echarts').then(({ init }) => {
      if (gone || box.current === null) return;
      const made = init(box.current, null, { renderer: 'svg' });
      const observer = new ResizeObserver(() => made.resize());
      observer.observe(box.current);
      answerPointer(made, latest);
      setChart(made);
      stop = () => {
        observer.disconnect();
        made.dispose();
      };
    });
    return () => {
      gone = true;
      stop();
      setChart(null);
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the tokens have other values in another theme
  useEffect(() => {
    chart?.setOption(withTokens(drawing, readTokens()), { notMerge: true });
  }, [chart, drawing, theme]);

  return <div ref={box} role="img" aria-label={label} style={{ height }} className="w-full" />;
}

/** A click in a category's band opens it: a point or a low bar is too small a target. */
function answerPointer(
  chart: EChartsType,
  latest: { readonly current: Pick<PlotProps, 'bands' | 'onOpen'> },
): void {
  const bandAt = (x: number, y: number): number | null => {
    if (latest.current.onOpen === undefined || !chart.containPixel({ gridIndex: 0 }, [x, y])) return null;
    const [first, second] = chart.convertFromPixel({ gridIndex: 0 }, [x, y]) as [number, number];
    return latest.current.bands === 'x' ? first : second;
  };
  const surface = chart.getZr();
  surface.on('mousemove', ({ offsetX, offsetY }) =>
    surface.setCursorStyle(bandAt(offsetX, offsetY) === null ? 'default' : 'pointer'),
  );
  surface.on('click', ({ offsetX, offsetY }) => {
    const band = bandAt(offsetX, offsetY);
    if (band !== null) latest.current.onOpen?.(band);
  });
}
