import { isHeld, sayDone } from '@/api/actions';
import type { Answers, Command, Payload } from '@/api/commands';
import { noteChanged } from '@/api/events';
import { rpc } from '@/api/rpc';
import type { RouteInfo } from '@/api/types';
import { m } from '@/paraglide/messages.js';
import { complain, failureText } from '@/state/toasts';
import { useGuard } from './guard-state';

const TOUCHED = ['opportunity', 'decision', 'answer', 'task'];

type Lead = { id: string };

/** The change that an answer names: the toast takes back that very action, whatever was done since. */
export function changeOf(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null || !('change' in answer)) return null;
  return typeof answer.change === 'string' ? answer.change : null;
}

/** What is being done to which lead, until the screen shows that it is done. */
const underWay = new Set<string>();

/**
 * Sends a command about a lead, says that it is done with a way back, and whether it was. What is under way already is not
 * asked for again. Where a rule holds it back, `onHeld` hears why instead of the reader.
 */
export async function act<C extends Command>(
  command: C,
  payload: Payload<C> & Lead,
  said: string,
  onHeld?: (why: string) => void,
): Promise<boolean> {
  return (await answerTo(command, payload, said, onHeld)) !== null;
}

/** The same where what the engine answers is of use; null where it was not done. */
async function answerTo<C extends Command>(
  command: C,
  payload: Payload<C> & Lead,
  said: string,
  onHeld?: (why: string) => void,
): Promise<Answers[C] | null> {
  const name = `${command} ${payload.id}`;
  if (underWay.has(name)) return null;
  underWay.add(name);
  try {
    const answer = await (rpc as (command: Command, payload: unknown) => Promise<Answers[C]>)(
      command,
      payload,
    );
    void noteChanged({ kinds: TOUCHED, ids: [payload.id] }).finally(() => underWay.delete(name));
    sayDone(said, changeOf(answer));
    return answer;
  } catch (cause) {
    underWay.delete(name);
    if (onHeld !== undefined && isHeld(cause)) onHeld(failureText(cause));
    else complain(cause);
    return null;
  }
}

/** Begins a customer's renewal and shows it: the work goes on there. */
export async function renew(
  { id, title }: Lead & { title: string },
  show: (renewal: string) => void,
): Promise<void> {
  const renewed = await answerTo('renew', { id, reason: null }, m.said_renewal({ title }));
  if (renewed !== null) show(renewed.record.id);
}

/** Takes a lead that is offered. Where a rule holds it back, a dialog asks why it shall be taken all the same. */
export async function accept(lead: Lead & { title: string }, onDone?: () => void): Promise<void> {
  const { id, title } = lead;
  const done = await act('accept', { id }, m.said_accepted({ title }), (why) =>
    useGuard.setState({ refused: { ...lead, why, onDone } }),
  );
  if (done) onDone?.();
}

/** That a lead was offered, or where routing assigns by itself that somebody has it. */
export function saidOffered(title: string, route: RouteInfo | undefined, chosen: string | null): string {
  const members = [route?.chosen, ...(route?.candidates.map(({ member }) => member) ?? [])];
  const member = members.find((one) => one?.id === chosen)?.title;
  if (member === undefined) return m.said_offered({ title });
  return route?.mode === 'assign' ? m.said_assigned_to({ member }) : m.said_offered_to({ member });
}
