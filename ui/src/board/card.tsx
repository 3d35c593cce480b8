import { useDraggable } from '@dnd-kit/react';
import { memo, useEffect, useRef } from 'react';
import type { RecordInfo } from '@/api/types';
import { Avatar } from '@/components/badges';
import { cx } from '@/components/cx';
import { day, money } from '@/i18n/format';
import { NextStep } from '@/panel/key-line';
import { m } from '@/paraglide/messages.js';
import { isLink } from '@/records/value';
import { CardMark } from './card-mark';

/** The three lines of a card: name and account; value and close date; owner, next step, warnings. */
export function CardFace({ record, open }: { record: RecordInfo; open: boolean }) {
  const { account, value, currency, close_date, owner } = record.fields;
  return (
    <>
      <span className="flex items-center gap-1.5">
        {/* The account is named where there is room for more of it than a letter or two: else it wraps out of sight. */}
        <span className="flex h-5 min-w-0 flex-1 flex-wrap gap-x-1.5 overflow-hidden">
          <span className="max-w-full truncate font-medium">{record.title}</span>
          {isLink(account) && !record.title.includes(account.title) && (
            <span className="min-w-20 flex-1 truncate text-quiet">{account.title}</span>
          )}
        </span>
        <CardMark record={record} />
      </span>
      <span className="numeric flex items-center gap-2 text-small">
        <span className="font-medium">
          {typeof value === 'number' ? money(value, typeof currency === 'string' ? currency : null) : ''}
        </span>
        <span className="ml-auto text-quiet">{typeof close_date === 'string' ? day(close_date) : ''}</span>
      </span>
      <span className="flex min-w-0 items-center gap-1.5 text-small">
        {isLink(owner) ? (
          <>
            <Avatar id={owner.id} name={owner.title} size={16} />
            <span className="min-w-0 truncate text-quiet">{owner.title}</span>
          </>
        ) : (
          <span className="truncate text-warning">{m.label_no_owner()}</span>
        )}
        <span className="ml-auto flex shrink-0">
          {open && record.fields.next_step_date === undefined && record.fields.next_step === undefined ? (
            <span className="text-quiet">{m.label_no_step_short()}</span>
          ) : (
            <NextStep record={record} terse />
          )}
        </span>
      </span>
    </>
  );
}

export const CARD_LOOK =
  'flex h-[76px] flex-col justify-between rounded-control bg-surface px-2.5 py-2 text-left shadow-card';

interface CardProps {
  record: RecordInfo;
  stage: string;
  index: number;
  /** It still wants a next step. */
  open: boolean;
  active: boolean;
  hasFocus: boolean;
  lifted: boolean;
  shown: boolean;
  onOpen: (stage: string, index: number) => void;
}

export const Card = memo(function Card(props: CardProps) {
  const { record, stage, index, active, hasFocus, lifted, shown } = props;
  const { ref, isDragging } = useDraggable({ id: record.id, data: { record, stage } });
  const element = useRef<HTMLDivElement | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what opens beside the board takes room from it, and the board goes along with a card that is carried
  useEffect(() => {
    if (active && hasFocus) {
      element.current?.focus({ preventScroll: true });
      element.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }, [active, hasFocus, shown, lifted]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button element cannot be dragged in every webview
    // biome-ignore lint/a11y/useKeyWithClickEvents: the board answers the keyboard for all its cards
    <div
      ref={(node) => {
        element.current = node;
        ref(node);
      }}
      role="button"
      tabIndex={active ? 0 : -1}
      aria-roledescription={m.label_card()}
      aria-describedby="board-keys"
      aria-pressed={lifted}
      data-card={`${stage}/${index}`}
      onClick={() => props.onOpen(stage, index)}
      className={cx(
        CARD_LOOK,
        'touch-none hover:bg-hover',
        shown && 'outline-2 outline-accent',
        (isDragging || lifted) && 'opacity-50',
      )}
    >
      <CardFace record={record} open={props.open} />
    </div>
  );
});
