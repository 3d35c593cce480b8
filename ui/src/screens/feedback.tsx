import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { MessageSquareReply } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Answered, feedbackQuery } from '@/api/journey';
import type { Feedback } from '@/api/types';
import { EmptyState } from '@/components/empty-state';
import { TabRow, tabLook } from '@/components/tab-row';
import { CriteriaTable } from '@/feedback/criteria';
import { ReturnedLeads } from '@/feedback/returned';
import { CampaignTable, SourceTable } from '@/feedback/rows';
import { number } from '@/i18n/format';
import { message } from '@/i18n/labels';
import { FiguresOf } from '@/numbers/figure-link';
import { PastBanner, PeriodControls, spanWords } from '@/numbers/period-controls';
import { stretchOf, useStretch } from '@/numbers/period-state';
import { WithPanel } from '@/panel/with-panel';
import { m } from '@/paraglide/messages.js';
import { Header } from '@/shell/header';
import { failureText } from '@/state/toasts';

const TABS = ['campaigns', 'sources', 'criteria', 'returned'] as const;
type Tab = (typeof TABS)[number];

function Tabs({ current, data }: { current: Tab; data: Feedback | undefined }) {
  return (
    <TabRow
      label={m.feedback_tabs()}
      tabs={TABS}
      current={current}
      render={(tab) => (
        <Link
          to="/feedback"
          search={{ view: tab }}
          replace
          aria-current={current === tab ? 'true' : undefined}
          className={tabLook(current === tab)}
        >
          {message(`feedback_tab_${tab}`)}
          {tab === 'returned' && data !== undefined && data.returned_leads.count > 0 && (
            <span className="numeric text-quiet text-small">{number(data.returned_leads.count)}</span>
          )}
        </Link>
      )}
    />
  );
}

/** What a tab shows, and whether there is anything of it. */
function contentOf(tab: Tab, data: Answered<Feedback>): ReactNode | null {
  const someLeads = (rows: Feedback['campaigns']) => rows.some(({ leads }) => leads.count > 0);
  switch (tab) {
    case 'campaigns':
      return someLeads(data.campaigns) ? <CampaignTable rows={data.campaigns} /> : null;
    case 'sources':
      return someLeads(data.sources) ? <SourceTable rows={data.sources} /> : null;
    case 'criteria':
      return data.criteria.some(({ said_yes, contradicted }) => said_yes.count + contradicted.count > 0) ? (
        <CriteriaTable rows={data.criteria} />
      ) : null;
    case 'returned':
      return data.returned_leads.count > 0 ? (
        <ReturnedLeads of={stretchOf(data)} all={data.returned_leads} />
      ) : null;
  }
}

/** What became of marketing's leads, and which rule was wrong about them. */
export function FeedbackScreen() {
  const view = useSearch({ strict: false }).view;
  const tab = TABS.find((one) => one === view) ?? 'campaigns';
  const stretch = useStretch();
  const { data, error, isPlaceholderData } = useQuery(feedbackQuery(stretch));
  // What is shown may still be that of the period before: it is named so, and its numbers open what they counted.
  const shown = data === undefined ? null : stretchOf(data);
  const content = data === undefined ? null : contentOf(tab, data);
  return (
    <WithPanel>
      <Header title={m.nav_feedback()} actions={<PeriodControls />}>
        <span className="numeric @max-md:hidden truncate text-quiet text-small">
          {spanWords(shown ?? stretch)}
        </span>
      </Header>
      <PastBanner asOf={shown?.as_of ?? null} />
      <Tabs current={tab} data={data} />
      {data === undefined && error !== null && (
        <EmptyState title={failureText(error)}>{error.message}</EmptyState>
      )}
      {data !== undefined && content === null && (
        <EmptyState
          icon={<MessageSquareReply className="size-5" />}
          title={message(`feedback_empty_${tab}`) ?? ''}
        >
          {message(`feedback_empty_${tab}_lead`)}
        </EmptyState>
      )}
      {shown !== null && content !== null && (
        <FiguresOf value={shown}>
          <div className="min-h-0 flex-1 overflow-y-auto px-6 py-4" aria-busy={isPlaceholderData}>
            <p className="mb-3 max-w-[80ch] text-quiet">{message(`feedback_lead_${tab}`)}</p>
            {content}
          </div>
        </FiguresOf>
      )}
    </WithPanel>
  );
}
