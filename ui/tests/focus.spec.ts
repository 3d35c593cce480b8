import type { Page } from '@playwright/test';
import { expect, type Host, test } from './host';

const today = (page: Page) => page.getByRole('grid', { name: 'Today' });

/** A lead that the gate holds back, in the queue of who looks. */
async function lead(host: Host): Promise<string> {
  await host.workspace();
  const account = await host.create('account', { name: 'Nordwind AG', employees: 220 });
  const fields = { name: 'Windpark', stage: 'engaged', account: account.id };
  return (await host.create('opportunity', { ...fields, value: 12_000, currency: 'EUR' })).id;
}

async function qualify(host: Host, id: string) {
  const { criteria } = await host.rpc('gate', { id });
  for (const { criterion } of criteria.filter((one) => one.verdict !== 'yes')) {
    await host.rpc('answer', { id, criterion: criterion.id, verdict: 'yes', evidence: 'They said so' });
  }
}

test('a dialog that is left gives the keys back to the list it was opened from', async ({ host, page }) => {
  await lead(host);
  await host.create('opportunity', { name: 'Solarfeld', stage: 'engaged' });
  await page.goto(host.address);
  await expect(today(page)).toBeFocused();
  for (const key of ['n', 'q', 'l']) {
    await page.keyboard.press(key);
    const dialog = page.getByRole('dialog');
    await expect(dialog.locator(':focus')).toHaveCount(1);
    // A calendar that opened with its field goes first.
    await page.keyboard.press('Escape');
    await expect(dialog, key).toHaveCount(0);
    await expect(today(page), key).toBeFocused();
  }
  await page.keyboard.press('j');
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog', { name: /^Next step for/ })).toBeVisible();
});

test('the palette gives the keys back, also through the dialog that it opened', async ({ host, page }) => {
  await lead(host);
  await page.goto(host.address);
  await expect(today(page)).toBeFocused();
  await page.keyboard.press('Control+k');
  await expect(page.getByPlaceholder(/Search records/)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(today(page)).toBeFocused();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('New account');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'New account' });
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(today(page)).toBeFocused();
});

test('a card keeps the focus when a rule holds its move back', async ({ host, page }) => {
  await host.workspace();
  await host.create('opportunity', { name: 'Windpark', stage: 'discovery', value: 9_000, currency: 'EUR' });
  await page.goto(`${host.address}/#/pipeline`);
  const card = page.getByRole('button', { name: /^Windpark/ });
  const guard = page.getByRole('dialog', { name: /^A rule blocks the move/ });
  const move = async () => {
    for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'Space']) await page.keyboard.press(key);
    await expect(guard.getByRole('textbox')).toBeFocused();
  };
  await card.focus();
  await move();
  await page.keyboard.press('Escape');
  await expect(guard).toHaveCount(0);
  await expect(card).toBeFocused();
  await move();
  await page.keyboard.type('They want it at once');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Negotiation, 1' })).toContainText('Windpark');
  await expect(card).toBeFocused();
});

test('a new goal that is left gives the focus back to its button', async ({ host, page }) => {
  await host.workspace();
  await page.goto(`${host.address}/#/rules?view=goals`);
  const button = page.getByRole('button', { name: 'New goal' });
  await button.click();
  await expect(page.getByRole('dialog').locator('input').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(button).toBeFocused();
});

test('an offer past the gate is written at once where it was asked for, and Escape leaves only that', async ({
  host,
  page,
}) => {
  const id = await lead(host);
  await page.goto(`${host.address}/#/pipeline?record=${id}`);
  const panel = page.getByRole('complementary', { name: 'Windpark' });
  const anyway = panel.getByRole('button', { name: 'Offer anyway…' });
  await anyway.click();
  const reason = panel.getByRole('region', { name: 'Who should get it' }).getByRole('textbox');
  await expect(reason).toBeFocused();
  await page.keyboard.type('vogl');
  await expect(reason).toHaveValue('vogl');
  await page.keyboard.press('Escape');
  await expect(reason).toHaveCount(0);
  await expect(panel).toBeVisible();
  await expect(anyway).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(reason).toHaveValue('vogl');
  await page.keyboard.press('Enter');
  await expect(panel.getByText('Offered to Anna Weber').first()).toBeVisible();
});

test('an offer from the queue is two keys: the one who is proposed is chosen already', async ({
  host,
  page,
}) => {
  const id = await lead(host);
  await qualify(host, id);
  for (const finish of ['Enter', 'Control+Enter']) {
    await page.goto(host.address);
    await expect(today(page)).toBeFocused();
    await page.keyboard.press('o');
    const dialog = page.getByRole('dialog', { name: /Windpark/ });
    await expect(dialog.getByRole('radio', { name: /Anna Weber/ })).toBeChecked();
    await expect(dialog.getByRole('radio', { name: /Anna Weber/ })).toBeFocused();
    await page.keyboard.press(finish);
    await expect(page.getByText('Offered to Anna Weber').first()).toBeVisible();
    await expect(dialog).toHaveCount(0);
    await page.keyboard.press('Control+z');
    await expect(page.getByText(/^Undone/)).toBeVisible();
  }
});
