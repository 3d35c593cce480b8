import type { Locator, Page } from '@playwright/test';
import { expect, type Host, test } from './host';

async function accounts(host: Host, page: Page) {
  await host.workspace();
  await host.create('account', { name: 'Nordwind AG', city: 'Kiel', employees: 12 });
  await page.goto(`${host.address}/#/list/account`);
  await expect(page.getByRole('grid').getByText('Nordwind AG')).toBeVisible();
}

const head = (page: Page, name: string) => page.getByRole('columnheader', { name, exact: true });

async function box(locator: Locator) {
  const found = await locator.boundingBox();
  if (found === null) throw new Error(`${locator} is on screen`);
  return found;
}

const heads = (page: Page) => page.getByRole('columnheader').allInnerTexts();

/** Drags with the steps that a hand makes. */
async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, from.y, { steps: 8 });
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
}

test('a column that is dragged elsewhere stays there in its view, also after a new start', async ({
  host,
  page,
}) => {
  await accounts(host, page);
  expect((await heads(page)).slice(0, 4)).toEqual(['Accounts', 'Domain', 'Industry', 'Type']);
  const from = await box(head(page, 'Type'));
  const to = await box(head(page, 'Domain'));
  await drag(
    page,
    { x: from.x + 30, y: from.y + from.height / 2 },
    { x: to.x + 20, y: to.y + to.height / 2 },
  );
  await expect
    .poll(async () => (await heads(page)).slice(0, 4))
    .toEqual(['Accounts', 'Type', 'Domain', 'Industry']);
  await page.getByRole('button', { name: 'Save as view' }).click();
  await page.getByLabel('Name of the view').fill('By type');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: 'By type', exact: true })).toHaveAttribute(
    'aria-current',
    'true',
  );
  await page.reload();
  await expect
    .poll(async () => (await heads(page)).slice(0, 4))
    .toEqual(['Accounts', 'Type', 'Domain', 'Industry']);
});

test('a column is as wide as its edge was dragged, also after a new start', async ({ host, page }) => {
  await accounts(host, page);
  const before = await box(head(page, 'Domain'));
  const edge = { x: before.x + before.width - 3, y: before.y + before.height / 2 };
  await drag(page, edge, { x: edge.x + 80, y: edge.y });
  const width = async () => (await box(head(page, 'Domain'))).width;
  await expect.poll(width).toBe(before.width + 80);
  await expect
    .poll(async () => (await host.rpc('app')).preferences.interface.widths_account)
    .toEqual({ domain: before.width + 80 });
  await page.reload();
  await expect.poll(width).toBe(before.width + 80);
});

test('the panel is as wide as its edge was dragged or moved by key, also after a new start', async ({
  host,
  page,
}) => {
  await accounts(host, page);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'Nordwind AG' });
  const width = async () => (await box(panel)).width;
  await expect.poll(width).toBe(440);
  const edge = page.getByRole('separator', { name: 'Width of the panel' });
  const at = await box(edge);
  await drag(page, { x: at.x, y: 400 }, { x: at.x - 60, y: 400 });
  await expect.poll(width).toBe(500);
  await edge.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(width).toBe(484);
  await expect(edge).toHaveAttribute('aria-valuenow', '484');
  await expect.poll(async () => (await host.rpc('app')).preferences.interface.panel_width).toBe(484);
  await page.reload();
  await expect.poll(width).toBe(484);
});

test('the foot of a list tells sum and average of those that have a value', async ({ host, page }) => {
  await accounts(host, page);
  await host.create('account', { name: 'Südwind GmbH', employees: 20 });
  await host.create('account', { name: 'Ohne Zahl' });
  await expect(page.getByText('Employees Sum 32 Avg 16')).toBeVisible();
});

test('a filter on a linked record says its name, also after a new start', async ({ host, page }) => {
  await host.workspace();
  const account = await host.create('account', { name: 'Nordwind AG' });
  await host.create('person', { last_name: 'Peters', account: account.id });
  await host.create('view', {
    name: 'At Nordwind',
    kind: 'person',
    query: JSON.stringify({ filters: [{ field: 'account', op: 'any_of', value: [account.id] }] }),
  });
  await page.goto(`${host.address}/#/list/person`);
  await page.getByRole('button', { name: 'At Nordwind', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Account is Nordwind AG', exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Account is Nordwind AG', exact: true })).toBeVisible();
});
