import type { RecordInfo } from '@/api/types';
import { MemberWord } from '@/components/badges';
import { optionLabel } from '@/i18n/labels';
import { isLink } from '@/records/value';

/** What an activity was, by whom and with whom: “Call · Ravi Sharma → Ines Brandt”. */
export function Hands({ activity }: { activity: RecordInfo }) {
  const { type, owner, person } = activity.fields;
  return (
    <>
      {optionLabel('activity', 'type', String(type ?? ''))}
      {(isLink(owner) || isLink(person)) && ' · '}
      {isLink(owner) && <MemberWord id={owner.id} name={owner.title} />}
      {isLink(owner) && isLink(person) && ' → '}
      {isLink(person) && person.title}
    </>
  );
}
