import { useState } from 'react';
import type { RouteInfo } from '@/api/types';
import { m } from '@/paraglide/messages.js';
import { Candidate } from './candidate';

/** How many candidates stand there before one asks for the others. */
const FIRST = 3;

/** Who may get a lead, best first, each with the reasons; one of them is chosen. */
export function Ranking({
  route,
  chosen,
  onChoose,
}: {
  route: RouteInfo;
  chosen: string;
  onChoose: (member: string) => void;
}) {
  const [all, setAll] = useState(false);
  const shown = all ? route.candidates : route.candidates.filter((one) => one.eligible).slice(0, FIRST);
  const others = route.candidates.length - shown.length;
  return (
    <fieldset className="-mx-2">
      <legend className="sr-only">{m.route_title()}</legend>
      {route.chosen === null && <p className="px-2 text-warning">{m.route_nobody()}</p>}
      <ul className="flex flex-col gap-0.5">
        {shown.map((candidate) => (
          <Candidate
            key={candidate.member.id}
            candidate={candidate}
            chosen={chosen === candidate.member.id}
            onChoose={() => onChoose(candidate.member.id)}
          />
        ))}
      </ul>
      {others > 0 && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="h-7 rounded-control px-2 text-quiet text-small hover:text-text"
        >
          {m.action_show_more({ count: others })}
        </button>
      )}
    </fieldset>
  );
}
