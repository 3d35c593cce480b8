import { Link, useSearch } from '@tanstack/react-router';
import type { ComponentType, ReactNode } from 'react';
import { TabRow, tabLook } from '@/components/tab-row';
import { message } from '@/i18n/labels';
import { WithPanel } from '@/panel/with-panel';
import { m } from '@/paraglide/messages.js';
import { BacktestLine, BacktestPanel } from '@/rules/backtest';
import { ClockRules } from '@/rules/clocks';
import { countOf } from '@/rules/draft';
import { DraftBar } from '@/rules/draft-bar';
import { GateRules } from '@/rules/gate';
import { GoalRules } from '@/rules/goals';
import { OnboardingRules } from '@/rules/onboarding';
import { ReasonRules } from '@/rules/reasons';
import { RoutingRules } from '@/rules/routing';
import { StageRules } from '@/rules/stages';
import { type DraftHandle, useDraft } from '@/rules/use-draft';
import { Header } from '@/shell/header';

const TABS = ['gate', 'routing', 'stages', 'clocks', 'reasons', 'onboarding', 'goals'] as const;
type Tab = (typeof TABS)[number];

/** Kinds whose changes wait in the draft, by the tab that edits them. */
const DRAFTED: Partial<Record<Tab, string[]>> = {
  gate: ['criterion'],
  routing: ['routing_rule'],
};

function Tabs({ current, handle }: { current: Tab; handle: DraftHandle }) {
  return (
    <TabRow
      label={m.rules_tabs()}
      tabs={TABS}
      current={current}
      render={(tab) => (
        <Link
          to="/rules"
          search={{ view: tab }}
          replace
          aria-current={current === tab ? 'true' : undefined}
          className={tabLook(current === tab)}
        >
          {message(`rules_tab_${tab}`)}
          {DRAFTED[tab]?.some((kind) => handle.draft[kind] !== undefined) && (
            <span className="size-1.5 rounded-full bg-accent">
              <span className="sr-only">{m.rules_draft()}</span>
            </span>
          )}
        </Link>
      )}
    />
  );
}

/** Rules that are drafted, with what they would have done beside them; above them where there is no room. */
function Drafting({ handle, children }: { handle: DraftHandle; children: ReactNode }) {
  return (
    <>
      <DraftBar handle={handle} />
      <div className="@container min-h-0 flex-1">
        <div className="@max-4xl:block @max-4xl:overflow-y-auto flex h-full">
          <BacktestLine handle={handle} />
          <div className="@max-4xl:overflow-visible min-w-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
          <aside className="@max-4xl:w-auto @max-4xl:border-t @max-4xl:border-l-0 w-80 shrink-0 overflow-y-auto border-line border-l bg-canvas p-4">
            <BacktestPanel handle={handle} />
          </aside>
        </div>
      </div>
    </>
  );
}

/** Rules that are in force as soon as they are written. */
const AT_ONCE: Record<Exclude<Tab, 'gate' | 'routing'>, ComponentType> = {
  stages: StageRules,
  clocks: ClockRules,
  reasons: ReasonRules,
  onboarding: OnboardingRules,
  goals: GoalRules,
};

function content(tab: Tab, handle: DraftHandle): ReactNode {
  switch (tab) {
    case 'gate':
      return (
        <Drafting handle={handle}>
          <GateRules handle={handle} />
        </Drafting>
      );
    case 'routing':
      return (
        <Drafting handle={handle}>
          <RoutingRules handle={handle} />
        </Drafting>
      );
    default: {
      const Rules = AT_ONCE[tab];
      return (
        <div className="min-h-0 flex-1 overflow-y-auto">
          <div className="mx-auto flex max-w-[860px] flex-col gap-6 px-5 py-4">
            <Rules />
          </div>
        </div>
      );
    }
  }
}

/** How the process is run, edited in the window. */
export function RulesScreen() {
  const view = useSearch({ strict: false }).view;
  const tab = TABS.find((one) => one === view) ?? 'gate';
  const handle = useDraft();
  return (
    <WithPanel>
      <Header title={m.nav_rules()}>
        {countOf(handle.draft) > 0 && DRAFTED[tab] === undefined && (
          <span className="text-quiet text-small">{m.rules_draft_waits()}</span>
        )}
      </Header>
      <Tabs current={tab} handle={handle} />
      {content(tab, handle)}
    </WithPanel>
  );
}
