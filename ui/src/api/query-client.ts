import { QueryClient } from '@tanstack/react-query';
import { ApiFailure } from './rpc';

/**
 * What has been read from the engine. It stays good until an event says otherwise, so nothing is read again just because
 * time passed or the window got the focus.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 5 * 60_000,
      networkMode: 'always',
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: (failures, error) => failures < 2 && error instanceof ApiFailure && error.code === 'unreachable',
    },
    mutations: { networkMode: 'always' },
  },
});
