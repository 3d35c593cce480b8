import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Input } from './commands';
import { rpc } from './rpc';
import type { DraftRule, ForgottenQuery, MetricsQuery, NumberQuery, TodayQuery } from './types';

// What follows from the records rather than being one: any change may change it, so all of it is read again after one.

export const todayQuery = (query: Input<TodayQuery> = {}) =>
  queryOptions({
    queryKey: ['journey', 'today', query],
    queryFn: () => rpc('today', query),
    placeholderData: keepPreviousData,
    // Clocks run while nobody writes.
    refetchInterval: 60_000,
  });

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
  });

export const metricsQuery = (query: Input<MetricsQuery>) =>
  queryOptions({
    queryKey: ['journey', 'metrics', query],
    queryFn: () => rpc('metrics', query),
    placeholderData: keepPreviousData,
  });

export const feedbackQuery = (query: Input<MetricsQuery>) =>
  queryOptions({
    queryKey: ['journey', 'feedback', query],
    queryFn: () => rpc('feedback', query),
    placeholderData: keepPreviousData,
  });

export const numberQuery = (query: Input<NumberQuery>) =>
  queryOptions({
    queryKey: ['journey', 'number', query],
    queryFn: () => rpc('number', query),
    placeholderData: keepPreviousData,
  });

export const backtestQuery = (months: number, drafts: DraftRule[]) =>
  queryOptions({
    queryKey: ['journey', 'backtest', { months, drafts }],
    queryFn: () => rpc('backtest', { months, drafts, as_of: null }),
    placeholderData: keepPreviousData,
  });
