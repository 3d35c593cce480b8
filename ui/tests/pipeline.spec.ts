import type { Page } from '@playwright/test';
import { expect, type Host, test } from './host';

async function pipeline(host: Host, page: Page) {
  await host.workspace();
  const account = await host.create('account', { name: 'Nordwind AG' });
  const person = await host.create('person', { last_name: 'Brandt', account: account.id });
  await host.create('opportunity', {
    name: 'Windpark Ost',
    stage: 'discovery',
    value: 48_000,
    currency: 'EUR',
    account: account.id,
    people: [person.id],
  });
  await host.create('opportunity', {
    name: 'Windpark West',
    stage: 'discovery',
    value: 12_000,
    currency: 'EUR',
    account: account.id,
  });
  await host.create('opportunity', { name: 'Solarfeld', stage: 'new', value: 7_500.5, currency: 'CHF' });
  await page.goto(`${host.address}/#/pipeline`);
  await expect(page.getByRole('region', { name: 'Discovery, 2' })).toBeVisible();
}

const column = (page: Page, name: string) => page.getByRole('region', { name });
const card = (page: Page, title: string) => page.getByRole('button', { name: new RegExp(`^${title}`) });

test('the board shows stages under their phases with counts and sums by currency', async ({ host, page }) => {
  await pipeline(host, page);
  await expect(page.getByRole('button', { name: /^Sales 2/ })).toContainText('€60,000');
  await expect(column(page, 'Discovery, 2')).toContainText('€60,000');
  await expect(column(page, 'New, 1')).toContainText('CHF');
  await expect(card(page, 'Windpark Ost')).toContainText('Nordwind AG');
});

test('a card is dragged to another stage by pointer, and Ctrl+Z brings it back', async ({ host, page }) => {
  await pipeline(host, page);
  const from = await card(page, 'Windpark Ost').boundingBox();
  const to = await column(page, 'Accepted, 0').boundingBox();
  if (from === null || to === null) throw new Error('card and column are on screen');
  await page.mouse.move(from.x + 40, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x + 20, from.y + 40, { steps: 5 });
  await page.mouse.move(to.x + 60, to.y + 160, { steps: 12 });
  await page.mouse.up();
  await expect(column(page, 'Accepted, 1')).toContainText('Windpark Ost');
  await expect(column(page, 'Discovery, 1')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(column(page, 'Discovery, 2')).toContainText('Windpark Ost');
});

test('a card is moved by keyboard and every step is announced', async ({ host, page }) => {
  await pipeline(host, page);
  await card(page, 'Windpark Ost').focus();
  await page.keyboard.press('Space');
  const said = page.getByRole('status').filter({ hasText: /./ }).first();
  await expect(said).toContainText('Windpark Ost picked up from Discovery');
  await page.keyboard.press('ArrowRight');
  await expect(said).toHaveText('Over Proposal');
  await page.keyboard.press('Space');
  await expect(said).toContainText('Windpark Ost dropped on Proposal');
  await expect(column(page, 'Proposal, 1')).toContainText('Windpark Ost');
});

test('only a card that came to its stage is told to be there, and the cursor goes with it', async ({
  host,
  page,
}) => {
  await pipeline(host, page);
  await host.create('opportunity', {
    name: 'Biogas',
    stage: 'negotiation',
    next_step: 'Call them',
    next_step_date: '2020-01-01',
  });
  await expect(column(page, 'Negotiation, 1')).toBeVisible();
  const said = page.getByRole('status').filter({ hasText: /./ }).first();
  const take = async (title: string, steps: number) => {
    await card(page, title).focus();
    await page.keyboard.press('Space');
    for (let step = 0; step < steps; step++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
  };
  await take('Windpark Ost', 0);
  await expect(said).toHaveText('Windpark Ost stays where it was');

  // Its value is there, its day is not: a rule holds it back until there is a reason.
  await take('Windpark Ost', 2);
  const guard = page.getByRole('dialog', { name: /^A rule blocks the move/ });
  await expect(guard).toBeVisible();
  await expect(page.getByText('Windpark Ost dropped on Negotiation')).toHaveCount(0);
  await guard.getByRole('textbox').fill('They want it at once');
  await guard.getByRole('button', { name: 'Move anyway' }).click();
  await expect(said).toHaveText('Windpark Ost dropped on Negotiation');
  await expect(column(page, 'Negotiation, 2')).toContainText('Windpark Ost');
  await expect(card(page, 'Windpark Ost')).toBeFocused();

  await card(page, 'Solarfeld').focus();
  await take('Windpark West', 2);
  await guard.getByRole('textbox').fill('They want it at once');
  await guard.getByRole('button', { name: 'Move anyway' }).click();
  await expect(said).toHaveText('Windpark West dropped on Negotiation');
  // Biogas has a day and stands first in the column.
  await expect(column(page, 'Negotiation, 3').getByRole('button').first()).toContainText('Biogas');
  await expect(page.locator('[data-card][tabindex="0"]')).toContainText('Windpark West');
  await expect(card(page, 'Windpark West')).toBeFocused({ timeout: 3000 });
});

test('Escape puts a picked up card back', async ({ host, page }) => {
  await pipeline(host, page);
  await card(page, 'Windpark Ost').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await expect(column(page, 'Discovery, 2')).toContainText('Windpark Ost');
  await expect(column(page, 'Proposal, 0')).toBeVisible();
});

test('the board goes along with a card that is carried, and back with one that is put back', async ({
  host,
  page,
}) => {
  await page.setViewportSize({ width: 900, height: 600 });
  await pipeline(host, page);
  await card(page, 'Solarfeld').focus();
  await page.keyboard.press('Space');
  for (let step = 0; step < 6; step++) await page.keyboard.press('ArrowRight');
  await expect(column(page, 'Negotiation, 0')).toBeInViewport({ ratio: 0.9 });
  await expect(card(page, 'Solarfeld')).not.toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(card(page, 'Solarfeld')).toBeInViewport({ ratio: 0.9 });
  await expect(card(page, 'Solarfeld')).toBeFocused();
});

test('the cursor follows a card deep into a long column', async ({ host, page }) => {
  await pipeline(host, page);
  const rows = Array.from({ length: 150 }, (_, n) => `Lead ${n},proposal,Call,2099-01-01`);
  await host.import('opportunity', `name,stage,next_step,next_step_date\n${rows.join('\n')}\n`);
  await expect(column(page, 'Proposal, 150')).toBeVisible();
  await card(page, 'Windpark Ost').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  // Without a day it stands behind those that have one.
  await expect(column(page, 'Proposal, 151')).toBeVisible();
  await expect(card(page, 'Windpark Ost')).toBeFocused();
  await expect(card(page, 'Windpark Ost')).toHaveAttribute('data-card', 'proposal/150');
  await page.keyboard.press('k');
  await expect(page.locator('[data-card="proposal/149"]')).toBeFocused();
});

test('a card whose step has no day says so', async ({ host, page }) => {
  await pipeline(host, page);
  await host.create('opportunity', { name: 'Biogas', stage: 'new', next_step: 'Call them' });
  await expect(card(page, 'Biogas').getByText('No date', { exact: true })).toBeVisible();
});

test('leaving the process asks for the reason', async ({ host, page }) => {
  await pipeline(host, page);
  await page.getByRole('button', { name: /^Service/ }).click();
  await card(page, 'Windpark West').focus();
  await page.keyboard.press('Space');
  for (let step = 0; step < 9; step++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  const dialog = page.getByRole('dialog', { name: /Windpark West/ });
  await dialog.getByRole('button', { name: 'Move' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Choose a reason.');
  await dialog.getByRole('combobox', { name: /^Reason/ }).selectOption('price');
  await dialog.getByRole('button', { name: 'Move' }).click();
  await expect(dialog).toBeHidden();
  await expect
    .poll(
      async () =>
        (
          await host.rpc('list', {
            kind: 'opportunity',
            filters: [{ field: 'exit_reason', op: 'is', value: 'price' }],
          })
        ).total,
    )
    .toBe(1);
});

test('arrows walk the cards, Enter opens one and the panel follows', async ({ host, page }) => {
  await pipeline(host, page);
  await card(page, 'Solarfeld').focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary');
  await expect(panel.getByRole('heading', { name: 'Solarfeld' })).toBeAttached();
  await page.keyboard.press('ArrowRight');
  await expect(panel.getByRole('heading', { name: /Windpark/ })).toBeAttached();
});

test('v turns the board into a table and back', async ({ host, page }) => {
  await pipeline(host, page);
  await page.keyboard.press('v');
  await expect(page.getByRole('grid', { name: 'Opportunities' })).toBeVisible();
  await page.keyboard.press('v');
  await expect(column(page, 'Discovery, 2')).toBeVisible();
});
