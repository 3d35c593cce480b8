import { useKind } from '@/api/schema';
import type { Brief, RecordInfo } from '@/api/types';
import { Avatar } from '@/components/badges';
import { ago } from '@/i18n/format';
import { fieldLabel, roleLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { valueText } from '@/records/value';
import { RecordLink } from './record-link';
import { None, Part } from './section';

/** What a company is, at a glance. */
const FACTS = ['industry', 'employees', 'revenue', 'city', 'country', 'website'];

function Company({ account }: { account: RecordInfo }) {
  const kind = useKind('account');
  const facts = (kind?.fields ?? [])
    .filter(({ name }) => FACTS.includes(name) && account.fields[name] !== undefined)
    .sort((a, b) => FACTS.indexOf(a.name) - FACTS.indexOf(b.name));
  const { description } = account.fields;
  return (
    <div className="mb-3">
      <RecordLink to={account} className="font-medium" />
      <dl className="mt-0.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-small">
        {facts.map((field) => (
          <div key={field.name} className="contents">
            <dt className="text-quiet">{fieldLabel('account', field)}</dt>
            <dd className="selectable truncate">
              {valueText('account', field, account.fields[field.name], account.fields.currency as string)}
            </dd>
          </div>
        ))}
      </dl>
      {typeof description === 'string' && (
        <p className="selectable mt-1 line-clamp-4 text-quiet text-small">{description}</p>
      )}
    </div>
  );
}

/** Who they are: the company, its people and their roles, and when each was last in touch. */
export function Who({ brief }: { brief: Brief }) {
  return (
    <Part title={m.brief_who()}>
      {brief.account !== null && <Company account={brief.account} />}
      {brief.people.length === 0 && <None>{m.brief_nobody()}</None>}
      <ul className="flex flex-col gap-2">
        {brief.people.map(({ person, role, job_title, last_touch }) => (
          <li key={person.id} className="flex items-start gap-2">
            <Avatar name={person.title} size={24} />
            <div className="min-w-0 flex-1">
              <p className="flex items-baseline gap-2">
                <RecordLink to={person} className="truncate font-medium" />
                {role !== '' && (
                  <span className="shrink-0 rounded-full bg-sunken px-2 text-small">{roleLabel(role)}</span>
                )}
              </p>
              <p className="truncate text-quiet text-small">
                {[
                  job_title,
                  last_touch === null
                    ? m.brief_never_touched()
                    : m.brief_last_touch({ ago: ago(last_touch) }),
                ]
                  .filter((part) => part !== '')
                  .join(' · ')}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Part>
  );
}
