import type { FieldChange } from '@/api/types';
import { day } from '@/i18n/format';
import { optionLabel } from '@/i18n/labels';
import { ruleTitle, useCriteria } from '@/journey/criteria';
import { useReturnReasons } from '@/journey/reasons';
import { m } from '@/paraglide/messages.js';
import { isLink, type LinkValue } from '@/records/value';
import type { Net } from './fold';

/** Names of rules in the reader's language, by their links. */
export interface StoryNames {
  reason: (link: LinkValue) => string;
  criterion: (link: LinkValue) => string;
}

export function useStoryNames(): StoryNames {
  const [reasons, criteria] = [useReturnReasons(), useCriteria()];
  const named = (records: typeof reasons) => (link: LinkValue) => {
    const known = records.find(({ id }) => id === link.id);
    return known === undefined ? link.title : ruleTitle(known);
  };
  return { reason: named(reasons), criterion: named(criteria) };
}

export type Made = Record<string, unknown>;

/** The first values of what a change made. */
export const madeBy = ({ field, to }: Pick<FieldChange, 'field' | 'to'>): Made | null =>
  field === 'created' && typeof to === 'object' && to !== null && !Array.isArray(to) ? to : null;

const isDecision = (one: Net, type: string) => one.kind === 'decision' && madeBy(one)?.type === type;

function returned({ reason, criterion }: Made, names: StoryNames): string {
  const why = isLink(reason) ? names.reason(reason) : '';
  if (why === '') return m.told_return();
  return isLink(criterion)
    ? m.told_return_against({ reason: why, criterion: names.criterion(criterion) })
    : m.told_return_because({ reason: why });
}

function decided(made: Made, names: StoryNames): string | null {
  const { type, member, owner, score } = made;
  const to = isLink(member) ? member.title : '';
  switch (type) {
    case 'offer':
      return typeof score === 'number'
        ? m.told_offer_at({ member: to, score })
        : m.told_offer({ member: to });
    case 'accept':
      // Where routing assigns, nobody was asked.
      return isLink(member) && isLink(owner) && member.id !== owner.id
        ? m.told_assign({ member: to })
        : m.told_accept();
    case 'return':
      return returned(made, names);
    case 'claim':
      return m.told_claim();
    case 'withdraw':
      return m.told_withdraw({ member: to });
    case 'override':
      return m.told_override();
    default:
      return null;
  }
}

function answered({ criterion, verdict }: Made, names: StoryNames): string | null {
  if (!isLink(criterion)) return null;
  const name = names.criterion(criterion);
  return verdict === 'unknown'
    ? m.told_answer_taken_back({ criterion: name })
    : m.told_answer({ criterion: name, verdict: optionLabel('answer', 'verdict', String(verdict)) });
}

function planned({ type, name, due_on: due }: Made): string | null {
  const what = String(name ?? '');
  if (type === 'promise')
    return typeof due === 'string' ? m.told_promise_until({ what, day: day(due) }) : m.told_promise({ what });
  if (type === 'risk') return m.told_risk({ what });
  return type === 'onboarding' ? null : m.told_task({ what });
}

/** What became of a task that was there already. */
function ofTask({ field, to, record }: Net): string | null {
  const what = record.title;
  if (field === 'done_on') return to === null ? m.told_reopen({ what }) : m.told_done({ what });
  if (field === 'due_on' && typeof to === 'string') return m.told_moved_to({ what, day: day(to) });
  if (field === 'archived') return to === true ? m.told_drop({ what }) : m.told_reopen({ what });
  return m.told_task_changed({ what });
}

/**
 * What was decided, answered and promised about an opportunity, as the ends of sentences that begin with who did it: nobody
 * reads that a decision was created.
 */
export function storyClauses(net: Net[], names: StoryNames): string[] {
  const holds = (type: string) => net.some((one) => isDecision(one, type));
  const clauses = net.map((one) => {
    const made = madeBy(one);
    // Where routing assigns, the offer and its acceptance are one.
    if (isDecision(one, 'offer') && holds('accept')) return null;
    if (one.kind === 'decision') return made === null ? null : decided(made, names);
    // What a return says of a criterion is told with the return.
    if (one.kind === 'answer') return made === null || holds('return') ? null : answered(made, names);
    return made === null ? ofTask(one) : planned(made);
  });
  return [...new Set(clauses.filter((clause) => clause !== null))];
}
