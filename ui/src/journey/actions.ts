import { undoChange } from '@/api/actions';
import type { Command, Payload } from '@/api/commands';
import { noteChanged } from '@/api/events';
import { rpc } from '@/api/rpc';
import { complain, say } from '@/state/toasts';

const TOUCHED = ['opportunity', 'decision', 'answer', 'task'];

type Lead = { id: string };

/** Sends a command about a lead, says that it is done with a way back, and whether it was. */
export async function act<C extends Command>(
  command: C,
  payload: Payload<C> & Lead,
  said: string,
): Promise<boolean> {
  try {
    await (rpc as (command: Command, payload: unknown) => Promise<unknown>)(command, payload);
    noteChanged({ kinds: TOUCHED, ids: [payload.id] });
    say(said, { undo: () => void undoChange() });
    return true;
  } catch (cause) {
    complain(cause);
    return false;
  }
}
