import type { Brief, SimilarCustomer } from '@/api/types';
import { money } from '@/i18n/format';
import { message, optionLabel } from '@/i18n/labels';
import { days, percent } from '@/i18n/measures';
import { m } from '@/paraglide/messages.js';
import { RecordLink } from './record-link';
import { None, Part } from './section';

function Similar({ one }: { one: SimilarCustomer }) {
  const same = one.same.map((part) => message(`same_${part}`) ?? part).join(', ');
  const facts = [
    one.value === null ? '' : money(one.value, one.currency === '' ? null : one.currency),
    one.days === null ? '' : m.brief_took({ time: days(one.days) }),
    one.owner?.title ?? '',
  ];
  return (
    <li>
      <p className="flex items-baseline gap-2">
        <RecordLink to={one.opportunity} className="truncate font-medium">
          {one.account?.title ?? one.opportunity.title}
        </RecordLink>
        <span className="numeric ml-auto shrink-0 text-quiet text-small">
          {m.brief_alike({ share: percent(one.similarity) })}
        </span>
      </p>
      <p className="text-quiet text-small">{facts.filter((part) => part !== '').join(' · ')}</p>
      {same !== '' && <p className="text-quiet text-small">{m.brief_same({ what: same })}</p>}
    </li>
  );
}

/** What worked on similar customers, and why others like them were lost. */
export function Lessons({ brief }: { brief: Brief }) {
  const lost = Object.entries(brief.lost_because)
    .filter((entry): entry is [string, number] => entry[1] !== undefined)
    .sort((a, b) => b[1] - a[1]);
  return (
    <Part title={m.brief_lessons()}>
      {brief.similar.length === 0 && lost.length === 0 && <None>{m.brief_no_lessons()}</None>}
      <ul className="flex flex-col gap-2">
        {brief.similar.map((one) => (
          <Similar key={one.opportunity.id} one={one} />
        ))}
      </ul>
      {lost.length > 0 && (
        <p className="mt-2 text-small">
          <span className="text-quiet">{m.brief_lost_because()}</span>{' '}
          {lost
            .map(([reason, count]) =>
              m.brief_times({ what: optionLabel('opportunity', 'exit_reason', reason), count }),
            )
            .join(', ')}
        </p>
      )}
    </Part>
  );
}
