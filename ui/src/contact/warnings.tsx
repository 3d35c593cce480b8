import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import { warningsQuery } from '@/api/journey';
import type { ContactWarning } from '@/api/types';
import { cx } from '@/components/cx';
import { asSentence, remarkText } from '@/i18n/remarks';
import { m } from '@/paraglide/messages.js';

/** What to know before contacting somebody, each with the activity it is about. */
export function WarningList({ warnings, className }: { warnings: ContactWarning[]; className?: string }) {
  if (warnings.length === 0) return null;
  return (
    <section
      aria-label={m.warnings_title()}
      className={cx('flex gap-2 rounded-control bg-warning-soft px-3 py-2', className)}
    >
      <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warning" aria-hidden />
      <ul className="min-w-0 flex-1">
        {warnings.map(({ why, activity }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: warnings have no other name
          <li key={index}>
            {asSentence(remarkText(why) ?? '')}
            {activity !== null && (
              <>
                {' · '}
                <Link
                  to="/record/$id"
                  params={{ id: activity }}
                  search={{}}
                  className="rounded-mark text-accent underline"
                >
                  {m.warnings_see()}
                </Link>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The warnings before contacting a person, or the people of an opportunity. */
export function Warnings({ id, className }: { id: string; className?: string }) {
  const { data } = useQuery(warningsQuery(id));
  return <WarningList warnings={data ?? []} {...(className === undefined ? {} : { className })} />;
}
