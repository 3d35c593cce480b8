import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CornerDownRight } from 'lucide-react';
import { recordQuery } from '@/api/queries';
import type { RecordInfo } from '@/api/types';
import { StageBadge } from '@/components/badges';
import { cx } from '@/components/cx';
import { money } from '@/i18n/format';
import { optionLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { isLink } from '@/records/value';
import { Section } from './section';

/** A purchase that renews one that renews one …: further back than this nobody looks. */
const DEEPEST = 12;

function Purchase({ record, depth, here }: { record: RecordInfo; depth: number; here: boolean }) {
  const { type, stage, value, currency } = record.fields;
  const inside = (
    <>
      {depth > 0 && <CornerDownRight className="size-3.5 shrink-0 text-quiet" aria-hidden />}
      <span className={cx('min-w-0 flex-1 truncate', here && 'font-medium')}>{record.title}</span>
      <span className="shrink-0 text-quiet text-small">
        {optionLabel('opportunity', 'type', typeof type === 'string' ? type : 'new')}
      </span>
      {typeof value === 'number' && (
        <span className="numeric shrink-0 text-small">
          {money(value, typeof currency === 'string' ? currency : null)}
        </span>
      )}
      {typeof stage === 'string' && (
        <span className="shrink-0 text-small">
          <StageBadge stage={stage} />
        </span>
      )}
    </>
  );
  const look = 'flex h-7 items-center gap-2 rounded-control px-2';
  const style = { paddingLeft: 8 + Math.min(depth, 4) * 12 };
  return (
    <li>
      {here ? (
        <span aria-current="true" className={cx(look, 'bg-selected')} style={style}>
          {inside}
        </span>
      ) : (
        <Link
          to="/record/$id"
          params={{ id: record.id }}
          search={{}}
          className={cx(look, 'hover:bg-hover')}
          style={style}
        >
          {inside}
        </Link>
      )}
    </li>
  );
}

/** What an opportunity follows from, first purchase first. */
function useAncestors(record: RecordInfo): RecordInfo[] {
  const { parent } = record.fields;
  const { data } = useQuery({
    queryKey: ['related', record.id, 'ancestors', isLink(parent) ? parent.id : ''],
    queryFn: async ({ client }) => {
      const found: RecordInfo[] = [];
      let next = isLink(parent) ? parent.id : null;
      while (next !== null && found.length < DEEPEST && !found.some((one) => one.id === next)) {
        const one: RecordInfo = await client.fetchQuery(recordQuery(next));
        found.unshift(one);
        next = isLink(one.fields.parent) ? one.fields.parent.id : null;
      }
      return found;
    },
    enabled: isLink(parent),
  });
  return isLink(parent) ? (data ?? []) : [];
}

/** The purchases of one customer that follow from each other: what came before, this one, and what came of it. */
export function Chain({ record, followers }: { record: RecordInfo; followers: RecordInfo[] }) {
  const before = useAncestors(record);
  if (before.length === 0 && followers.length === 0) return null;
  return (
    <Section title={m.chain_title()}>
      <ul className="-mx-2">
        {before.map((one, depth) => (
          <Purchase key={one.id} record={one} depth={depth} here={false} />
        ))}
        <Purchase record={record} depth={before.length} here />
        {followers.map((one) => (
          <Purchase key={one.id} record={one} depth={before.length + 1} here={false} />
        ))}
      </ul>
    </Section>
  );
}
