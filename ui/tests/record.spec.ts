import type { Page } from '@playwright/test';
import { expect, type Host, test } from './host';

async function deal(host: Host, page: Page) {
  await host.workspace();
  const account = await host.create('account', { name: 'Nordwind AG', domain: 'nordwind.example' });
  const record = await host.create('opportunity', {
    name: 'Windpark Ost',
    stage: 'discovery',
    value: 48_000,
    currency: 'EUR',
    account: account.id,
  });
  await page.goto(`${host.address}/#/pipeline?record=${record.id}`);
  const panel = page.getByRole('complementary', { name: 'Windpark Ost' });
  await expect(panel).toBeVisible();
  return { panel, record, account };
}

test('the line that matters says stage, value and that there is no next step', async ({ host, page }) => {
  const { panel } = await deal(host, page);
  await expect(panel.getByText('€48,000').first()).toBeVisible();
  await expect(panel.getByText('No next step')).toBeVisible();
});

test('the line that matters says the next step of a customer too', async ({ host, page }) => {
  const { panel, record } = await deal(host, page);
  await host.rpc('set', { ids: [record.id], fields: { stage: 'won' }, override_reason: 'Signed' });
  await expect(panel.getByText('No next step')).toHaveCount(0);
  await host.rpc('set', {
    ids: [record.id],
    fields: { next_step: 'Send the invoice', next_step_date: '2099-01-01' },
  });
  await expect(panel.getByText('Send the invoice').first()).toBeVisible();
  await expect(panel.locator('.lucide-calendar-clock')).toBeVisible();
});

test('a field is edited in place and the timeline tells it', async ({ host, page }) => {
  const { panel, record } = await deal(host, page);
  // Proposal needs somebody to propose to.
  const person = await host.create('person', { last_name: 'Brandt' });
  await host.rpc('set', { ids: [record.id], fields: { people: [person.id] } });
  await panel.getByRole('button', { name: 'Edit Stage' }).click();
  await page.getByPlaceholder('Stage').fill('Propo');
  await page.keyboard.press('Enter');
  await expect(panel.getByText('moved it to Proposal')).toBeVisible();
});

test('a link is chosen from a search', async ({ host, page }) => {
  const { panel } = await deal(host, page);
  await host.create('account', { name: 'Südwind GmbH' });
  await panel.getByRole('button', { name: 'Edit Account' }).click();
  await page.getByPlaceholder('Account').fill('Südw');
  await expect(page.getByRole('option', { name: /Südwind GmbH/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('button', { name: 'Edit Account' })).toHaveText('Südwind GmbH');
});

test('a domain that is none is refused in words beside the field', async ({ host, page }) => {
  await host.workspace();
  const account = await host.create('account', { name: 'Nordwind AG' });
  await page.goto(`${host.address}/#/list/account?record=${account.id}`);
  await page.getByRole('complementary').getByRole('button', { name: 'Edit Domain' }).click();
  await page.keyboard.type('not a domain');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText(/\w+ \w+/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('the title is edited where it stands', async ({ host, page }) => {
  const { panel, record } = await deal(host, page);
  await panel.getByRole('textbox', { name: 'Name' }).fill('Windpark Nord');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Windpark Nord' })).toBeVisible();
  expect((await host.rpc('record', { id: record.id })).title).toBe('Windpark Nord');
});

test('a field tells who set it and what it was before', async ({ host, page }) => {
  const { panel, record } = await deal(host, page);
  await host.rpc('set', {
    ids: [record.id],
    fields: { value: 52_000 },
    reason: 'The buyer asked for two more',
  });
  await panel.getByRole('button', { name: 'Edit Value' }).hover();
  await expect(page.getByText('Earlier values')).toBeVisible();
  await expect(page.getByText('The buyer asked for two more').first()).toBeVisible();
});

test('of many opportunities a contact may be about every open one, and none', async ({ host, page }) => {
  await host.workspace();
  const account = await host.create('account', { name: 'Nordwind AG', domain: 'nordwind.example' });
  const rows = Array.from({ length: 60 }, (_, n) => `Lead ${n},lost,nordwind.example,price`);
  await host.import(
    'opportunity',
    `name,stage,account,exit_reason\n${rows.join('\n')}\nWindpark,discovery,nordwind.example,\n`,
  );
  await page.goto(`${host.address}/#/list/account?record=${account.id}`);
  const log = page.getByRole('region', { name: 'Log a contact' });
  const text = log.getByRole('textbox', { name: 'What happened?' });
  await text.fill('Talked to Ines');
  const about = log.getByRole('combobox', { name: 'About' });
  await expect(about.locator('option:checked')).toHaveText('Windpark');
  await about.selectOption('No opportunity');
  await log.getByRole('button', { name: 'Log', exact: true }).click();
  await expect(text).toHaveValue('');
  const [activity] = (await host.rpc('list', { kind: 'activity' })).records;
  expect(activity?.fields.opportunity).toBeUndefined();
  expect(activity?.fields.account).toMatchObject({ id: account.id });
});

test('what was begun at a record is there again when the record is', async ({ host, page }) => {
  await host.workspace();
  for (const name of ['Alpha', 'Beta']) await host.create('account', { name });
  await page.goto(`${host.address}/#/list/account`);
  await page.getByText('Beta').waitFor();
  await page.getByRole('row', { name: 'Alpha' }).getByText('Alpha').click();
  await page.getByRole('grid').press('Enter');
  const text = page.getByRole('complementary').getByRole('textbox', { name: 'What happened?' });
  await page.getByRole('complementary', { name: 'Alpha' }).waitFor();
  await text.fill('They asked for a quote');
  await page.getByRole('row', { name: 'Beta' }).getByText('Beta').click();
  await page.getByRole('complementary', { name: 'Beta' }).waitFor();
  await expect(text).toHaveValue('');
  await page.getByRole('row', { name: 'Alpha' }).getByText('Alpha').click();
  await page.getByRole('complementary', { name: 'Alpha' }).waitFor();
  await expect(text).toHaveValue('They asked for a quote');
});

test('an activity is logged from the panel', async ({ host, page }) => {
  const { panel, account } = await deal(host, page);
  await panel
    .getByRole('textbox', { name: 'What happened?' })
    .fill('Talked to Ines\nShe needs a quote by Friday.');
  await panel.getByRole('button', { name: 'Call' }).click();
  await panel.getByRole('button', { name: 'Log', exact: true }).click();
  await expect(panel.getByText('Talked to Ines')).toBeVisible();
  await expect.poll(async () => (await host.rpc('list', { kind: 'activity' })).total).toBe(1);
  const { records } = await host.rpc('list', { kind: 'activity' });
  expect(records[0]?.fields).toMatchObject({ type: 'call', account: { id: account.id } });
});

test('a change is undone beside its sentence', async ({ host, page }) => {
  const { panel, record } = await deal(host, page);
  await host.rpc('set', { ids: [record.id], fields: { next_step: 'Send the quote' } });
  const entry = panel.getByRole('listitem').filter({ hasText: 'set Next step to “Send the quote”' });
  await entry.hover();
  await entry.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Undone: change to Windpark Ost')).toBeVisible();
  await expect(panel.getByText('No next step')).toBeVisible();
});

test('the record opens as a full page and Escape goes back', async ({ host, page }) => {
  const { panel } = await deal(host, page);
  await panel.getByRole('button', { name: 'Open as a full page' }).click();
  await expect(page).toHaveURL(/#\/record\//);
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Windpark Ost');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/#\/pipeline/);
});

test('what links to an account stands in its panel', async ({ host, page }) => {
  const { account } = await deal(host, page);
  await page.goto(`${host.address}/#/list/account?record=${account.id}`);
  const related = page.getByRole('region', { name: 'Related records' });
  await related.getByRole('link', { name: /Windpark Ost/ }).click();
  await expect(page.getByRole('heading', { name: 'Opportunity' })).toBeVisible();
});
