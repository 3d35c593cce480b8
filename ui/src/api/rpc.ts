import { type Failure, platform } from '@/platform';
import type { Answers, Command, Payload } from './commands';
import type { Said } from './types';

/** A request the engine refused, or that did not reach it. */
export class ApiFailure extends Error {
  readonly code: string;
  readonly field: string | null;
  /** The message for the reader's language; absent where the code says it all. */
  readonly remark: Said | null;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'ApiFailure';
    this.code = failure.code;
    this.field = failure.field ?? null;
    this.remark = failure.remark ?? null;
  }
}

function asFailure(cause: unknown): ApiFailure {
  if (cause instanceof ApiFailure) return cause;
  if (typeof cause === 'object' && cause !== null && 'code' in cause) return new ApiFailure(cause as Failure);
  return new ApiFailure({ code: 'internal', message: String(cause) });
}

/** Sends one command and gives its answer. */
export async function rpc<C extends Command>(
  command: C,
  ...rest: Payload<C> extends undefined ? [] : [payload: Payload<C>]
): Promise<Answers[C]> {
  try {
    const [payload] = rest;
    return (await platform.send(payload === undefined ? { command } : { command, payload })) as Answers[C];
  } catch (cause) {
    throw asFailure(cause);
  }
}
