import type { RecordInfo } from '@/api/types';
import { day, localDayOf } from '@/i18n/format';
import { optionLabel } from '@/i18n/labels';
import { Hands } from '@/panel/hands';
import { m } from '@/paraglide/messages.js';
import { RecordLink } from './record-link';
import { None, Part } from './section';

function Entry({ activity }: { activity: RecordInfo }) {
  const { type, at, body, outcome } = activity.fields;
  const kind = optionLabel('activity', 'type', String(type ?? ''));
  return (
    <li className="grid grid-cols-[56px_minmax(0,1fr)] gap-x-2">
      <time dateTime={String(at ?? '')} className="numeric text-quiet text-small leading-5">
        {typeof at === 'string' ? day(localDayOf(at)) : ''}
      </time>
      <div className="min-w-0">
        <p className="break-words">
          <RecordLink to={activity} className="font-medium">
            {activity.title || kind}
          </RecordLink>
        </p>
        <p className="text-quiet text-small">
          <Hands activity={activity} />
        </p>
        {typeof outcome === 'string' && <p className="selectable text-small">{outcome}</p>}
        {typeof body === 'string' && (
          <p className="selectable line-clamp-3 whitespace-pre-line break-words text-quiet text-small">
            {body}
          </p>
        )}
      </div>
    </li>
  );
}

/** What happened last, newest first. */
export function Happened({ activities }: { activities: RecordInfo[] }) {
  return (
    <Part title={m.brief_happened()} count={activities.length}>
      {activities.length === 0 && <None>{m.brief_nothing_happened()}</None>}
      <ol className="flex flex-col gap-2">
        {activities.map((activity) => (
          <Entry key={activity.id} activity={activity} />
        ))}
      </ol>
    </Part>
  );
}
