import { useNavigate } from '@tanstack/react-router';
import { History } from 'lucide-react';
import type { ReactNode } from 'react';
import { findField, useKind } from '@/api/schema';
import type { RecordInfo } from '@/api/types';
import { Button } from '@/components/button';
import type { SelectOption } from '@/components/select';
import { optionLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { isOn } from './records';
import { useTell } from './write';

/** The options of a rule's field as a select takes them. */
export function useOptions(kind: string, field: string): SelectOption[] {
  return (findField(useKind(kind), field)?.options ?? []).map((value) => ({
    value,
    label: optionLabel(kind, field, value),
  }));
}

/** Opens the rule's record beside the rules: who set what, when and why. */
export function HistoryButton({ id }: { id: string }) {
  const navigate = useNavigate();
  return (
    <Button
      look="ghost"
      className="text-quiet"
      icon={<History className="size-3.5" aria-hidden />}
      onClick={() => void navigate({ to: '.', search: (now) => ({ ...now, record: id }), replace: true })}
    >
      {m.rules_history()}
    </Button>
  );
}

/** Takes a rule out of use, or back into it; in force at once. */
export function UseButton({ record }: { record: RecordInfo }) {
  const tell = useTell();
  const on = isOn(record);
  return (
    <Button onClick={() => tell(record, { active: !on })}>
      {on ? m.rules_take_out() : m.rules_use_again()}
    </Button>
  );
}

/** A list of rules under its heading, with what it is for. */
export function RuleSection({
  title,
  lead,
  aside,
  children,
}: {
  title: string;
  lead?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-label={title}>
      <div className="flex items-end gap-3 pb-1.5">
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold">{title}</h2>
          {lead !== undefined && <p className="max-w-[80ch] text-quiet text-small">{lead}</p>}
        </div>
        {aside}
      </div>
      <div className="rounded-panel border border-line">{children}</div>
    </section>
  );
}
