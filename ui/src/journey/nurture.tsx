import { CalendarClock, RotateCcw } from 'lucide-react';
import { sayDone, useEdit } from '@/api/actions';
import type { RecordInfo } from '@/api/types';
import { Button } from '@/components/button';
import { day, fromToday } from '@/i18n/format';
import { stageLabel } from '@/i18n/labels';
import { useRecordAction } from '@/palette/record-actions';
import { m } from '@/paraglide/messages.js';

/** Where a lead that rests is taken up again. */
const TAKEN_UP = 'engaged';

/** Takes up again what rested: it is worked from there on, and what said why and how long it rests is gone. */
export function useTakeUp() {
  const edit = useEdit();
  return ({ id, title }: { id: string; title: string }, onDone?: () => void) =>
    edit.mutate({
      kind: 'opportunity',
      ids: [id],
      fields: { stage: TAKEN_UP, return_on: null, exit_reason: null },
      onWritten: (change) => {
        sayDone(m.said_taken_up({ title }), change);
        onDone?.();
      },
    });
}

/** When a nurtured lead comes back, or that it is back, and taking it up again. */
export function Nurture({ record, isBack }: { record: RecordInfo; isBack: boolean }) {
  const takeUp = useTakeUp();
  const { return_on: on } = record.fields;
  const run = () => takeUp(record);
  useRecordAction({ id: 'take_up', label: m.action_take_up(), icon: RotateCcw, run });
  return (
    <section
      aria-label={stageLabel('nurture')}
      className="flex items-center gap-2 border-line border-t px-4 py-3"
    >
      <CalendarClock className="size-4 shrink-0 text-quiet" aria-hidden />
      <span className="min-w-0 flex-1">
        {typeof on !== 'string'
          ? m.nurture_no_day()
          : isBack
            ? m.nurture_is_back({ day: day(on) })
            : m.nurture_comes_back({ day: day(on), when: fromToday(on) })}
      </span>
      <Button look={isBack ? 'primary' : 'secondary'} onClick={run}>
        {m.action_take_up()}
      </Button>
    </section>
  );
}
