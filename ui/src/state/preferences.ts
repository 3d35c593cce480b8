import { useMutation } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useApp } from '@/api/queries';
import { queryClient } from '@/api/query-client';
import { rpc } from '@/api/rpc';
import type { AppState, Preferences } from '@/api/types';
import { complain } from './toasts';

const currentPreferences = () =>
  queryClient.getQueryData<AppState>(['app'])?.preferences ?? { interface: {} };

/** Keeps preferences of this machine; they apply at once and are written behind. */
export function useSetPreferences() {
  const { mutate } = useMutation({
    mutationFn: (preferences: Preferences) => rpc('set_preferences', preferences),
    onError: complain,
  });
  return useCallback(
    (change: Partial<Preferences>) => {
      const preferences = { ...currentPreferences(), ...change };
      queryClient.setQueryData<AppState>(['app'], (app) => app && { ...app, preferences });
      mutate(preferences);
    },
    [mutate],
  );
}

/** One of the interface's own settings on this machine, such as a width. */
export function useKept<T>(key: string, fallback: T): [T, (value: T) => void] {
  const kept = useApp()?.preferences.interface[key] as T | undefined;
  const set = useSetPreferences();
  const keep = useCallback(
    (value: T) => set({ interface: { ...currentPreferences().interface, [key]: value as never } }),
    [key, set],
  );
  return [kept ?? fallback, keep];
}
