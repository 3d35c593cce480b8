import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Input } from './commands';
import { rpc } from './rpc';
import type {
  Backtest,
  DraftRule,
  Feedback,
  ForgottenQuery,
  Marks,
  Metrics,
  MetricsQuery,
  NumberQuery,
  ReturnedQuery,
} from './types';

// What follows from the records rather than being one: any change may change it, so all of it is read again after one.

/** Clocks run while nobody writes: what shows one is read again so often. */
export const CLOCKS_MS = 60_000;

export const briefQuery = (id: string) =>
  queryOptions({
    queryKey: ['journey', 'brief', id],
    queryFn: () => rpc('brief', { id }),
    refetchInterval: CLOCKS_MS,
  });

export const warningsQuery = (id: string) =>
  queryOptions({ queryKey: ['journey', 'warnings', id], queryFn: () => rpc('warnings', { id }) });

export const gateQuery = (id: string) =>
  queryOptions({ queryKey: ['journey', 'gate', id], queryFn: () => rpc('gate', { id }) });

export const routeQuery = (id: string) =>
  queryOptions({ queryKey: ['journey', 'route', id], queryFn: () => rpc('route', { id }) });

export const settlementQuery = (id: string) =>
  queryOptions({ queryKey: ['journey', 'settlement', id], queryFn: () => rpc('settlement', { id }) });

export const forgottenQuery = (query: Input<ForgottenQuery> = {}) =>
  queryOptions({
    queryKey: ['journey', 'forgotten', query],
    queryFn: () => rpc('forgotten', query),
    placeholderData: keepPreviousData,
    refetchInterval: CLOCKS_MS,
  });

/** Numbers of a past day say which: what was asked before stays on screen until the next answer. */
export type Answered<T> = T & { as_of: string | null };

export const metricsQuery = (query: Input<MetricsQuery>) =>
  queryOptions({
    queryKey: ['journey', 'metrics', query],
    queryFn: async (): Promise<Answered<Metrics>> => ({
      ...(await rpc('metrics', query)),
      as_of: query.as_of ?? null,
    }),
    placeholderData: keepPreviousData,
  });

export const feedbackQuery = (query: Input<MetricsQuery>) =>
  queryOptions({
    queryKey: ['journey', 'feedback', query],
    queryFn: async (): Promise<Answered<Feedback>> => ({
      ...(await rpc('feedback', query)),
      as_of: query.as_of ?? null,
    }),
    placeholderData: keepPreviousData,
  });

/** Where the next page begins; nowhere once all is read, or there is less than was said. */
const nextOffset = (pages: number[], total: number): number | undefined => {
  const read = pages.reduce((sum, length) => sum + length, 0);
  return pages.at(-1) !== 0 && read < total ? read : undefined;
};

/** Returned leads that are read at once. */
export const RETURNED_PAGE = 50;

/** The leads that sales gave back, newest first, page by page. */
export const returnedQuery = (query: Omit<Input<ReturnedQuery>, 'offset' | 'limit'>) =>
  infiniteQueryOptions({
    queryKey: ['journey', 'returned', query],
    queryFn: ({ pageParam }) => rpc('returned', { ...query, offset: pageParam, limit: RETURNED_PAGE }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      nextOffset(
        pages.map(({ leads }) => leads.length),
        last.total,
      ),
    // What was found for other words stays until the next answer; what was given back in another time does not.
    placeholderData: (before, asked) => {
      const [, , of] = (asked?.queryKey ?? []) as (typeof query | string)[];
      const isOfThen =
        typeof of === 'object' && of.from === query.from && of.to === query.to && of.as_of === query.as_of;
      return isOfThen ? before : undefined;
    },
  });

export const numberQuery = (query: Input<NumberQuery>) =>
  queryOptions({
    queryKey: ['journey', 'number', query],
    queryFn: () => rpc('number', query),
    placeholderData: keepPreviousData,
  });

/** The opportunities whose marks are asked for within one turn, and who waits for them. */
let asked = new Map<string, { take: (marks: Marks | null) => void; fail: (cause: unknown) => void }[]>();

/** Cards ask one by one; the engine is asked once for all of them. */
function marksOf(id: string): Promise<Marks | null> {
  return new Promise((take, fail) => {
    if (asked.size === 0) queueMicrotask(askForMarks);
    asked.set(id, [...(asked.get(id) ?? []), { take, fail }]);
  });
}

function askForMarks(): void {
  const waiting = asked;
  asked = new Map();
  rpc('marks', { ids: [...waiting.keys()] }).then(
    (answers) => {
      const found = new Map(answers.map((marks) => [marks.id, marks]));
      for (const [id, all] of waiting) for (const { take } of all) take(found.get(id) ?? null);
    },
    (cause: unknown) => {
      for (const all of waiting.values()) for (const { fail } of all) fail(cause);
    },
  );
}

/** What calls for attention on an opportunity. */
export const marksQuery = (id: string) =>
  queryOptions({
    queryKey: ['journey', 'marks', id],
    queryFn: () => marksOf(id),
    refetchInterval: CLOCKS_MS,
    retry: false,
  });

/** How a back-test was asked: its numbers open what they counted then. */
export interface Asked {
  months: number;
  drafts: DraftRule[];
}

/** A back-test with how it was asked. */
export type Tried = Backtest & { asked: Asked };

export const backtestQuery = (months: number, drafts: DraftRule[]) =>
  queryOptions({
    queryKey: ['journey', 'backtest', { months, drafts }],
    queryFn: async (): Promise<Tried> => ({
      ...(await rpc('backtest', { months, drafts })),
      asked: { months, drafts },
    }),
    placeholderData: keepPreviousData,
  });

/** The leads behind a number of a back-test, page by page. */
export const triedQuery = (asked: Asked, number: string) =>
  infiniteQueryOptions({
    queryKey: ['journey', 'tried', asked, number],
    queryFn: ({ pageParam }) => rpc('tried', { ...asked, number, offset: pageParam }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      nextOffset(
        pages.map(({ records }) => records.length),
        last.total,
      ),
  });
