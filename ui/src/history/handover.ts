import { useQuery } from '@tanstack/react-query';
import type { ChangeInfo, FieldChange, Linked } from '@/api/types';
import { message, optionLabel } from '@/i18n/labels';
import { HANDOVERS } from '@/i18n/sentences';
import { type Made, madeBy, type StoryNames, useStoryNames } from '@/panel/story-sentence';
import { m } from '@/paraglide/messages.js';
import { isLink } from '@/records/value';
import { changeQuery } from './queries';

const made = (fields: FieldChange[], kind: string, type?: string): Made | null =>
  fields
    .filter((one) => one.kind === kind)
    .map(madeBy)
    .find((one) => one !== null && (type === undefined || one.type === type)) ?? null;

const titleOf = (link: unknown): string => (isLink(link) ? link.title : '');

function sentenceOf(action: string, fields: FieldChange[], what: string, names: StoryNames): string | null {
  const plain = message(`history_${action}`, { what }) ?? null;
  const offer = made(fields, 'decision', 'offer');
  switch (action) {
    case 'offer': {
      if (offer === null) return plain;
      const said = { what, member: titleOf(offer.member) };
      return made(fields, 'decision', 'accept') === null ? m.history_offer_to(said) : m.history_assign(said);
    }
    case 'withdraw': {
      const member = titleOf(made(fields, 'decision')?.member);
      return member === '' ? plain : m.history_withdraw_from({ what, member });
    }
    case 'return': {
      const reason = made(fields, 'decision')?.reason;
      return isLink(reason) ? m.history_return_because({ what, reason: names.reason(reason) }) : plain;
    }
    case 'answer': {
      const answer = made(fields, 'answer');
      if (!isLink(answer?.criterion)) return plain;
      const verdict = optionLabel('answer', 'verdict', String(answer.verdict));
      return m.history_answer_is({ what, criterion: names.criterion(answer.criterion), verdict });
    }
    default:
      return plain;
  }
}

/** The opportunity that a change passed on: the one it wrote to, or that what it made points to. */
function aboutOf(fields: FieldChange[]): Linked | null {
  const own = fields.find((one) => one.kind === 'opportunity')?.record;
  const pointed = fields.map((one) => madeBy(one)?.opportunity).find(isLink);
  return own ?? pointed ?? null;
}

/** What a change of the revenue journey was and about which opportunity; nothing for other changes. */
export function useHandover(
  change: ChangeInfo,
  what: string,
): { sentence: string | null; about: Linked | null } {
  const isHandover = HANDOVERS.has(change.action);
  const { data } = useQuery({ ...changeQuery(change.change), enabled: isHandover });
  const names = useStoryNames();
  if (!isHandover) return { sentence: null, about: null };
  const fields = data?.fields ?? [];
  return {
    sentence: sentenceOf(change.action, fields, what, names),
    about: aboutOf(fields) ?? (change.kind === 'opportunity' ? change.first : null),
  };
}
