import { Check, ChevronDown } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import type { GateInfo } from '@/api/types';
import { cx } from '@/components/cx';
import { message } from '@/i18n/labels';
import { questionText } from '@/i18n/rule-names';
import { m } from '@/paraglide/messages.js';
import { Criterion } from './criterion';
import { Section } from './section';

/** A share of what is needed: a bar, the mark it must reach, the figures. */
function Measure({ label, value, least }: { label: string; value: number; least: number }) {
  const enough = value >= least;
  return (
    <div className="flex items-center gap-3">
      <span className="w-24 shrink-0 text-quiet">{label}</span>
      <span className="relative h-1.5 flex-1 rounded-full bg-press" aria-hidden>
        <span
          className={cx(
            'absolute inset-y-0 left-0 rounded-full transition-[width]',
            enough ? 'bg-service' : 'bg-accent',
          )}
          style={{ width: `${value}%` }}
        />
        <span className="absolute -inset-y-1 w-0.5 rounded-full bg-text" style={{ left: `${least}%` }} />
      </span>
      <span className={cx('numeric w-20 shrink-0 text-right', enough ? 'text-text' : 'text-quiet')}>
        <span className="font-semibold">{value}</span>
        <span className="text-quiet"> {m.gate_of_least({ least })}</span>
      </span>
    </div>
  );
}

/** The one question whose answer would change most. */
function Next({ gate, onAnswer }: { gate: GateInfo; onAnswer: (criterion: string) => void }) {
  if (gate.passes || gate.next === null) return null;
  const { criterion, question, gain } = gate.next;
  return (
    <button
      type="button"
      onClick={() => onAnswer(criterion.id)}
      className="mt-2.5 flex w-full items-baseline gap-2 rounded-control bg-accent-soft px-2.5 py-1.5 text-left hover:outline-1 hover:outline-accent"
    >
      <span className="shrink-0 font-medium text-accent">{m.gate_ask_next()}</span>
      <span className="min-w-0 flex-1">{questionText(criterion.key, question)}</span>
      <span className="numeric shrink-0 text-small" title={m.gate_gain_hint()}>
        {m.gate_gain({ gain })}
      </span>
    </button>
  );
}

/** How much is missing until it passes, counted; each question below says what it lacks. */
function Missing({ gate }: { gate: GateInfo }) {
  const required = gate.criteria.filter((one) => one.required && one.verdict !== 'yes').length;
  if (gate.passes)
    return (
      <p className="mt-2 flex items-center gap-1.5 text-service">
        <Check className="size-3.5" strokeWidth={3} aria-hidden />
        {m.gate_passes()}
      </p>
    );
  const lacks = [
    gate.score < gate.score_min ? m.gate_lacks_score({ count: gate.score_min - gate.score }) : null,
    gate.confidence < gate.confidence_min ? m.gate_lacks_known() : null,
    required > 0 ? m.gate_lacks_required({ count: required }) : null,
  ].filter((one) => one !== null);
  return <p className="mt-2 text-quiet">{m.gate_missing({ what: lacks.join(' · ') })}</p>;
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** Arrows go from question to question. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  const questions = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-question]')];
  const at = questions.indexOf(event.target as HTMLElement);
  const next = step === undefined || at < 0 ? undefined : questions[at + step];
  if (next === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}

/**
 * Whether a lead is ready for sales: how far it is, what is missing, what to ask next, and every question with its answer, why
 * it is that, and a way to answer it in place.
 */
export function Gate({ gate, folded }: { gate: GateInfo; folded: boolean }) {
  const [open, setOpen] = useState(!folded);
  const [answering, setAnswering] = useState<string | null>(null);
  const family = (name: string) => message(`option_criterion_family_${name}`) ?? name;
  return (
    <Section
      title={m.gate_title()}
      note={
        <>
          {!open && m.gate_score_of({ score: gate.score })}{' '}
          {gate.overrides > 0 && (
            <span className="text-warning">{m.gate_overridden({ count: gate.overrides })}</span>
          )}
        </>
      }
      action={
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="inline-flex h-6 items-center gap-1 rounded-control px-1 text-quiet text-small hover:text-text"
        >
          {m.gate_questions({ count: gate.criteria.length })}
          <ChevronDown className={cx('size-3.5 transition-transform', open && 'rotate-180')} aria-hidden />
        </button>
      }
    >
      {open && (
        <>
          <div className="flex flex-col gap-1 text-small">
            <Measure label={m.gate_score()} value={gate.score} least={gate.score_min} />
            <Measure label={m.gate_known()} value={gate.confidence} least={gate.confidence_min} />
          </div>
          <Missing gate={gate} />
          <Next gate={gate} onAnswer={setAnswering} />
          <ul className="-mx-2 mt-2 flex flex-col" onKeyDown={moveFocus}>
            {gate.criteria.map((answer) => (
              <Criterion
                key={answer.criterion.id}
                lead={gate.opportunity.id}
                answer={answer}
                family={family(answer.family)}
                open={answering === answer.criterion.id}
                onOpen={(yes) => setAnswering(yes ? answer.criterion.id : null)}
              />
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
