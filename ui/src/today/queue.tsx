import { ChevronDown, ChevronRight } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { QueueItem, Today } from '@/api/types';
import { number } from '@/i18n/format';
import { message } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { useKept } from '@/state/preferences';
import { LineCell } from '@/worklist/line-cell';
import { layOut, type Section } from '@/worklist/sections';
import type { Range, WorkRows } from '@/worklist/use-paged';
import { useStable } from '@/worklist/use-stable';
import { useWork } from '@/worklist/use-work';
import { WorkList } from '@/worklist/work-list';
import { type Action, actionFor, actionsOf } from './actions';
import { Dialogs } from './dialogs';
import { KeyHints } from './key-hints';
import { Line, Unread } from './line';
import { LineActions } from './line-actions';
import { useAct } from './use-act';

/** How the engine groups a queue, most urgent first. What is for later is folded while something else is to be done. */
function sectionsOf(today: Today, showLater: boolean | null): Section[] {
  const due = today.overdue + today.due + today.soon;
  return [
    { name: 'overdue', count: today.overdue },
    { name: 'today', count: today.due },
    { name: 'soon', count: today.soon },
    { name: 'later', count: today.total - due, folded: !(showLater ?? due === 0) },
  ];
}

/** A member's queue, worked through line by line. */
export function Queue({
  today,
  rows,
  own,
  onRange,
}: {
  today: Today;
  rows: WorkRows<QueueItem>;
  /** It is the queue of who looks. */
  own: boolean;
  onRange: (range: Range) => void;
}) {
  const [showLater, setShowLater] = useKept<boolean | null>('today_later', null);
  const sections = sectionsOf(today, showLater);
  const later = sections.at(-1);
  const work = useWork(layOut(sections).items, rows);
  const { asking, perform, stopAsking } = useAct(work.goOn);
  const { current } = work;
  const actions = current === undefined ? [] : actionsOf(current, own);

  const onAct = useStable((item: QueueItem, index: number, action: Action) => {
    work.move(index);
    perform(item, action);
  });

  const onCurrent = (action: Action) => current !== undefined && perform(current, action);

  const onKey = (event: KeyboardEvent): boolean => {
    if (event.key === 'ArrowRight') setShowLater(true);
    else if (event.key === 'ArrowLeft') setShowLater(false);
    else {
      const action = event.shiftKey ? undefined : actionFor(event.key, actions);
      if (current === undefined || action === undefined) return false;
      perform(current, action);
    }
    return true;
  };
  return (
    <>
      <WorkList
        label={m.nav_today()}
        sections={sections}
        at={work.at}
        scroller={work.scroller}
        onMove={work.move}
        onRange={onRange}
        onKey={onKey}
        onOpen={work.open}
        renderHeading={(section) => (
          <Heading section={section} onFold={section === later ? setShowLater : undefined} />
        )}
        renderLine={(index, isCurrent) => {
          const item = rows.at(index);
          if (item === undefined) return <Unread />;
          const [next] = actionsOf(item, own);
          return <Line item={item} index={index} next={next} current={isCurrent} onAct={onAct} />;
        }}
      />
      <KeyHints actions={actions} onAct={onCurrent} />
      {/* The panel offers more about the record it shows. */}
      {!work.isOpen && <LineActions key={current?.id} actions={actions} onAct={onCurrent} />}
      <Dialogs asking={asking} onClose={stopAsking} onDone={work.goOn} />
    </>
  );
}

function Heading({ section, onFold }: { section: Section; onFold: ((open: boolean) => void) | undefined }) {
  const words = (
    <>
      <span className={section.name === 'overdue' ? 'text-danger' : undefined}>
        {message(`today_${section.name}`)}
      </span>
      <span className="numeric">{number(section.count)}</span>
    </>
  );
  return (
    <LineCell className="caps flex h-full items-end gap-1.5 px-4 pb-1">
      {onFold === undefined ? (
        words
      ) : (
        <button
          type="button"
          tabIndex={-1}
          aria-expanded={!section.folded}
          onClick={() => onFold(section.folded === true)}
          className="inline-flex items-center gap-1.5 rounded-mark hover:text-text"
        >
          {words}
          {section.folded ? (
            <ChevronRight className="size-3" aria-hidden />
          ) : (
            <ChevronDown className="size-3" aria-hidden />
          )}
        </button>
      )}
    </LineCell>
  );
}
