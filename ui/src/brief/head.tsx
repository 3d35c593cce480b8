import type { Brief } from '@/api/types';
import { StageBadge } from '@/components/badges';
import { message } from '@/i18n/labels';
import { ClockLabel } from '@/journey/clock';
import { NextStep, WorthAndOwner } from '@/panel/key-line';
import { m } from '@/paraglide/messages.js';
import { RecordLink } from './record-link';

/** What it is about: whose, where it stands, what it is worth, what is planned, and every clock that runs. */
export function BriefHead({ brief }: { brief: Brief }) {
  const { opportunity, clocks, score, confidence } = brief;
  const { stage } = opportunity.fields;
  const running = clocks.filter(({ state }) => state !== 'met');
  return (
    <div>
      <p className="font-semibold text-title">
        <RecordLink to={opportunity} />
      </p>
      <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1">
        <StageBadge stage={String(stage ?? '')} />
        <WorthAndOwner record={opportunity} />
        <NextStep record={opportunity} />
        <span className="numeric text-quiet">{m.brief_score({ score, known: confidence })}</span>
      </div>
      {running.length > 0 && (
        <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
          {running.map((clock) => (
            <li key={clock.kind} className="inline-flex items-center gap-1.5 text-small">
              <span className="text-quiet">{message(`clock_kind_${clock.kind}`) ?? clock.kind}</span>
              <ClockLabel clock={clock} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
