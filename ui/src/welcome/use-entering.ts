import { useState } from 'react';
import { enterApp } from '@/api/events';
import { ApiFailure } from '@/api/rpc';
import type { AppState } from '@/api/types';
import { failureText } from '@/state/toasts';
import type { Wrong } from './member-fields';

/** Which input a refusal is about, where the engine names no field. */
const FIELD_OF: Record<string, string> = {
  not_an_invite: 'link',
  invite_damaged: 'link',
  invite_expired: 'link',
  bad_relay_url: 'relay',
  exists: 'name',
};

const OWN_NAMES: Record<string, string> = { email: 'member_email' };

/** Runs what opens a workspace: busy while it runs, and what was refused beside the input it is about. */
export function useEntering() {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Wrong>({});
  const enter = async (open: () => Promise<AppState>) => {
    setBusy(true);
    setWrong({});
    try {
      enterApp(await open());
    } catch (cause) {
      const named = cause instanceof ApiFailure ? (cause.field ?? FIELD_OF[cause.code]) : undefined;
      setWrong({ [OWN_NAMES[named ?? ''] ?? named ?? 'form']: failureText(cause) });
      setBusy(false);
    }
  };
  return { busy, wrong, setWrong, enter };
}
