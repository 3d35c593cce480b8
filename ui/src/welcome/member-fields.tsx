import { Select } from '@/components/select';
import { FormField, TextInput } from '@/components/text-input';
import { optionLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';

export const TEAMS = ['marketing', 'sales', 'service', 'revenue'];

export interface MemberDraft {
  name: string;
  email: string;
  team: string;
}

export const NO_MEMBER: MemberDraft = { name: '', email: '', team: 'sales' };

export type Wrong = Partial<Record<string, string>>;

/** What is wrong with somebody's own details, in words. */
export function checkMember(member: MemberDraft): Wrong {
  const wrong: Wrong = {};
  if (member.name.trim() === '') wrong.member_name = m.welcome_wrong_your_name();
  if (!/^\S+@\S+\.\S+$/.test(member.email.trim())) wrong.member_email = m.welcome_wrong_email();
  return wrong;
}

/** Who is writing here: name, address, team. */
export function MemberFields({
  member,
  wrong,
  onChange,
}: {
  member: MemberDraft;
  wrong: Wrong;
  onChange: (member: MemberDraft) => void;
}) {
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <FormField label={m.welcome_your_name()} required error={wrong.member_name}>
          {(props) => (
            <TextInput
              {...props}
              value={member.name}
              autoComplete="name"
              onChange={(event) => onChange({ ...member, name: event.target.value })}
            />
          )}
        </FormField>
        <FormField label={m.welcome_team()} error={wrong.team}>
          {(props) => (
            <Select
              {...props}
              value={member.team}
              onChange={(team) => onChange({ ...member, team })}
              options={TEAMS.map((team) => ({ value: team, label: optionLabel('member', 'team', team) }))}
            />
          )}
        </FormField>
      </div>
      <FormField label={m.welcome_email()} required error={wrong.member_email}>
        {(props) => (
          <TextInput
            {...props}
            type="email"
            value={member.email}
            autoComplete="email"
            onChange={(event) => onChange({ ...member, email: event.target.value })}
          />
        )}
      </FormField>
    </>
  );
}
