import { useInfiniteQuery } from '@tanstack/react-query';
import {
  Activity,
  CalendarDays,
  FileInput,
  Globe,
  Mail,
  MessageSquare,
  Phone,
  RotateCcw,
  SquareCheck,
  StickyNote,
} from 'lucide-react';
import { undoChange } from '@/api/actions';
import { useIsAgent } from '@/api/members';
import { useStatus } from '@/api/queries';
import { rpc } from '@/api/rpc';
import { useKind } from '@/api/schema';
import type { KindInfo, RecordInfo, TimelineEntry } from '@/api/types';
import { AgentNote, Avatar } from '@/components/badges';
import { Button } from '@/components/button';
import { cx } from '@/components/cx';
import { dayHeading, time } from '@/i18n/format';
import { message, optionLabel } from '@/i18n/labels';
import { formatLocale } from '@/i18n/locale';
import { quoted } from '@/i18n/quotes';
import { HANDOVERS } from '@/i18n/sentences';
import { m } from '@/paraglide/messages.js';
import { changeSentence } from './change-sentence';
import { foldTimeline, netFields, type Told } from './fold';
import { Hands } from './hands';
import { storyClauses, useStoryNames } from './story-sentence';

const ICONS: Record<string, typeof Activity> = {
  note: StickyNote,
  call: Phone,
  email: Mail,
  meeting: CalendarDays,
  form: FileInput,
  visit: Globe,
  message: MessageSquare,
  task: SquareCheck,
};

const ROW = 'group relative grid grid-cols-[24px_minmax(0,1fr)_auto] items-start gap-x-2 py-1.5';

function ActivityEntry({ activity, at }: { activity: RecordInfo; at: string }) {
  const type = String(activity.fields.type ?? '');
  const Icon = ICONS[type] ?? Activity;
  const { body } = activity.fields;
  return (
    <li className={ROW}>
      <span className="flex size-6 items-center justify-center rounded-full bg-accent-soft text-accent">
        <Icon className="size-3.5" aria-hidden />
      </span>
      <div className="min-w-0 pt-0.5">
        <p className="selectable break-words">
          <span className="font-medium">{activity.title || optionLabel('activity', 'type', type)}</span>{' '}
          <span className="text-quiet text-small">
            <Hands activity={activity} />
          </span>
        </p>
        {typeof body === 'string' && (
          <p className="selectable mt-0.5 line-clamp-4 whitespace-pre-wrap break-words text-quiet">{body}</p>
        )}
      </div>
      <time dateTime={at} className="numeric pt-1 text-quiet text-small">
        {time(at)}
      </time>
    </li>
  );
}

const TAKES_BACK = new Set(['undo', 'redo']);

/** What was done, as the end of a sentence: what was decided, answered and promised, and the record's own fields. */
function useWhat(told: Told, record: string, kind: KindInfo, currency: string | undefined): string {
  const names = useStoryNames();
  const action = told.changes[0]?.change?.action ?? '';
  const net = netFields(told.changes);
  const own = net.filter((one) => one.record.id === record);
  const story = storyClauses(
    net.filter((one) => one.record.id !== record),
    names,
  );
  const plain = message(`did_action_${action}`);
  if (story.length === 0 || TAKES_BACK.has(action)) return plain ?? changeSentence(kind, own, currency);
  // Of what passes between the teams, the fields that are set with it go without saying.
  const fields = own.length === 0 || HANDOVERS.has(action) ? [] : [changeSentence(kind, own, currency)];
  return new Intl.ListFormat(formatLocale(), { type: 'conjunction' }).format([...fields, ...story]);
}

function ChangeEntry({
  told,
  record,
  kind,
  currency,
  shared,
}: {
  told: Told;
  record: string;
  kind: KindInfo;
  currency: string | undefined;
  shared: boolean;
}) {
  const what = useWhat(told, record, kind, currency);
  const [latest] = told.changes;
  const change = latest?.change;
  const isAgent = useIsAgent(change?.by.id) || change?.via === 'agent';
  if (latest === undefined || change === null || change === undefined) return null;
  const undone = change.undone_by !== null;
  const undo = async () => {
    for (const one of told.changes) if (one.change !== null) await undoChange(one.change.change);
  };
  return (
    <li className={ROW}>
      <span className="flex size-6 items-center justify-center">
        <Avatar name={change.by.title} agent={isAgent} />
      </span>
      <div className="min-w-0 pt-0.5">
        <p className={cx('selectable break-words text-quiet', undone && 'line-through')}>
          <span className={cx('font-medium', isAgent ? 'text-agent' : 'text-text')}>
            {change.by.title}
            <AgentNote agent={isAgent} />
          </span>{' '}
          {what}
        </p>
        {change.reason !== null && (
          <p className="selectable break-words text-quiet text-small">{quoted(change.reason)}</p>
        )}
        {(undone || (shared && change.waiting)) && (
          <p className="text-quiet text-small">{undone ? m.label_undone() : m.label_waiting_to_sync()}</p>
        )}
      </div>
      <span className="relative flex items-center">
        <time dateTime={told.at} className="numeric pt-1 text-quiet text-small">
          {time(told.at)}
        </time>
        {!undone && (
          <Button
            look="secondary"
            className="-top-0.5 absolute right-0 h-6 bg-surface px-1.5 text-small opacity-0 focus-visible:opacity-100 group-hover:opacity-100"
            icon={<RotateCcw className="size-3" aria-hidden />}
            onClick={() => void undo()}
          >
            {m.action_undo()}
          </Button>
        )}
      </span>
    </li>
  );
}

/** What happened and what was changed, in one stream by day. */
export function Timeline({ record }: { record: RecordInfo }) {
  const kind = useKind(record.kind);
  // Nothing waits where nobody is there to send it to.
  const shared = useStatus()?.relay != null;
  const { data, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['timeline', record.id],
    queryFn: ({ pageParam }) => rpc('timeline', { id: record.id, before: pageParam, limit: 50 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.more ? (page.entries.at(-1)?.at ?? null) : null),
  });
  const entries: TimelineEntry[] = data?.pages.flatMap((page) => page.entries) ?? [];
  if (kind === undefined) return null;
  return (
    <section aria-label={m.label_timeline()} className="px-4 py-3">
      {foldTimeline(entries).map((day) => (
        <section key={day.day} className="pb-1">
          <h3 className="caps pt-2 pb-1">{dayHeading(`${day.day}T12:00:00`)}</h3>
          <ol>
            {day.entries.map((told) =>
              told.activity !== null ? (
                <ActivityEntry key={told.key} activity={told.activity} at={told.at} />
              ) : (
                <ChangeEntry
                  key={told.key}
                  told={told}
                  record={record.id}
                  kind={kind}
                  currency={record.fields.currency as string | undefined}
                  shared={shared}
                />
              ),
            )}
          </ol>
        </section>
      ))}
      {hasNextPage && (
        <Button look="ghost" className="text-quiet" onClick={() => void fetchNextPage()}>
          {m.action_earlier()}
        </Button>
      )}
    </section>
  );
}
