import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { test as base, expect, type Page } from '@playwright/test';
import type { Answers, Command } from '../src/api/commands';

const ui = fileURLToPath(new URL('..', import.meta.url));
const binary = process.env.TANDEM_DEVHOST ?? join(ui, '../target/debug/tandem-devhost');

/** A development host with an empty data folder. */
export class Host {
  private constructor(
    readonly address: string,
    private readonly process: ChildProcess,
    private readonly data: string,
  ) {}

  static async start(): Promise<Host> {
    const data = await mkdtemp(join(tmpdir(), 'tandem-ui-'));
    const child = spawn(binary, ['--listen', '127.0.0.1:0', '--data', data, '--ui', join(ui, 'dist')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const address = await new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`${binary} ended with ${code} before it listened`)));
      createInterface({ input: child.stdout! }).on('line', (line) => {
        const found = /listening on (http:\/\/\S+)/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
    });
    return new Host(address, child, data);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    // What it holds is thrown away: there is nothing to close in good order.
    this.process.kill('SIGKILL');
    await ended;
    await rm(this.data, { recursive: true, force: true });
  }

  /** Sends a command as the interface does; fails the test with the engine's words. */
  async rpc<C extends Command>(command: C, payload?: unknown): Promise<Answers[C]> {
    const response = await fetch(`${this.address}/rpc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload === undefined ? { command } : { command, payload }),
    });
    const body: unknown = await response.json();
    expect(response.ok, `${command}: ${JSON.stringify(body)}`).toBe(true);
    return body as Answers[C];
  }

  /** A workspace of one's own, in English and light unless said otherwise. */
  async workspace(preferences: Record<string, unknown> = {}): Promise<void> {
    await this.rpc('start', {
      name: 'Nordlicht',
      member_name: 'Anna Weber',
      member_email: 'anna@nordlicht.example',
      team: 'sales',
    });
    await this.rpc('set_preferences', { language: 'en', theme: 'light', interface: {}, ...preferences });
  }

  /** Imports a CSV text, as one action. */
  async import(kind: string, csv: string): Promise<Answers['import_run']> {
    return this.rpc('import_run', { kind, name: `${kind}.csv`, data: Buffer.from(csv).toString('base64') });
  }

  /** Makes a record. An opportunity may begin in any stage. */
  async create(kind: string, fields: Record<string, unknown>): Promise<Answers['create']> {
    return this.rpc('create', { kind, fields, override_reason: 'It stands there' });
  }
}

/** Lets the engine refuse a command from now on. */
export const refuse = (page: Page, command: string): Promise<unknown> =>
  page.route('**/rpc', async (route) => {
    if (route.request().postDataJSON().command !== command) return route.continue();
    const refusal = { code: 'not_possible', message: 'The disk is full' };
    await route.fulfill({ status: 400, contentType: 'application/json', body: JSON.stringify(refusal) });
  });

/** A test with a host of its own and a page that fails the test when the interface throws. */
export const test = base.extend<{ host: Host }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the fixture's needs from this pattern
  host: async ({}, use) => {
    const host = await Host.start();
    await use(host);
    await host.stop();
  },
  page: async ({ page }, use) => {
    const thrown: string[] = [];
    page.on('pageerror', (error) => thrown.push(error.stack ?? error.message));
    await use(page);
    expect(thrown, 'the interface threw').toEqual([]);
  },
});

export { expect };
