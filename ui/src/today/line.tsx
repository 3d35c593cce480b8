import {
  CalendarClock,
  CalendarPlus,
  CircleHelp,
  GitMerge,
  Hourglass,
  Inbox,
  type LucideIcon,
  Moon,
  PackageCheck,
  PhoneOutgoing,
  RefreshCw,
  Reply,
  Send,
  SquareCheck,
  Sunrise,
  Waypoints,
} from 'lucide-react';
import { memo } from 'react';
import type { QueueItem } from '@/api/types';
import { StageBadge } from '@/components/badges';
import { cx } from '@/components/cx';
import { Keys } from '@/components/keys';
import { money } from '@/i18n/format';
import { message } from '@/i18n/labels';
import { reasons } from '@/i18n/remarks';
import { ClockLabel } from '@/journey/clock';
import { LineCell } from '@/worklist/line-cell';
import { LineTitle } from '@/worklist/line-title';
import { type Action, actionLabel, keyOf } from './actions';

const ICONS: Record<string, LucideIcon> = {
  settle: GitMerge,
  accept: Inbox,
  reroute: Waypoints,
  first_touch: PhoneOutgoing,
  returned: Reply,
  next_step: CalendarClock,
  plan: CalendarPlus,
  come_back: Sunrise,
  offer: Send,
  qualify: CircleHelp,
  onboard: PackageCheck,
  renew: RefreshCw,
  task: SquareCheck,
  rest: Hourglass,
  later: Moon,
};

/** With little room a cell is as wide as what stands in it: the rest is the reason's. */
const NARROW = '@max-4xl:w-auto @max-4xl:empty:hidden';

/** A line that has not been read yet. */
export const Unread = () => (
  <LineCell className="flex-1">
    <span aria-hidden className="block h-2 w-2/5 rounded-full bg-press" />
  </LineCell>
);

/** The cells of a line: what is to be done and why, how much time is left, and the action that comes next. */
export const Line = memo(function Line({
  item,
  index,
  next,
  current,
  onAct,
}: {
  item: QueueItem;
  /** Its place in the list. */
  index: number;
  next: Action | undefined;
  current: boolean;
  onAct: (item: QueueItem, index: number, action: Action) => void;
}) {
  const Icon = ICONS[item.what] ?? SquareCheck;
  const clock = item.clock !== null && <ClockLabel clock={item.clock} />;
  const why = reasons(item.why, 'opportunity');
  return (
    <>
      <LineCell className="flex min-w-0 flex-1 items-center gap-3">
        <Icon className="size-4 shrink-0 text-quiet" aria-hidden />
        <div className="min-w-0 flex-1">
          <div className="flex items-center gap-2">
            <div className="min-w-0 flex-1">
              <LineTitle title={item.title} account={item.account} />
            </div>
            {/* In the narrowest list the clock stands beside the title, and the reason has a whole line. */}
            <span className="@2xl:hidden flex shrink-0">{clock}</span>
          </div>
          <p className="truncate text-quiet text-small" title={why}>
            <span className="text-text">{message(`today_what_${item.what}`) ?? item.what}</span>
            {why !== '' && ` · ${why}`}
          </p>
        </div>
      </LineCell>
      <LineCell className="@max-4xl:hidden w-28 shrink-0 text-small">
        {item.stage !== '' && <StageBadge stage={item.stage} />}
      </LineCell>
      <LineCell className={cx(NARROW, 'numeric @max-2xl:hidden w-20 shrink-0 text-right text-small')}>
        {item.value !== null && money(item.value, item.currency === '' ? null : item.currency)}
      </LineCell>
      <LineCell className={cx(NARROW, '@max-2xl:hidden flex w-40 shrink-0 justify-end')}>{clock}</LineCell>
      <LineCell
        className={cx(
          NARROW,
          'flex w-40 shrink-0 justify-end @max-2xl:hidden',
          // There the cursor brings it; the reason needs the room.
          !current && '@max-3xl:hidden',
        )}
      >
        {next !== undefined && (
          <button
            type="button"
            tabIndex={-1}
            // The list keeps the focus.
            onMouseDown={(event) => event.preventDefault()}
            onClick={(event) => {
              event.stopPropagation();
              // The second click of two meets the line that came up in the place of this one.
              if (event.detail < 2) onAct(item, index, next);
            }}
            className={
              current
                ? 'inline-flex h-7 items-center gap-2 whitespace-nowrap rounded-control border border-edge bg-surface px-2 hover:bg-hover'
                : 'inline-flex h-7 items-center gap-2 whitespace-nowrap rounded-control px-2 text-quiet hover:bg-press hover:text-text'
            }
          >
            {actionLabel(next)}
            {current && <Keys keys={keyOf(next)} />}
          </button>
        )}
      </LineCell>
    </>
  );
});
