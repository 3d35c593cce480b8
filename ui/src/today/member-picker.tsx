import { useQuery } from '@tanstack/react-query';
import { listQuery } from '@/api/queries';
import { Avatar } from '@/components/badges';
import { Select } from '@/components/select';
import { optionLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';

const MEMBERS = { kind: 'member', filters: [], sort: [{ field: 'name', descending: false }], text: '' };

/** Whose day is shown. With nobody else there, there is nothing to choose. */
export function MemberPicker({
  me,
  value,
  onChange,
}: {
  me: string;
  value: string;
  onChange: (member: string) => void;
}) {
  const { data } = useQuery(listQuery(MEMBERS, 0));
  const others = (data?.records ?? []).filter(({ id, fields }) => id !== me && fields.active !== false);
  if (others.length === 0) return null;
  return (
    <Select
      compact
      label={m.today_whose()}
      value={value}
      onChange={onChange}
      className="w-44"
      options={[
        { value: me, label: m.today_mine() },
        ...others.map(({ id, title, fields }) => ({
          value: id,
          label: title,
          icon: <Avatar name={title} agent={fields.type === 'agent'} />,
          ...(typeof fields.team === 'string' ? { hint: optionLabel('member', 'team', fields.team) } : {}),
        })),
      ]}
    />
  );
}
