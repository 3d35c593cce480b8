import type { Page } from '@playwright/test';
import { expectNoViolation } from './axe';
import { expect, type Host, test as withHost } from './host';
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

test('a contact and what follows from it are one dialog, one change and one undo', async ({ host, page }) => {
  await host.workspace();
  const id = await deal(host, 'Windpark', '2020-01-01');
  await open(host, page);
  await page.keyboard.press('l');
  const dialog = page.getByRole('dialog', { name: 'Log a contact: Windpark' });
  await dialog.getByLabel('What happened?').fill('Talked to Ines\nShe wants a quote with the crane in it.');
  await dialog.getByLabel('Next step', { exact: true }).fill('Send the quote');
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
  const rows = Array.from(
    { length: 1500 },
    (_, n) => `Lead ${String(n).padStart(4, '0')},discovery,anna@nordlicht.example`,
  );
  await host.import('opportunity', `name,stage,owner\n${rows.join('\n')}\n`);
  await open(host, page);
  await expect(page.getByText(/1,500 in all/)).toBeVisible();
  expect(await lines(page).count()).toBeLessThan(80);
  await page.keyboard.press('End');
  await expect(lines(page).and(page.locator('[aria-selected=true]'))).toContainText(/Lead \d{4}/);
  const { items } = await host.rpc('today', { offset: 1499 });
  await expect(lines(page).and(page.locator('[aria-selected=true]'))).toContainText(items[0]!.title);
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
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: 'Who has “Windpark”?' });
  const { proposed } = (await host.rpc('settlement', { id }))!;
  await expect(dialog.getByRole('button', { name: `Settle for ${proposed.title}` })).toBeVisible();
  await page.keyboard.press('s');
  await expect(page.getByText('Conflict settled')).toBeVisible();
  expect((await host.rpc('record', { id })).fields.owner).toMatchObject(proposed);
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
