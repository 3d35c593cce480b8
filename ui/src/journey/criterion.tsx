import { Check, CircleHelp, X } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { CriterionAnswer } from '@/api/types';
import { MemberWord } from '@/components/badges';
import { cx } from '@/components/cx';
import { ago, day } from '@/i18n/format';
import { optionLabel } from '@/i18n/labels';
import { unquoted } from '@/i18n/quotes';
import { asSentence, remarkText } from '@/i18n/remarks';
import { ruleName } from '@/i18n/rule-names';
import { m } from '@/paraglide/messages.js';
import { isoDay } from '@/records/parse';
import { AnswerForm, type Verdict } from './answer-form';
import { useCriteria } from './criteria';

const MARKS = {
  yes: { icon: Check, look: 'bg-service-soft text-service' },
  no: { icon: X, look: 'bg-danger-soft text-danger' },
  unknown: { icon: CircleHelp, look: 'bg-warning-soft text-warning' },
};

const KEYS: Record<string, Verdict> = { y: 'yes', n: 'no', u: 'unknown' };

const verdictOf = (answer: CriterionAnswer): Verdict =>
  answer.verdict === 'yes' || answer.verdict === 'no' ? answer.verdict : 'unknown';

/** Why the answer is what it is: somebody's words with who and when, or what the rule found. */
function Why({ answer }: { answer: CriterionAnswer }) {
  const why = answer.why.map((one) => asSentence(remarkText(one, 'opportunity') ?? '')).join(' · ');
  if (answer.by !== 'hand')
    return <span className={cx('break-words', answer.stale && 'text-warning')}>{why}</span>;
  return (
    <span className="break-words">
      {answer.evidence !== '' && <q className="text-text">{unquoted(answer.evidence)}</q>}{' '}
      {answer.member !== null && <MemberWord id={answer.member.id} name={answer.member.title} />}
      {answer.member !== null && answer.at !== null && ', '}
      {answer.at !== null && ago(answer.at)}
    </span>
  );
}

/** Until when an answer by hand counts. */
function useFreshUntil({ by, at, criterion }: CriterionAnswer): string | null {
  const days = useCriteria().find((one) => one.id === criterion.id)?.fields.fresh_days;
  if (by !== 'hand' || at === null || typeof days !== 'number') return null;
  const given = new Date(at);
  return isoDay(new Date(given.getFullYear(), given.getMonth(), given.getDate() + days));
}

/** A question of the gate with its answer, answered in place. */
export function Criterion({
  lead,
  answer,
  family,
  open,
  onOpen,
}: {
  lead: string;
  answer: CriterionAnswer;
  family: string;
  open: boolean;
  onOpen: (open: boolean) => void;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const [first, setFirst] = useState<Verdict>('yes');
  const until = useFreshUntil(answer);
  const verdict = verdictOf(answer);
  const { icon: Icon, look } = MARKS[verdict];
  const lacks = answer.required && verdict !== 'yes';
  const start = (chosen: Verdict) => {
    setFirst(chosen);
    onOpen(true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = KEYS[event.key];
    if (chosen === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    start(chosen);
  };
  return (
    <li>
      <button
        ref={button}
        type="button"
        data-question
        aria-expanded={open}
        onClick={() => (open ? onOpen(false) : start(verdict === 'unknown' ? 'yes' : verdict))}
        onKeyDown={onKeyDown}
        className="flex w-full items-start gap-2 rounded-control px-2 py-1 text-left hover:bg-hover"
      >
        <span className={cx('mt-px flex size-4.5 shrink-0 items-center justify-center rounded-full', look)}>
          <Icon className="size-3" strokeWidth={3} aria-hidden />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-medium">{ruleName('criterion', answer.criterion)}</span>
            <span className="sr-only">{optionLabel('answer', 'verdict', verdict)}</span>
            <span className="text-quiet text-small">{family}</span>
            {answer.required && (
              <span className={cx('text-small', lacks ? 'font-medium text-danger' : 'text-quiet')}>
                {m.gate_required()}
              </span>
            )}
          </span>
          <span className="block text-quiet text-small">
            <Why answer={answer} />
            {until !== null && ` · ${m.gate_fresh_until({ day: day(until) })}`}
          </span>
        </span>
        {verdict === 'unknown' && (
          <span className="numeric shrink-0 pt-0.5 text-quiet text-small" title={m.gate_gain_hint()}>
            {m.gate_gain({ gain: answer.gain })}
          </span>
        )}
      </button>
      {open && (
        <AnswerForm
          lead={lead}
          answer={answer}
          first={first}
          className="mt-1 mr-2 mb-2 ml-8.5"
          onCancel={() => {
            onOpen(false);
            button.current?.focus();
          }}
        />
      )}
    </li>
  );
}
