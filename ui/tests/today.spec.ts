import type { Page } from '@playwright/test';
import { expectNoViolation } from './axe';
import { expect, type Host, refuse, test as withHost } from './host';
import { NOWHERE, share, test } from './relay';

const lines = (page: Page) => page.getByRole('grid', { name: 'Today' }).getByRole('row');
const line = (page: Page, title: string) => lines(page).filter({ hasText: new RegExp(`^${title}`) });

async function myId(host: Host): Promise<string> {
  return (await host.rpc('app')).workspace!.me.id;
}

/** A lead that is offered to who looks. */
async function offered(host: Host, name: string): Promise<string> {
  const account = await host.create('account', { name: `${name} AG`, employees: 120 });
  const { id } = await host.create('opportunity', {
    name,
    stage: 'qualified',
    account: account.id,
    value: 12_000,
    currency: 'EUR',
  });
  await host.rpc('offer', { id, member: await myId(host), override_reason: 'They asked for us' });
  return id;
}

/** A deal of who looks, whose next step is due on a day. */
async function deal(host: Host, name: string, day: string): Promise<string> {
  const fields = { name, stage: 'discovery', next_step: 'Call them', next_step_date: day };
  return (await host.create('opportunity', fields)).id;
}

/** A queue of so many lines, all of the same urgency. */
async function long(host: Host, length: number): Promise<void> {
  const rows = Array.from(
    { length },
    (_, n) => `Lead ${String(n).padStart(5, '0')},discovery,anna@nordlicht.example`,
  );
  await host.import('opportunity', `name,stage,owner\n${rows.join('\n')}\n`);
}

async function open(host: Host, page: Page): Promise<void> {
  await page.goto(host.address);
  await expect(page).toHaveURL(/#\/today/);
  await lines(page).first().waitFor();
  await expect(page.getByRole('grid', { name: 'Today' })).toBeFocused();
}

test('the day begins with the queue, and an offer is accepted and the next one returned by keyboard alone', async ({
  host,
  page,
}) => {
  await host.workspace();
  const first = await offered(host, 'Windpark');
  const second = await offered(host, 'Solarfeld');
  await open(host, page);
  await expect(line(page, 'Windpark')).toContainText('Answer the offer');
  await page.keyboard.press('Home');
  await expect(lines(page).and(page.locator('[aria-selected=true]'))).toContainText('Windpark');

  await page.keyboard.press('a');
  await expect(page.getByText('“Windpark” is yours')).toBeVisible();
  await expect(line(page, 'Windpark')).toContainText('Get in touch');
  expect((await host.rpc('record', { id: first })).fields).toMatchObject({ stage: 'accepted' });

  await expect(line(page, 'Solarfeld')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('r');
  const dialog = page.getByRole('dialog', { name: 'Give “Solarfeld” back' });
  await dialog.getByLabel('Reason').selectOption('No budget');
  await dialog.getByLabel('In your own words').fill('Budget is frozen until autumn');
  await dialog.getByRole('button', { name: 'Give back' }).click();
  await expect(page.getByText('“Solarfeld” went back to marketing')).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Today' })).toBeFocused();
  expect((await host.rpc('record', { id: second })).fields).toMatchObject({ stage: 'engaged' });
});

test('the way back in a toast takes back that very action, whatever was done since', async ({
  host,
  page,
}) => {
  await host.workspace();
  const id = await offered(host, 'Windpark');
  const other = await deal(host, 'Solarfeld', '2020-01-01');
  await open(host, page);
  await line(page, 'Windpark').getByRole('button', { name: 'Accept' }).click();
  const toast = page.getByRole('dialog').filter({ hasText: '“Windpark” is yours' });
  await expect(toast).toBeVisible();
  await host.rpc('set', { ids: [other], fields: { next_step: 'Send the quote' } });
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(line(page, 'Windpark')).toContainText('Answer the offer');
  expect((await host.rpc('record', { id })).fields).toMatchObject({ stage: 'qualified' });
  expect((await host.rpc('record', { id: other })).fields.next_step).toBe('Send the quote');
});

test('where nothing changed, nothing is offered to be taken back', async ({ host, page }) => {
  await host.workspace();
  await deal(host, 'Windpark', '2099-01-01');
  await open(host, page);
  await page.keyboard.press('n');
  await page
    .getByRole('dialog', { name: /^Next step for/ })
    .getByRole('button', { name: 'Save' })
    .click();
  const toast = page.getByRole('dialog').filter({ hasText: 'Next step of “Windpark” set' });
  await expect(toast).toBeVisible();
  await expect(toast.getByRole('button', { name: 'Undo' })).toHaveCount(0);
});

test('n sets the next step and the hand goes on to the next line', async ({ host, page }) => {
  await host.workspace();
  const id = await deal(host, 'Windpark', '2020-01-01');
  await deal(host, 'Solarfeld', '2020-01-02');
  await open(host, page);
  await page.keyboard.press('Home');
  await expect(line(page, 'Windpark')).toContainText('overdue');
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'Next step for “Windpark”' });
  await expect(dialog.getByRole('textbox', { name: 'Next step', exact: true })).toHaveValue('Call them');
  await page.keyboard.type('Send the quote');
  await page.keyboard.press('Tab');
  await page.keyboard.type('+3');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Next step of “Windpark” set')).toBeVisible();
  await expect(line(page, 'Solarfeld')).toHaveAttribute('aria-selected', 'true');
  expect((await host.rpc('record', { id })).fields.next_step).toBe('Send the quote');
});

test('a step that is refused stays written', async ({ host, page }) => {
  await host.workspace();
  const id = await deal(host, 'Windpark', '2099-01-01');
  await open(host, page);
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: /^Next step for/ });
  const step = dialog.getByRole('textbox', { name: 'Next step', exact: true });
  await step.fill('Send the quote');
  await refuse(page, 'set');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toContainText('The disk is full');
  await expect(step).toHaveValue('Send the quote');
  await page.unrouteAll();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  expect((await host.rpc('record', { id })).fields.next_step).toBe('Send the quote');
});

test('a contact and what follows from it are one dialog, one change and one undo', async ({ host, page }) => {
  await host.workspace();
  const id = await deal(host, 'Windpark', '2020-01-01');
  await open(host, page);
  await page.keyboard.press('l');
  const dialog = page.getByRole('dialog', { name: 'Log a contact: Windpark' });
  await dialog.getByLabel('What happened?').fill('Talked to Ines\nShe wants a quote with the crane in it.');
  await dialog.getByLabel('Next step', { exact: true }).fill('Send the quote');
  // What was typed is there again, whoever looks something up in between.
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.keyboard.press('l');
  await expect(dialog.getByLabel('What happened?')).toHaveValue(/with the crane in it/);
  await expect(dialog.getByLabel('Next step', { exact: true })).toHaveValue('Send the quote');
  await dialog.getByRole('button', { name: 'In a week' }).first().click();
  await dialog.getByRole('button', { name: 'Something was promised' }).click();
  await page.keyboard.type('A quote with the crane');
  await dialog.getByRole('button', { name: 'Log', exact: true }).click();
  await expect(page.getByText('Call logged, next step set')).toBeVisible();
  await expect(line(page, 'Windpark')).toContainText('Send the quote');
  const { changes } = await host.rpc('history', { limit: 1 });
  expect(changes[0]).toMatchObject({ action: 'log', records: 3 });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(line(page, 'Windpark')).toContainText('Call them');
  expect((await host.rpc('list', { kind: 'activity' })).total).toBe(0);
  expect((await host.rpc('list', { kind: 'task' })).total).toBe(0);
  expect((await host.rpc('record', { id })).fields.next_step_date).toBe('2020-01-01');
});

test('who was contacted by somebody else lately is told before the next contact', async ({ host, page }) => {
  await host.workspace();
  const ravi = await host.create('member', { name: 'Ravi Anand', team: 'sales' });
  const account = await host.create('account', { name: 'Nordwind AG' });
  const ines = await host.create('person', { first_name: 'Ines', last_name: 'Holm', account: account.id });
  const id = await deal(host, 'Windpark', '2020-01-01');
  await host.rpc('set', {
    ids: [id],
    fields: { account: account.id, people: [{ id: ines.id, role: 'champion' }] },
  });
  await host.create('activity', {
    type: 'call',
    subject: 'Asked for the budget',
    person: ines.id,
    owner: ravi.id,
    at: new Date(Date.now() - 2 * 86_400_000).toISOString(),
  });
  await open(host, page);
  await page.keyboard.press('l');
  await expect(page.getByRole('dialog')).toContainText('Ravi Anand contacted Ines Holm 2 days ago');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'Windpark' });
  await panel.getByRole('region', { name: 'Before the contact' }).getByRole('link', { name: 'See' }).click();
  await expect(page).toHaveURL(/#\/record\//);
  await expect(page.getByText('Asked for the budget').first()).toBeVisible();
});

test('the question that changes most is answered from its line', async ({ host, page }) => {
  await host.workspace();
  await host.create('opportunity', { name: 'Windpark', stage: 'engaged' });
  await open(host, page);
  await expect(line(page, 'Windpark')).toContainText(/Score \d+; ask:/);
  await page.keyboard.press('q');
  const dialog = page.getByRole('dialog', { name: 'Ask: Windpark' });
  await dialog.getByRole('textbox').fill('Ines said so on the phone');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/: answered/)).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await host.rpc('list', { kind: 'answer' })).total).toBe(0);
});

test('the day of another member is shown, without answering in their name', async ({ host, page }) => {
  await host.workspace();
  const ravi = await host.create('member', { name: 'Ravi Anand', team: 'sales', type: 'person' });
  const { id } = await host.create('opportunity', { name: 'Windpark', stage: 'qualified' });
  await host.rpc('offer', { id, member: ravi.id, override_reason: 'They asked for him' });
  await page.goto(`${host.address}/#/today`);
  await page.getByRole('button', { name: /^Whose day/ }).click();
  await page.getByRole('option', { name: /Ravi Anand/ }).click();
  await expect(page.getByRole('heading', { name: 'Ravi Anand: today' })).toBeVisible();
  await expect(line(page, 'Windpark')).toContainText('Answer the offer');
  await expect(page.getByRole('button', { name: 'Accept' })).toHaveCount(0);
});

test('of a long queue only what is in view is there, and the last line is one key away', async ({
  host,
  page,
}) => {
  await host.workspace();
  await long(host, 1500);
  await open(host, page);
  await expect(page.getByText(/1,500 in all/)).toBeVisible();
  expect(await lines(page).count()).toBeLessThan(80);
  await page.keyboard.press('End');
  await expect(lines(page).and(page.locator('[aria-selected=true]'))).toContainText(/Lead \d{5}/);
  const { items } = await host.rpc('today', { offset: 1499 });
  await expect(lines(page).and(page.locator('[aria-selected=true]'))).toContainText(items[0]!.title);
});

test('far from the cursor only the pages in view are read, and the cursor acts wherever it is', async ({
  host,
  page,
}) => {
  test.slow();
  await host.workspace();
  await long(host, 10_000);
  const read = new Set<number>();
  page.on('request', (request) => {
    const asked = request.url().endsWith('/rpc') ? request.postDataJSON() : null;
    if (asked?.command === 'today') read.add(asked.payload.offset);
  });
  await open(host, page);
  const grid = page.getByRole('grid', { name: 'Today' });
  const scrollTo = (top: number) => grid.evaluate((list, to) => list.scrollTo({ top: to }), top);
  const at = async (index: number) => (await host.rpc('today', { offset: index, limit: 1 })).items[0]!.title;
  const selected = lines(page).and(page.locator('[aria-selected=true]'));

  await scrollTo(10_000_000);
  await expect(line(page, await at(9999))).toBeVisible();
  expect([...read].every((offset) => offset === 0 || offset >= 9700)).toBe(true);

  // The line is acted on where it stands, and the cursor comes along.
  const last = await at(9999);
  await line(page, last).getByRole('button').click();
  await expect(page.getByRole('dialog')).toContainText(last);
  await page.keyboard.press('Escape');
  await expect(selected).toContainText(last);

  await scrollTo(0);
  await expect(line(page, await at(0))).toBeVisible();
  await expect(selected).toHaveCount(0);
  await grid.focus();
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog', { name: `Next step for “${last}”` })).toBeVisible();
});

test('the cursor stays with its record when something more urgent comes in above it', async ({
  host,
  page,
}) => {
  await host.workspace();
  const first = await offered(host, 'Windpark');
  await open(host, page);
  const selected = lines(page).and(page.locator('[aria-selected=true]'));
  await expect(selected).toContainText('Windpark');
  await deal(host, 'Solarfeld', '2020-01-01');
  await expect(lines(page).nth(1)).toContainText('Solarfeld');
  await expect(selected).toContainText('Windpark');
  await page.keyboard.press('a');
  await expect(page.getByText('“Windpark” is yours')).toBeVisible();
  expect((await host.rpc('record', { id: first })).fields.stage).toBe('accepted');
});

test('what comes back is taken up again and what rests is moved, each with one key', async ({
  host,
  page,
}) => {
  await host.workspace();
  const { id } = await host.create('opportunity', {
    name: 'Windpark',
    stage: 'nurture',
    return_on: '2020-01-01',
  });
  const other = await deal(host, 'Solarfeld', '2099-01-02');
  // Within a test nothing rests for days: the engine's line is made one that does.
  await page.route('**/rpc', async (route) => {
    if (route.request().postDataJSON().command !== 'today') return route.continue();
    const response = await route.fetch();
    const today = await response.json();
    for (const item of today.items) if (item.id === other) item.actions = ['move', 'step', 'open'];
    await route.fulfill({ response, json: today });
  });
  await open(host, page);
  await line(page, 'Windpark').click();
  await page.keyboard.press('u');
  await expect(page.getByText('“Windpark” is taken up again')).toBeVisible();
  expect((await host.rpc('record', { id })).fields.stage).toBe('engaged');

  await line(page, 'Solarfeld').click();
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog', { name: 'Move “Solarfeld” on' });
  await dialog.getByRole('combobox').selectOption('Lost');
  await dialog.getByRole('button', { name: 'Move' }).click();
  const exit = page.getByRole('dialog', { name: 'Move Solarfeld to Lost' });
  await expect(dialog).toHaveCount(0);
  await exit.getByRole('combobox', { name: /^Reason/ }).selectOption('price');
  await exit.getByRole('button', { name: 'Move' }).click();
  await expect(page.getByText('“Solarfeld” is in Lost now')).toBeVisible();
  expect((await host.rpc('record', { id: other })).fields.stage).toBe('lost');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('the palette offers what can be done about the line under the cursor', async ({ host, page }) => {
  await host.workspace();
  const id = await offered(host, 'Windpark');
  await open(host, page);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('group', { name: 'Windpark' }).getByRole('option')).toHaveText([
    /^Accept/,
    /^Give back/,
    /^Brief/,
    /^Log contact/,
    /^Next step/,
    /^Open as a full page/,
    /^Archive/,
  ]);
  await page.getByRole('combobox').fill('accept');
  await page.keyboard.press('Enter');
  await expect(page.getByText('“Windpark” is yours')).toBeVisible();
  expect((await host.rpc('record', { id })).fields.stage).toBe('accepted');
});

test('whoever has nothing to do is told what belongs here', async ({ host, page }) => {
  await host.workspace();
  await page.goto(`${host.address}/#/today`);
  await expect(page.getByText('Nothing to do')).toBeVisible();
  await page.getByRole('button', { name: 'See what is forgotten' }).click();
  await expect(page).toHaveURL(/#\/forgotten/);
});

test('? lists the keys of the queue, and g leads on from it without touching a line', async ({
  host,
  page,
}) => {
  await host.workspace();
  const id = await offered(host, 'Windpark');
  await open(host, page);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog').getByText('Settle a double claim')).toBeVisible();
  const forgotten = page.getByRole('region', { name: 'Forgotten' });
  await expect(forgotten).toContainText('Set the next step');
  await expect(forgotten).not.toContainText('Settle');
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page).toHaveURL(/#\/list\/account/);
  expect((await host.rpc('record', { id })).fields.stage).toBe('qualified');
});

test('what two took without knowing of each other is settled with one key', async ({
  relay,
  host,
  other,
  page,
}) => {
  await host.workspace();
  const { id } = await host.create('opportunity', { name: 'Windpark', stage: 'discovery', owner: null });
  await share(relay, host, other);
  for (const one of [host, other]) await one.rpc('set_relay', { relay: NOWHERE });
  await other.rpc('claim', { id });
  await host.rpc('claim', { id });
  for (const one of [host, other]) await one.rpc('set_relay', { relay: relay.address });
  await open(host, page);
  await expect(line(page, 'Windpark')).toContainText(
    'Anna Weber and Ravi Anand took it without knowing of each other',
  );
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary').getByText(/^Proposed:/)).toBeVisible();
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: 'Who has “Windpark”?' });
  const { proposed } = (await host.rpc('settlement', { id }))!;
  await expect(dialog.getByRole('button', { name: `Settle for ${proposed.title}` })).toBeVisible();
  await page.keyboard.press('s');
  await expect(page.getByText('Conflict settled')).toHaveCount(1);
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect((await host.rpc('record', { id })).fields.owner).toMatchObject(proposed);
});

withHost(
  'what is under way is not asked for again, and a key that is held does what it does once',
  async ({ host, page }) => {
    await host.workspace();
    await offered(host, 'Windpark');
    await offered(host, 'Solarfeld');
    const me = await myId(host);
    for (const name of ['Ring', 'Write', 'Visit']) {
      await host.create('task', { name, owner: me, due_on: '2020-01-01' });
    }
    await open(host, page);
    await line(page, 'Windpark').getByRole('button', { name: 'Accept' }).dblclick();
    await expect(line(page, 'Windpark')).toContainText('Get in touch');
    await expect(line(page, 'Solarfeld')).toContainText('Answer the offer');
    await expect(page.getByRole('alert')).toHaveCount(0);

    await line(page, 'Ring').click();
    await page.keyboard.down('d');
    for (let repeat = 0; repeat < 5; repeat++) await page.keyboard.down('d');
    await page.keyboard.up('d');
    await expect(line(page, 'Ring')).toHaveCount(0);
    await expect(line(page, 'Write')).toBeVisible();
    await expect(line(page, 'Visit')).toBeVisible();

    await page.keyboard.press('Escape');
    await line(page, 'Windpark').click();
    await page.keyboard.press('l');
    const dialog = page.getByRole('dialog', { name: 'Log a contact: Windpark' });
    await dialog.getByLabel('What happened?').fill('Talked to Ines');
    await dialog.getByRole('button', { name: 'Log', exact: true }).dblclick();
    await expect(dialog).toHaveCount(0);
    expect((await host.rpc('list', { kind: 'activity' })).total).toBe(1);
  },
);

/** Lets nothing enter a stage that has no value. */
async function asksForValue(host: Host, stage: string): Promise<void> {
  const { id } = (await host.rpc('schema')).stages.find(({ name }) => name === stage)!;
  await host.rpc('set', { ids: [id], fields: { entry: '[{"field":"value","op":"not_empty"}]' } });
}

withHost('an offer that a rule holds back is accepted with a reason', async ({ host, page }) => {
  await host.workspace();
  const { id } = await host.create('opportunity', { name: 'Windpark', stage: 'qualified' });
  await host.rpc('offer', { id, member: await myId(host), override_reason: 'They asked for us' });
  await asksForValue(host, 'accepted');
  await open(host, page);
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'A rule holds “Windpark” back' });
  await expect(dialog).toContainText('“Windpark” cannot move to Accepted yet');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toHaveText('Say why it should happen anyway');
  await page.keyboard.type('They signed on paper');
  await page.keyboard.press('Enter');
  await expect(page.getByText('“Windpark” is yours')).toBeVisible();
  await expect(dialog).toHaveCount(0);
  expect((await host.rpc('record', { id })).fields.stage).toBe('accepted');
  const { total } = await host.rpc('list', {
    kind: 'decision',
    filters: [{ field: 'type', op: 'is', value: 'override' }],
  });
  expect(total).toBe(2);
});

withHost('what cannot be read is said where it belongs', async ({ host, page }) => {
  await host.workspace();
  await host.create('opportunity', { name: 'Windpark', stage: 'engaged' });
  await refuse(page, 'gate');
  await open(host, page);
  await page.keyboard.press('q');
  const dialog = page.getByRole('dialog', { name: 'Ask: Windpark' });
  await expect(dialog.getByRole('alert')).toHaveText('That is not possible here');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary').getByRole('alert')).toHaveText('That is not possible here');
});

for (const place of ['queue', 'panel']) {
  withHost(
    `an offer that a rule holds back although the gate passes asks why in the ${place}`,
    async ({ host, page }) => {
      await host.workspace();
      const { id } = await host.create('opportunity', { name: 'Windpark', stage: 'engaged' });
      for (const { criterion } of (await host.rpc('gate', { id })).criteria)
        await host.rpc('answer', { id, criterion: criterion.id, verdict: 'yes', evidence: 'They said so' });
      await asksForValue(host, 'qualified');
      await open(host, page);
      let form = page.getByRole('dialog', { name: 'Offer “Windpark” to sales' });
      if (place === 'queue') {
        await page.keyboard.press('o');
        await form.getByRole('radio').first().waitFor({ state: 'attached' });
        await form.getByRole('button', { name: 'Offer to sales' }).click();
      } else {
        await page.keyboard.press('Enter');
        form = page.getByRole('complementary').getByRole('region', { name: 'Who should get it' });
        await form.getByRole('button', { name: 'Offer to Anna Weber' }).click();
      }
      await expect(form).toContainText('“Windpark” cannot move to Qualified yet');
      await form.getByRole('textbox', { name: 'Why it should happen anyway' }).fill('They called');
      await page.keyboard.press('Enter');
      await expect.poll(async () => (await host.rpc('record', { id })).fields.offered_to).toBeDefined();
    },
  );
}

withHost('keys pressed in a dialog stay in it', async ({ host, page }) => {
  await host.workspace();
  const id = await offered(host, 'Windpark');
  await open(host, page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Windpark' })).toBeVisible();
  await page.keyboard.press('l');
  const dialog = page.getByRole('dialog', { name: 'Log a contact: Windpark' });
  await dialog.getByRole('button', { name: 'Meeting' }).click();
  await expect(dialog.getByLabel('What happened?')).toBeFocused();
  await dialog.getByRole('button', { name: 'Something was promised' }).focus();
  for (const key of ['a', 'r', 'n', 'Control+k', 'Control+b']) await page.keyboard.press(key);
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await expect(page.getByRole('combobox')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('complementary', { name: 'Windpark' })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  for (const key of ['a', 'c']) await page.keyboard.press(key);
  await expect(page.getByRole('dialog')).toHaveCount(1);
  expect((await host.rpc('record', { id })).fields.stage).toBe('qualified');
});

for (const theme of ['light', 'dark']) {
  withHost(`axe finds nothing in the queue and what it asks in ${theme}`, async ({ host, page }) => {
    // Every dialog is gone through as a whole.
    withHost.slow();
    await host.workspace({ theme });
    await host.create('member', { name: 'Ravi Anand', team: 'sales' });
    await offered(host, 'Solarfeld');
    await deal(host, 'Windpark', '2020-01-01');
    await deal(host, 'Biogas', '2099-01-01');
    await open(host, page);
    await expectNoViolation(page);
    await page.keyboard.press('Home');
    for (const key of ['n', 'l', 'r']) {
      const title = key === 'r' ? 'Solarfeld' : 'Windpark';
      await line(page, title).click();
      await page.keyboard.press('Escape');
      await page.keyboard.press(key);
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectNoViolation(page, ['region']);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
  });
}
