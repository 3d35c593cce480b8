import type { Page } from '@playwright/test';
import { expect, type Host, test } from './host';

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Three leads that nobody has asked about the need: one won, one lost, one open. */
async function leads(host: Host) {
  await host.workspace();
  const big = await host.create('account', { name: 'Nordwind AG', employees: 400 });
  for (const [name, stage] of [
    ['Windpark Ost', 'won'],
    ['Windpark West', 'lost'],
    ['Solarfeld', 'new'],
  ]) {
    await host.create('opportunity', {
      name,
      stage,
      account: big.id,
      value: 10_000,
      currency: 'EUR',
      opened_on: daysAgo(20),
      ...(stage === 'lost' ? { exit_reason: 'price' } : {}),
    });
  }
}

const weight = (page: Page, criterion: string) => page.getByRole('textbox', { name: `${criterion}: Weight` });
const backtest = (page: Page) => page.getByRole('region', { name: 'Back-test' });
const criterion = async (host: Host, key: string) =>
  (await host.rpc('list', { kind: 'criterion', limit: 100 })).records.find(({ fields }) => fields.key === key)
    ?.fields;

test('a criterion is drafted, tried on the past, switched on as one action and undone', async ({
  host,
  page,
}) => {
  await leads(host);
  await page.goto(`${host.address}/#/rules`);
  await expect(backtest(page)).toContainText('On the 3 leads of the last 12 months');
  await expect(backtest(page)).toContainText('offered 0 and held 3; of the held, 1 was won');
  await weight(page, 'Company fits').fill('85');
  await weight(page, 'Company fits').press('Enter');
  await page.getByRole('checkbox', { name: 'Need confirmed: Required' }).uncheck();
  await page.getByRole('textbox', { name: 'Score from' }).fill('40');
  await page.getByRole('textbox', { name: 'Score from' }).press('Enter');
  await page.getByRole('textbox', { name: 'Confidence from' }).fill('40');
  await page.getByRole('textbox', { name: 'Confidence from' }).press('Enter');
  await expect(backtest(page)).toContainText('this draft would have offered 3 and held 0');
  await backtest(page).getByRole('button', { name: 'Offered by the draft only: 3' }).click();
  await expect(page.getByRole('dialog').getByRole('link', { name: 'Windpark Ost' })).toBeVisible();
  await page.keyboard.press('Escape');
  // Nothing is in force yet, and nothing is lost on leaving.
  expect((await criterion(host, 'company_fits'))?.weight).toBe(15);
  await page.goto(`${host.address}/#/pipeline`);
  await page.goto(`${host.address}/#/rules`);
  await expect(weight(page, 'Company fits')).toHaveValue('85');
  await page.getByRole('button', { name: 'Switch on' }).click();
  await expect(page.getByText('The draft is in force: 3 rules changed')).toBeVisible();
  await expect.poll(async () => (await criterion(host, 'company_fits'))?.weight).toBe(85);
  await expect(backtest(page)).toContainText('the rules in force would have offered 3');
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await criterion(host, 'company_fits'))?.weight).toBe(15);
  expect((await criterion(host, 'need_confirmed'))?.required).toBe(true);
  await expect(weight(page, 'Company fits')).toHaveValue('15');
});

test('a condition that says too little is told in words, and waits in the draft', async ({ host, page }) => {
  await leads(host);
  await page.goto(`${host.address}/#/rules`);
  await page.getByRole('button', { name: /^Company fits/ }).click();
  await page.getByRole('textbox', { name: 'Value' }).fill('');
  await page.getByRole('textbox', { name: 'Value' }).press('Enter');
  const rule = page.getByRole('region', { name: 'Company fits' });
  await expect(rule.getByRole('alert')).toHaveText('It does not say yet with what to compare');
  await expect(page.getByRole('button', { name: 'Switch on' })).toBeDisabled();
  await page.getByRole('textbox', { name: 'Value' }).fill('a few');
  await page.getByRole('textbox', { name: 'Value' }).press('Enter');
  await expect(rule.getByRole('alert').first()).toContainText('This is not a number');
  await page.getByRole('textbox', { name: 'Value' }).fill('500');
  await page.getByRole('textbox', { name: 'Value' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Switch on' })).toBeEnabled();
  await expect(page.getByRole('button', { name: /^Company fits/ })).toContainText(
    'Employees of the account over 500',
  );
});

test('a discarded draft can be taken back', async ({ host, page }) => {
  await leads(host);
  await page.goto(`${host.address}/#/rules`);
  await weight(page, 'Budget known').fill('50');
  await weight(page, 'Budget known').press('Enter');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(weight(page, 'Budget known')).toHaveValue('15');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(weight(page, 'Budget known')).toHaveValue('50');
});
