import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useRouter } from '@tanstack/react-router';
import { ArrowLeft, NotebookPen, Printer } from 'lucide-react';
import { useEffect, useState } from 'react';
import { briefQuery } from '@/api/journey';
import type { Brief } from '@/api/types';
import { Happened } from '@/brief/happened';
import { BriefHead } from '@/brief/head';
import { Lessons } from '@/brief/lessons';
import { RecordLink } from '@/brief/record-link';
import { Part } from '@/brief/section';
import { Tasks } from '@/brief/tasks';
import { Unknown } from '@/brief/unknown';
import { usePrint } from '@/brief/use-print';
import { Who } from '@/brief/who';
import { Button, IconButton, RoomyLabel } from '@/components/button';
import { EmptyState } from '@/components/empty-state';
import { ContactDialog } from '@/contact/contact-dialog';
import { WarningList } from '@/contact/warnings';
import { asSentence, remarkText } from '@/i18n/remarks';
import { StepDialog } from '@/journey/step-dialog';
import { useShortcut } from '@/keys/use-shortcut';
import { m } from '@/paraglide/messages.js';
import { Header } from '@/shell/header';
import { failureText } from '@/state/toasts';
import { useWindow } from '@/state/window';

function Pages({ brief }: { brief: Brief }) {
  if (brief.pages.length === 0) return null;
  return (
    <Part title={m.brief_pages()}>
      <ul>
        {brief.pages.map((page) => (
          <li key={page.id} className="truncate">
            <RecordLink to={page} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Sheet({ brief }: { brief: Brief }) {
  return (
    <div className="printed @container min-h-0 flex-1 overflow-y-auto">
      <article
        aria-label={brief.opportunity.title}
        className="mx-auto flex max-w-6xl flex-col gap-4 px-6 py-4"
      >
        <BriefHead brief={brief} />
        <WarningList warnings={brief.warnings} />
        {brief.settlement !== null && (
          <p className="rounded-control bg-warning-soft px-3 py-2">
            {asSentence(remarkText(brief.settlement.why) ?? '')}
          </p>
        )}
        <div className="grid items-start gap-x-8 gap-y-5 @2xl:grid-cols-2 @5xl:grid-cols-3">
          <div className="flex flex-col gap-5">
            <Who brief={brief} />
            <Pages brief={brief} />
          </div>
          <div className="flex flex-col gap-5">
            <Unknown brief={brief} />
            <Tasks title={m.brief_promised()} tasks={brief.promises} none={m.brief_nothing_promised()} />
            <Tasks title={m.brief_risks()} tasks={brief.risks} />
            <Tasks title={m.brief_tasks()} tasks={brief.tasks} />
            <Lessons brief={brief} />
          </div>
          <div className="@2xl:@max-5xl:col-span-2">
            <Happened activities={brief.happened} />
          </div>
        </div>
      </article>
    </div>
  );
}

/** Everything to know before the next contact, on one page; all of it is on this machine. */
export function BriefScreen() {
  const { id } = useParams({ from: '/brief/$id' });
  const { data: brief, error } = useQuery(briefQuery(id));
  const router = useRouter();
  const navigate = useNavigate();
  const print = usePrint();
  const [asking, setAsking] = useState<'log' | 'step' | null>(null);
  const back = () => {
    if (router.history.canGoBack()) router.history.back();
    else void navigate({ to: '/record/$id', params: { id }, search: {} });
  };
  useShortcut('close_panel', back);
  useShortcut('full_page', () => void navigate({ to: '/record/$id', params: { id }, search: {} }));
  useShortcut('log_note', () => setAsking('log'));
  useShortcut('set_step', () => setAsking('step'));
  const title = brief?.opportunity.title ?? '';
  useEffect(() => {
    useWindow.setState({ focus: { kind: 'opportunity', record: { id, title }, selected: [] } });
    return () => useWindow.setState({ focus: null });
  }, [id, title]);
  const dialog = { id, title, onClose: () => setAsking(null), onDone: () => setAsking(null) };
  return (
    <>
      <Header
        title={m.brief_title()}
        actions={
          <>
            <Button
              look="primary"
              icon={<NotebookPen className="size-3.5" aria-hidden />}
              onClick={() => setAsking('log')}
            >
              <RoomyLabel>{m.key_log_note()}</RoomyLabel>
            </Button>
            <Button icon={<Printer className="size-3.5" aria-hidden />} onClick={print}>
              <RoomyLabel>{m.brief_print()}</RoomyLabel>
            </Button>
            <IconButton
              label={m.action_back()}
              shortcut="close_panel"
              icon={<ArrowLeft className="size-4" />}
              onClick={back}
            />
          </>
        }
      />
      {error !== null && <EmptyState title={failureText(error)} />}
      {brief !== undefined && <Sheet brief={brief} />}
      {asking === 'log' && <ContactDialog {...dialog} />}
      {asking === 'step' && <StepDialog {...dialog} />}
    </>
  );
}
