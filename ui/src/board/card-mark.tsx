import { useQuery } from '@tanstack/react-query';
import { AlarmClock, CircleAlert, Clock, type LucideIcon, RotateCcw } from 'lucide-react';
import { marksQuery } from '@/api/journey';
import type { ClockInfo, Marks, RecordInfo } from '@/api/types';
import { ConflictMark } from '@/components/badges';
import { cx } from '@/components/cx';
import { WithTooltip } from '@/components/tooltip';
import { message } from '@/i18n/labels';
import { asSentence, remarkText } from '@/i18n/remarks';
import { clockText } from '@/journey/clock';
import { useWorkingDay } from '@/journey/working-day';
import { m } from '@/paraglide/messages.js';

export interface Mark {
  kind: 'claims' | 'overdue' | 'back' | 'forgotten' | 'soon' | 'conflict';
  /** What it means, for the tooltip and for those who do not see it. */
  words: string;
}

const LOOKS: Record<Exclude<Mark['kind'], 'claims' | 'conflict'>, { icon: LucideIcon; look: string }> = {
  overdue: { icon: AlarmClock, look: 'text-danger' },
  back: { icon: RotateCcw, look: 'text-marketing' },
  forgotten: { icon: CircleAlert, look: 'text-warning' },
  soon: { icon: Clock, look: 'text-warning' },
};

/** Clocks between the teams; a next step that is due says so on its own line. */
const BETWEEN = new Set(['accept', 'first_touch']);

const ofClock = (clock: ClockInfo, workingDay: number): string =>
  [message(`clock_kind_${clock.kind}`), clockText(clock, workingDay)].filter(Boolean).join(': ');

/** The one mark a card gets: what calls loudest. `workingDay` is how many minutes a working day has. */
export function loudest(marks: Marks | null, hasConflict: boolean, workingDay: number): Mark | null {
  const claims = marks?.claimed_by ?? [];
  if (claims.length > 1)
    return { kind: 'claims', words: m.mark_claims({ members: claims.map(({ title }) => title).join(', ') }) };
  if (hasConflict) return { kind: 'conflict', words: asSentence(m.label_has_conflict()) };
  if (marks === null) return null;
  const between = marks.clocks.filter((clock) => BETWEEN.has(clock.kind));
  const overdue = between.find((clock) => clock.state === 'overdue');
  if (overdue !== undefined) return { kind: 'overdue', words: ofClock(overdue, workingDay) };
  if (marks.is_back) return { kind: 'back', words: m.mark_back() };
  if (marks.forgotten.length > 0) {
    const why = marks.forgotten.map((one) => asSentence(remarkText(one, 'opportunity') ?? ''));
    return { kind: 'forgotten', words: m.mark_forgotten({ why: why.join(' · ') }) };
  }
  const soon = between.find((clock) => clock.state === 'due_soon');
  return soon === undefined ? null : { kind: 'soon', words: ofClock(soon, workingDay) };
}

/** What calls for attention on a card, as one mark with its words. */
export function CardMark({ record }: { record: RecordInfo }) {
  const { data: marks = null } = useQuery(marksQuery(record.id));
  const workingDay = useWorkingDay();
  const mark = loudest(marks, Object.keys(record.conflicts).length > 0, workingDay);
  if (mark === null) return null;
  const drawn = mark.kind === 'claims' || mark.kind === 'conflict' ? null : LOOKS[mark.kind];
  return (
    <WithTooltip label={mark.words} side="top">
      <span className={cx('shrink-0', drawn?.look)} data-mark={mark.kind}>
        {drawn === null ? <ConflictMark /> : <drawn.icon className="size-3.5" aria-hidden />}
        <span className="sr-only">{mark.words}</span>
      </span>
    </WithTooltip>
  );
}
