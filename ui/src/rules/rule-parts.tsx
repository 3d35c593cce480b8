import { useNavigate } from '@tanstack/react-router';
import { History } from 'lucide-react';
import type { ReactNode } from 'react';
import { findField, useKind } from '@/api/schema';
import type { RecordInfo } from '@/api/types';
import { Button } from '@/components/button';
import { Select, type SelectOption } from '@/components/select';
import { FormField } from '@/components/text-input';
import { fieldLabel, optionLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { nameOf } from './drafted';
import { isOn, textOf } from './records';
import { useTell, useWrite } from './write';
import { WrittenText } from './written';

/** The options of a rule's field as a select takes them. */
export function useOptions(kind: string, field: string): SelectOption[] {
  return (findField(useKind(kind), field)?.options ?? []).map((value) => ({
    value,
    label: optionLabel(kind, field, value),
  }));
}

/** What a rule is called; in force at once. */
export function NameField({ record }: { record: RecordInfo }) {
  const write = useWrite();
  const label = fieldLabel(record.kind, 'name');
  return (
    <FormField label={label} required>
      {() => (
        <WrittenText
          label={label}
          value={nameOf(record)}
          required
          onWrite={(name) => write(record, { name })}
        />
      )}
    </FormField>
  );
}

/** Whose part it is; in force at once. */
export function TeamField({ record }: { record: RecordInfo }) {
  const tell = useTell();
  const teams = useOptions(record.kind, 'team');
  return (
    <FormField label={fieldLabel(record.kind, 'team')}>
      {(props) => (
        <Select
          {...props}
          value={textOf(record, 'team')}
          options={teams}
          onChange={(team) => tell(record, { team })}
        />
      )}
    </FormField>
  );
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
