import { ChevronRight, RotateCcw } from 'lucide-react';
import { undoChange } from '@/api/actions';
import { useIsAgent } from '@/api/members';
import type { ChangeInfo } from '@/api/types';
import { AgentNote, Avatar } from '@/components/badges';
import { Button } from '@/components/button';
import { cx } from '@/components/cx';
import { time } from '@/i18n/format';
import { message } from '@/i18n/labels';
import { quoted } from '@/i18n/quotes';
import { m } from '@/paraglide/messages.js';
import { ChangeDetail } from './change-detail';
import { Sentence } from './sentence';

/** What began a workspace or brought somebody in is not taken back. */
const LASTING = new Set(['start', 'join', 'field']);

async function undoAll(changes: ChangeInfo[]): Promise<void> {
  for (const change of changes) if (change.undone_by === null) await undoChange(change.change);
}

/** What somebody did at one time for one reason. */
export function Entry({
  changes,
  open,
  shared,
  onToggle,
}: {
  changes: ChangeInfo[];
  open: boolean;
  /** There is a relay that changes may wait for. */
  shared: boolean;
  onToggle: () => void;
}) {
  const [change] = changes;
  const isAgent = useIsAgent(change?.by.id);
  if (change === undefined) return null;
  const agent = change.via === 'agent' || isAgent;
  const undone = change.undone_by !== null;
  const notes = [
    change.via === 'desktop' || agent ? null : (message(`via_${change.via}_short`) ?? change.via),
    changes.length > 1 ? m.history_steps({ count: changes.length }) : null,
    undone ? m.history_undone() : null,
    shared && change.waiting ? m.history_waiting() : null,
  ].filter((note) => note !== null);
  return (
    <div>
      <div className="group -mx-2 flex min-h-9 items-center gap-2 rounded-control px-2 hover:bg-hover">
        <button
          type="button"
          data-entry
          aria-expanded={open}
          aria-label={m.history_details({ who: change.by.title, at: time(change.at) })}
          onClick={onToggle}
          className="flex size-6 shrink-0 items-center justify-center rounded-control text-quiet hover:text-text"
        >
          <ChevronRight className={cx('size-3.5 transition-transform', open && 'rotate-90')} aria-hidden />
        </button>
        <Avatar name={change.by.title} agent={agent} size={20} />
        <p className="min-w-0 flex-1 truncate py-1 text-quiet">
          <span className={cx('font-medium', agent ? 'text-agent' : 'text-text')}>
            {change.by.title}
            <AgentNote agent={agent} />
          </span>{' '}
          <span className={cx(undone && 'line-through')}>
            <Sentence change={change} />
          </span>
          {change.reason !== null && change.action !== 'import' && (
            <span className="text-small"> {quoted(change.reason)}</span>
          )}
        </p>
        {notes.map((note) => (
          <span key={note} className="shrink-0 rounded-mark bg-sunken px-1.5 text-quiet text-small">
            {note}
          </span>
        ))}
        <span className="relative flex w-24 shrink-0 items-center justify-end">
          <time dateTime={change.at} className="numeric text-quiet text-small">
            {time(change.at)}
          </time>
          {!undone && !LASTING.has(change.action) && (
            <Button
              className="absolute right-0 h-6 bg-surface px-1.5 text-small opacity-0 focus-visible:opacity-100 group-hover:opacity-100"
              icon={<RotateCcw className="size-3" aria-hidden />}
              onClick={() => void undoAll(changes)}
            >
              {m.action_undo()}
            </Button>
          )}
        </span>
      </div>
      {open && changes.map((one) => <ChangeDetail key={one.change} change={one} several={false} />)}
    </div>
  );
}
