import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Host, test as withHost } from './host';

const binary =
  process.env.TANDEM_RELAY ?? fileURLToPath(new URL('../../target/debug/tandem-relay', import.meta.url));

/** Nobody listens there: a workspace that names it is offline. */
export const NOWHERE = 'ws://127.0.0.1:9';

/** A relay on loopback with an empty data folder. */
export class Relay {
  private constructor(
    readonly address: string,
    private readonly process: ChildProcess,
    private readonly data: string,
  ) {}

  static async start(): Promise<Relay> {
    const data = await mkdtemp(join(tmpdir(), 'tandem-relay-'));
    const child = spawn(binary, ['serve', '--listen', '127.0.0.1:0', '--data', data], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const address = await new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`${binary} ended with ${code} before it listened`)));
      createInterface({ input: child.stdout! }).on('line', (line) => {
        const found = /listening on (ws:\/\/\S+)/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
    });
    return new Relay(address, child, data);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGKILL');
    await ended;
    await rm(this.data, { recursive: true, force: true });
  }
}

/** A test with a relay and a second device, whose member is Ravi Anand of sales once {@link share} let him in. */
export const test = withHost.extend<{ relay: Relay; other: Host }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the fixture's needs from this pattern
  relay: async ({}, use) => {
    const relay = await Relay.start();
    await use(relay);
    await relay.stop();
  },
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the fixture's needs from this pattern
  other: async ({}, use) => {
    const other = await Host.start();
    await use(other);
    await other.stop();
  },
});

/** Brings the other device into the workspace of the first. */
export async function share(relay: Relay, host: Host, other: Host): Promise<void> {
  await host.rpc('set_relay', { relay: relay.address });
  const { link } = await host.rpc('invite', {});
  await other.rpc('join', {
    link,
    member_name: 'Ravi Anand',
    member_email: 'ravi@nordlicht.example',
    team: 'sales',
  });
  await other.rpc('set_preferences', { language: 'en', theme: 'light', interface: {} });
}
