import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { relatedQuery } from '@/api/queries';
import type { RecordInfo, RelatedGroup } from '@/api/types';
import { Avatar, StageBadge } from '@/components/badges';
import { day, money, number } from '@/i18n/format';
import { fieldLabel, kindsLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';

const FIRST = 5;

function Hint({ record }: { record: RecordInfo }) {
  const { stage, value, currency, job_title, close_date } = record.fields;
  if (record.kind === 'opportunity') {
    return (
      <span className="flex shrink-0 items-center gap-3 text-quiet text-small">
        {typeof value === 'number' && (
          <span className="numeric">{money(value, typeof currency === 'string' ? currency : null)}</span>
        )}
        {typeof close_date === 'string' && <span className="numeric">{day(close_date)}</span>}
        {typeof stage === 'string' && <StageBadge stage={stage} />}
      </span>
    );
  }
  return (
    <span className="truncate text-quiet text-small">{typeof job_title === 'string' ? job_title : ''}</span>
  );
}

function Group({ group, ambiguous }: { group: RelatedGroup; ambiguous: boolean }) {
  const [all, setAll] = useState(false);
  const shown = all ? group.records : group.records.slice(0, FIRST);
  return (
    <div className="py-1">
      <h3 className="caps flex gap-1.5 px-1 pb-0.5">
        {kindsLabel(group.kind)}
        {ambiguous && <span>· {fieldLabel(group.kind, group.field)}</span>}
        <span className="numeric">{number(group.total)}</span>
      </h3>
      <ul>
        {shown.map((record) => (
          <li key={record.id}>
            <Link
              to="/record/$id"
              params={{ id: record.id }}
              search={{}}
              className="flex h-7 items-center gap-2 rounded-control px-1 hover:bg-hover"
            >
              {(record.kind === 'person' || record.kind === 'member') && (
                <Avatar id={record.kind === 'member' ? record.id : undefined} name={record.title} />
              )}
              <span className="min-w-0 flex-1 truncate">{record.title}</span>
              <Hint record={record} />
            </Link>
          </li>
        ))}
      </ul>
      {!all && group.records.length > FIRST && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="h-7 rounded-control px-1 text-quiet hover:text-text"
        >
          {m.action_show_more({ count: group.records.length - FIRST })}
        </button>
      )}
    </div>
  );
}

/** What is told elsewhere: activities, decisions and answers in the timeline, and all of an opportunity's own in its journey. */
const TOLD = new Set(['activity', 'decision', 'answer']);
const OF_THE_JOURNEY = new Set(['task', 'opportunity']);

/** What links to the record, by kind. */
export function RelatedRecords({ record: { id, kind } }: { record: RecordInfo }) {
  const { data } = useQuery(relatedQuery(id));
  const isTold = (one: string) => TOLD.has(one) || (kind === 'opportunity' && OF_THE_JOURNEY.has(one));
  const groups = (data?.groups ?? []).filter((group) => group.total > 0 && !isTold(group.kind));
  if (groups.length === 0) return null;
  return (
    <section aria-label={m.label_related()} className="border-line border-t px-3 py-2">
      {groups.map((group) => (
        <Group
          key={`${group.kind}/${group.field}`}
          group={group}
          ambiguous={groups.filter((other) => other.kind === group.kind).length > 1}
        />
      ))}
    </section>
  );
}
