import { afterEach, expect, test } from 'vitest';
import { patchCaches } from './optimistic';
import { queryClient } from './query-client';
import type { RecordPage } from './types';

const policy = (hours: string) => ({
  records: [{ id: 'p', kind: 'policy', title: 'Policy', fields: { hours } }],
  total: 1,
});

const shown = () =>
  queryClient.getQueryData<RecordPage>(['list', 'policy'])?.records[0]?.fields as { hours: string };

afterEach(() => queryClient.clear());

test('what was being read when something is changed does not take the change back', async () => {
  queryClient.setQueryData(['list', 'policy'], policy('09:00-17:00'));
  let answer: (page: unknown) => void = () => {};
  const queryFn = () => new Promise((resolve) => (answer = resolve));
  const reading = queryClient
    .fetchQuery({ queryKey: ['list', 'policy'], queryFn, staleTime: 0 })
    .catch(() => undefined);
  const back = await patchCaches('policy', new Set(['p']), { hours: '08:00-12:00' });
  answer(policy('09:00-17:00'));
  await reading;
  expect(shown().hours).toBe('08:00-12:00');
  back();
  expect(shown().hours).toBe('09:00-17:00');
});
