import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useCallback, useState } from 'react';
import { recordQuery } from '@/api/queries';
import { useKind } from '@/api/schema';
import type { RecordInfo } from '@/api/types';
import { IconButton } from '@/components/button';
import { EmptyState } from '@/components/empty-state';
import { day, number as inFigures } from '@/i18n/format';
import { ruleName } from '@/i18n/rule-names';
import { useShortcut } from '@/keys/use-shortcut';
import { NumberList } from '@/numbers/number-list';
import { type NumberOf, useNumberRows } from '@/numbers/number-rows';
import { numberTitle, ownSpan, reasonIn, recordIn } from '@/numbers/number-title';
import { spanWords } from '@/numbers/period-controls';
import { today, useStretch } from '@/numbers/period-state';
import { WithPanel } from '@/panel/with-panel';
import { m } from '@/paraglide/messages.js';
import { Header } from '@/shell/header';
import { failureText } from '@/state/toasts';

/** A record that a number's name speaks of. */
function useNamed(id: string | null): RecordInfo | undefined {
  const { data } = useQuery({ ...recordQuery(id ?? ''), enabled: id !== null });
  return data?.id === id ? data : undefined;
}

/** What it is called; a rule in the reader's language. */
function titleOf(record: RecordInfo | undefined): string {
  if (record === undefined) return '';
  const key = typeof record.fields.key === 'string' ? record.fields.key : '';
  return ruleName(record.kind, { key, name: record.title });
}

function useNumberOf(): NumberOf {
  const search = useSearch({ strict: false });
  const stretch = useStretch();
  return {
    number: search.number ?? '',
    from: search.from ?? stretch.from,
    to: search.to ?? stretch.to,
    as_of: search.as_of ?? null,
  };
}

/** The records behind a number: as many as it says. */
function Behind({ of }: { of: NumberOf }) {
  const router = useRouter();
  const navigate = useNavigate();
  const isBeside = useSearch({ strict: false }).record !== undefined;
  const [range, setRange] = useState<[number, number]>([0, 0]);
  const onRange = useCallback((first: number, last: number) => setRange([first, last]), []);
  const rows = useNumberRows(of, range[0], range[1]);
  const kind = useKind(rows.at(0)?.kind ?? 'opportunity');
  const about = useNamed(recordIn(of.number));
  const title = numberTitle(of.number, {
    title: titleOf(about),
    reason: titleOf(useNamed(reasonIn(of.number))),
    on: of.as_of ?? today(),
  });
  const from = of.number.startsWith('feedback/')
    ? { path: '/feedback', title: m.nav_feedback() }
    : { path: '/numbers', title: m.nav_numbers() };
  const back = () => {
    if (router.history.canGoBack()) router.history.back();
    else void navigate({ to: from.path, search: {} });
  };
  useShortcut('close_panel', back, !isBeside);
  return (
    <WithPanel>
      <Header
        title={from.title}
        actions={
          <IconButton
            label={m.action_back()}
            shortcut="close_panel"
            icon={<ArrowLeft className="size-4" />}
            onClick={back}
          />
        }
      />
      <div className="flex shrink-0 flex-wrap items-baseline gap-x-3 border-line border-b px-4 py-2">
        <h2 className="min-w-0 break-words font-semibold">{title}</h2>
        <p className="numeric text-quiet">
          {[
            rows.first ? '' : inFigures(rows.total),
            spanWords(ownSpan(of.number, about) ?? of),
            of.as_of === null ? '' : m.period_as_of_day({ day: day(of.as_of, true) }),
          ]
            .filter((part) => part !== '')
            .join(' · ')}
        </p>
      </div>
      {rows.error !== null ? (
        <EmptyState title={failureText(rows.error)}>{rows.error.message}</EmptyState>
      ) : !rows.first && rows.total === 0 ? (
        <EmptyState title={m.number_nothing()}>{m.number_nothing_explained()}</EmptyState>
      ) : (
        kind !== undefined && <NumberList kind={kind} of={of} rows={rows} onRange={onRange} onLeave={back} />
      )}
    </WithPanel>
  );
}

export function NumberScreen() {
  const of = useNumberOf();
  // Another number is another list: nothing of the one before stays chosen.
  return <Behind key={`${of.number}|${of.from}|${of.to}|${of.as_of ?? ''}`} of={of} />;
}
