import type { Brief } from '@/api/types';
import { optionLabel } from '@/i18n/labels';
import { SimilarCustomers } from '@/journey/similar';
import { m } from '@/paraglide/messages.js';
import { None, Part } from './section';

/** What worked on similar customers, and why others like them were lost. */
export function Lessons({ brief }: { brief: Brief }) {
  const lost = Object.entries(brief.lost_because)
    .filter((entry): entry is [string, number] => entry[1] !== undefined)
    .sort((a, b) => b[1] - a[1]);
  const because = lost.map(([reason, count]) =>
    m.brief_times({ what: optionLabel('opportunity', 'exit_reason', reason), count }),
  );
  return (
    <Part title={m.brief_lessons()}>
      {brief.similar.length === 0 && lost.length === 0 && <None>{m.brief_no_lessons()}</None>}
      <div className="-mx-1.5">
        <SimilarCustomers customers={brief.similar} />
      </div>
      {because.length > 0 && (
        <p className="mt-1 text-small">
          <span className="text-quiet">{m.brief_lost_because()}</span> {because.join(', ')}
        </p>
      )}
    </Part>
  );
}
