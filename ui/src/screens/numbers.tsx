import { useQuery } from '@tanstack/react-query';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { type Answered, metricsQuery } from '@/api/journey';
import type { Metrics } from '@/api/types';
import { EmptyState } from '@/components/empty-state';
import { TabRow, tabLook } from '@/components/tab-row';
import { message } from '@/i18n/labels';
import { Attribution } from '@/numbers/attribution';
import { FiguresOf } from '@/numbers/figure-link';
import { Funnel } from '@/numbers/funnel';
import { Goals } from '@/numbers/goals';
import { Meter } from '@/numbers/meter';
import { PastBanner, PeriodControls, spanWords } from '@/numbers/period-controls';
import { stretchOf, useStretch } from '@/numbers/period-state';
import { Speed } from '@/numbers/speed';
import { Velocity } from '@/numbers/velocity';
import { WithPanel } from '@/panel/with-panel';
import { m } from '@/paraglide/messages.js';
import { Header } from '@/shell/header';
import { failureText } from '@/state/toasts';

const SECTIONS = ['goals', 'funnel', 'attribution', 'velocity', 'speed', 'meter'] as const;
type SectionId = (typeof SECTIONS)[number];

/** A section is the one being read once its head is this near to the top, in pixels. */
const NEAR_TOP = 80;
/** As long a chosen tab stays marked while the page moves to it, in milliseconds. */
const TRAVEL_MS = 700;

/** Where one was reading, for coming back from the records behind a number. */
let lastTop = 0;

/** Tabs that lead to the sections of one page, and follow what is read. */
function useSections(scroller: RefObject<HTMLDivElement | null>) {
  const [current, setCurrent] = useState<SectionId>('goals');
  const chosenAt = useRef(0);
  const find = (id: string) => scroller.current?.querySelector<HTMLElement>(`[data-section=${id}]`);
  const onScroll = () => {
    const box = scroller.current;
    if (box === null) return;
    lastTop = box.scrollTop;
    if (performance.now() - chosenAt.current < TRAVEL_MS) return;
    const atEnd = box.scrollTop > 0 && box.scrollTop + box.clientHeight >= box.scrollHeight - 2;
    const read = SECTIONS.findLast((id) => (find(id)?.offsetTop ?? 0) <= box.scrollTop + NEAR_TOP);
    setCurrent(atEnd ? 'meter' : (read ?? 'goals'));
  };
  const go = (id: SectionId) => {
    chosenAt.current = performance.now();
    setCurrent(id);
    find(id)?.scrollIntoView({ block: 'start' });
    find(id)?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  };
  return { current, go, onScroll };
}

function Sections({
  metrics,
  meter,
  stale,
}: {
  metrics: Answered<Metrics>;
  meter: Answered<Metrics> | undefined;
  stale: boolean;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const { current, go, onScroll } = useSections(scroller);
  useLayoutEffect(() => {
    scroller.current?.scrollTo({ top: lastTop, behavior: 'instant' });
  }, []);
  return (
    <>
      <TabRow
        label={m.numbers_sections()}
        tabs={SECTIONS}
        current={current}
        render={(id) => (
          <button
            type="button"
            aria-current={current === id ? 'true' : undefined}
            onClick={() => go(id)}
            className={tabLook(current === id)}
          >
            {message(`numbers_${id}`)}
          </button>
        )}
      />
      <div
        ref={scroller}
        onScroll={onScroll}
        aria-busy={stale}
        className="relative min-h-0 flex-1 overflow-y-auto scroll-smooth"
      >
        <div className="mx-auto max-w-[1080px] px-6">
          <Goals metrics={metrics} />
          <Funnel stages={metrics.funnel} />
          <Attribution attribution={metrics.attribution} />
          <Velocity velocity={metrics.velocity} revenue={metrics.revenue} />
          <Speed speed={metrics.speed} />
          {/* Answered later than the rest, it may be about another stretch of time. */}
          <FiguresOf value={stretchOf(meter ?? metrics)}>
            <Meter points={meter?.meter} now={(meter ?? metrics).now} />
          </FiguresOf>
        </div>
      </div>
    </>
  );
}

/** One set of numbers for everybody; each opens the records it counts. */
export function NumbersScreen() {
  const stretch = useStretch();
  const plain = useQuery(metricsQuery({ ...stretch, without_meter: true }));
  // The past states behind it take longest: the rest does not wait for them.
  const whole = useQuery(metricsQuery(stretch));
  const { data: metrics, error } = plain;
  // What is shown may still be that of the period before: it is named so, and its numbers open what they counted.
  const shown = metrics === undefined ? null : stretchOf(metrics);
  return (
    <WithPanel>
      <Header title={m.nav_numbers()} actions={<PeriodControls />}>
        <span className="numeric @max-md:hidden truncate text-quiet text-small">
          {spanWords(shown ?? stretch)}
        </span>
      </Header>
      <PastBanner asOf={shown?.as_of ?? null} />
      {metrics === undefined && error !== null && (
        <EmptyState title={failureText(error)}>{error.message}</EmptyState>
      )}
      {metrics !== undefined && shown !== null && (
        <FiguresOf value={shown}>
          <Sections
            metrics={metrics}
            meter={whole.data}
            stale={plain.isPlaceholderData || whole.isPlaceholderData}
          />
        </FiguresOf>
      )}
    </WithPanel>
  );
}
