import { Bot } from 'lucide-react';
import { useIsAgent } from '@/api/members';
import { useSchema } from '@/api/schema';
import { stageLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { cx } from './cx';

export type Phase = 'marketing' | 'sales' | 'service' | 'exit';

/** Phases keep their colour everywhere. The full class names stand here so that the style sheet has them. */
export const PHASE_TEXT: Record<string, string> = {
  marketing: 'text-marketing',
  sales: 'text-sales',
  service: 'text-service',
  exit: 'text-exit',
};
export const PHASE_SOFT: Record<string, string> = {
  marketing: 'bg-marketing-soft',
  sales: 'bg-sales-soft',
  service: 'bg-service-soft',
  exit: 'bg-exit-soft',
};
export const PHASE_FILL: Record<string, string> = {
  marketing: 'bg-marketing',
  sales: 'bg-sales',
  service: 'bg-service',
  exit: 'bg-exit',
};

/** How far a stage is in its phase, drawn as a ring that fills: a shape besides the colour. */
export function StageMark({ stage, className }: { stage: string; className?: string }) {
  const { stages } = useSchema();
  const phase = stages.find((candidate) => candidate.name === stage)?.phase ?? 'exit';
  const peers = stages.filter((candidate) => candidate.phase === phase && !candidate.set_aside);
  const share = (peers.findIndex((candidate) => candidate.name === stage) + 1) / Math.max(1, peers.length);
  const length = 2 * Math.PI * 3;
  return (
    <svg
      viewBox="0 0 14 14"
      className={cx('size-3.5 shrink-0', PHASE_TEXT[phase], className)}
      aria-hidden="true"
    >
      <circle
        cx="7"
        cy="7"
        r="5.75"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeDasharray={phase === 'exit' ? '2 2' : undefined}
      />
      {phase === 'exit' ? (
        <path d="M5 5l4 4M9 5l-4 4" stroke="currentColor" strokeWidth="1.3" />
      ) : (
        <circle
          cx="7"
          cy="7"
          r="3"
          fill="none"
          stroke="currentColor"
          strokeWidth="3"
          strokeDasharray={`${share * length} ${length}`}
          transform="rotate(-90 7 7)"
        />
      )}
    </svg>
  );
}

export function StageBadge({ stage }: { stage: string }) {
  // Says the stage anew when it is called otherwise.
  useSchema();
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <StageMark stage={stage} />
      <span className="truncate">{stageLabel(stage)}</span>
    </span>
  );
}

export const initials = (name: string): string => {
  const words = name.trim().split(/\s+/);
  const [first = '', last = ''] = [words[0]?.charAt(0), words.length > 1 ? words.at(-1)?.charAt(0) : ''];
  return (first + last).toUpperCase() || '?';
};

interface Who {
  /** The member's id, by which an agent is known; absent for others than members. */
  id?: string | undefined;
  name: string;
  /** An agent's hand, also where the member is none. */
  agent?: boolean;
}

export function Avatar({ id, name, agent = false, size = 18 }: Who & { size?: number }) {
  const isAgent = useIsAgent(id) || agent;
  return (
    <span
      aria-hidden
      style={{ width: size, height: size, fontSize: Math.max(8, Math.round(size * 0.45)) }}
      className={cx(
        'inline-flex shrink-0 items-center justify-center font-semibold leading-none',
        isAgent ? 'rounded-mark bg-agent-soft text-agent' : 'rounded-full bg-press text-quiet',
      )}
    >
      {isAgent ? <Bot style={{ width: size * 0.66, height: size * 0.66 }} /> : initials(name)}
    </span>
  );
}

/** Says of an agent that it is one, to those who do not see its mark. */
export function AgentNote({ id, agent = false }: Omit<Who, 'name'>) {
  const isAgent = useIsAgent(id) || agent;
  return isAgent ? <span className="sr-only"> ({m.label_agent()})</span> : null;
}

/** A member's name beside their picture. An agent's hand is always recognisable: its colour and a mark. */
export function MemberName({ id, name, agent = false }: Who) {
  const isAgent = useIsAgent(id) || agent;
  return (
    <span className={cx('inline-flex min-w-0 items-center gap-1.5', isAgent && 'text-agent')}>
      <Avatar name={name} agent={isAgent} />
      <span className="truncate">{name}</span>
      <AgentNote agent={isAgent} />
    </span>
  );
}

/** A member's name within a sentence; an agent's with its mark before it. */
export function MemberWord({ id, name, agent = false }: Who) {
  const isAgent = useIsAgent(id) || agent;
  if (!isAgent) return name;
  return (
    <span className="text-agent">
      <Bot className="mr-0.5 inline-block size-3.5 align-text-bottom" aria-hidden />
      {name}
      <AgentNote agent />
    </span>
  );
}

/** Two strands: two values stand against each other. */
export function ConflictMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 14 14" className={cx('size-3.5 shrink-0 text-warning', className)} aria-hidden="true">
      <path
        d="M4 1c0 4 6 8 6 12M10 1c0 4-6 8-6 12"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
      />
    </svg>
  );
}
