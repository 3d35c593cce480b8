import { sayDone } from '@/api/actions';
import type { Command, Payload } from '@/api/commands';
import { noteChanged } from '@/api/events';
import { rpc } from '@/api/rpc';
import { complain } from '@/state/toasts';

const TOUCHED = ['opportunity', 'decision', 'answer', 'task'];

type Lead = { id: string };

/** The change that an answer names: the toast takes back that very action, whatever was done since. */
export function changeOf(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null || !('change' in answer)) return null;
  return typeof answer.change === 'string' ? answer.change : null;
}

/** Sends a command about a lead, says that it is done with a way back, and whether it was. */
export async function act<C extends Command>(
  command: C,
  payload: Payload<C> & Lead,
  said: string,
): Promise<boolean> {
  try {
    const answer = await (rpc as (command: Command, payload: unknown) => Promise<unknown>)(command, payload);
    noteChanged({ kinds: TOUCHED, ids: [payload.id] });
    sayDone(said, changeOf(answer));
    return true;
  } catch (cause) {
    complain(cause);
    return false;
  }
}
