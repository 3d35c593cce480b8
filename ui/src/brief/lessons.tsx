import type { Brief, Frequency, Lessons as Learnt } from '@/api/types';
import { optionLabel } from '@/i18n/labels';
import { days } from '@/i18n/measures';
import { SimilarCustomers } from '@/journey/similar';
import { m } from '@/paraglide/messages.js';
import { None, Part } from './section';

/** So many of what happened most often are named. */
const MOST = 3;

/** What happened most often, each with how often. */
const most = (kind: string, field: string, found: Frequency[]): string =>
  found
    .slice(0, MOST)
    .map(({ key, title, count }) =>
      m.brief_times({ what: title === '' ? optionLabel(kind, field, key) : title, count }),
    )
    .join(', ');

const isSaid = (line: { label: string; text: string }): boolean => line.text !== '';

/** What the similar customers have in common, a line each. */
function common({ won, lost, days: took, touches, channels, sources, campaigns }: Learnt) {
  const length = [
    took === null ? '' : days(took),
    touches === null ? '' : m.brief_contacts({ count: touches }),
  ].filter((part) => part !== '');
  return [
    { label: m.brief_outcome(), text: won + lost === 0 ? '' : m.brief_won_lost({ won, lost }) },
    { label: m.brief_until_decision(), text: length.join(', ') },
    { label: m.brief_channels(), text: most('activity', 'type', channels) },
    { label: m.brief_sources(), text: most('opportunity', 'source', sources) },
    { label: m.brief_campaigns(), text: most('opportunity', 'campaign', campaigns) },
  ].filter(isSaid);
}

function lostBecause(brief: Brief): string {
  return Object.entries(brief.lost_because)
    .filter((entry): entry is [string, number] => entry[1] !== undefined)
    .sort((a, b) => b[1] - a[1])
    .map(([reason, count]) =>
      m.brief_times({ what: optionLabel('opportunity', 'exit_reason', reason), count }),
    )
    .join(', ');
}

/** What worked on similar customers, and why others like them were lost. */
export function Lessons({ brief }: { brief: Brief }) {
  const because = { label: m.brief_lost_because(), text: lostBecause(brief) };
  const lines = [...common(brief.lessons), because].filter(isSaid);
  return (
    <Part title={m.brief_lessons()}>
      {brief.similar.length === 0 && lines.length === 0 && <None>{m.brief_no_lessons()}</None>}
      <dl className="mb-1.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-small">
        {lines.map(({ label, text }) => (
          <div key={label} className="contents">
            <dt className="text-quiet">{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <div className="-mx-1.5">
        <SimilarCustomers customers={brief.similar} />
      </div>
    </Part>
  );
}
