import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { briefQuery } from '@/api/journey';
import { Avatar } from '@/components/badges';
import { ago } from '@/i18n/format';
import { roleLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { Section } from './section';

/** Who they are and what they are to this purchase, with their last touch. */
export function Contacts({ id }: { id: string }) {
  const { data } = useQuery(briefQuery(id));
  const people = data?.people ?? [];
  if (people.length === 0) return null;
  return (
    <Section title={m.contacts_title()} note={people.length}>
      <ul className="-mx-2">
        {people.map(({ person, role, job_title: job, last_touch: touched }) => (
          <li key={person.id}>
            <Link
              to="/record/$id"
              params={{ id: person.id }}
              search={{}}
              className="flex items-center gap-2 rounded-control px-2 py-1 hover:bg-hover"
            >
              <Avatar name={person.title} />
              <span className="min-w-0 flex-1">
                <span className="block truncate">
                  {person.title}
                  {job !== '' && <span className="text-quiet text-small"> {job}</span>}
                </span>
                <span className="block text-quiet text-small">
                  {touched === null ? m.contacts_never() : m.contacts_last({ when: ago(touched) })}
                </span>
              </span>
              <span className="shrink-0 rounded-mark bg-sunken px-1.5 text-small">
                {role === '' ? m.label_no_role() : roleLabel(role)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
