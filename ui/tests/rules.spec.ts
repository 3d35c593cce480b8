import type { Page } from '@playwright/test';
import { expectNoViolation } from './axe';
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
  await expect(rule.getByRole('alert')).toHaveText('Choose a value to compare with');
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

const column = (page: Page, name: string) => page.getByRole('region', { name });
const ranked = (page: Page, list: string) =>
  page
    .getByRole('list', { name: list })
    .locator('[data-rule]')
    .evaluateAll((rows) => rows.map((row) => row.textContent));

test('a stage that is added has its column on the board, and a card is moved there', async ({
  host,
  page,
}) => {
  await leads(host);
  await host.create('opportunity', { name: 'Turbine Nord', stage: 'discovery' });
  await page.goto(`${host.address}/#/rules?view=stages`);
  await page.getByRole('textbox', { name: 'New stage in Sales' }).fill('Pilot phase');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Pilot phase created')).toBeVisible();
  const pilot = page.getByRole('button', { name: /^Pilot phase/ });
  await pilot.focus();
  for (const after of ['Won', 'Negotiation', 'Proposal']) {
    await page.keyboard.press('Alt+ArrowUp');
    await expect
      .poll(async () => (await ranked(page, 'Sales')).findIndex((row) => row?.startsWith('Pilot')))
      .toBeLessThan((await ranked(page, 'Sales')).findIndex((row) => row?.startsWith(after)) + 1);
    await expect(pilot).toBeFocused();
  }
  await page.goto(`${host.address}/#/pipeline`);
  await expect(column(page, 'Pilot phase, 0')).toBeVisible();
  await page.getByRole('button', { name: /^Turbine Nord/ }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('status').filter({ hasText: /./ }).first()).toHaveText('Over Pilot phase');
  await page.keyboard.press('Space');
  await expect(column(page, 'Pilot phase, 1')).toContainText('Turbine Nord');
});

test('a stage that is called otherwise is called so in lists, pickers and records', async ({
  host,
  page,
}) => {
  await leads(host);
  await host.create('opportunity', { name: 'Turbine Nord', stage: 'discovery' });
  await page.goto(`${host.address}/#/rules?view=stages`);
  await page.getByRole('button', { name: /^Discovery/ }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('First talk');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^First talk/ })).toBeVisible();
  await page.goto(`${host.address}/#/pipeline`);
  await expect(column(page, 'First talk, 1')).toContainText('Turbine Nord');
  await page.keyboard.press('v');
  const row = page.getByRole('row', { name: /Turbine Nord/ });
  await expect(row).toContainText('First talk');
  // A default that nobody has renamed speaks the reader's language, the renamed one its own.
  await host.rpc('set_preferences', { language: 'de', theme: 'light', interface: {} });
  await page.goto(`${host.address}/#/pipeline`);
  await page.reload();
  await expect(column(page, 'Angebot, 0')).toBeVisible();
  await expect(column(page, 'First talk, 1')).toBeVisible();
});

test('a stage that is set aside keeps what stands there, and is taken back', async ({ host, page }) => {
  await leads(host);
  await host.create('stage', { name: 'Pilot', phase: 'sales' });
  await host.create('opportunity', { name: 'Turbine Nord', stage: 'x_pilot' });
  await page.goto(`${host.address}/#/rules?view=stages`);
  await page.getByRole('button', { name: /^Pilot/ }).click();
  await page.getByRole('button', { name: 'Set aside' }).click();
  const aside = page.getByRole('region', { name: 'Set aside' });
  await expect(aside).toContainText('Pilot');
  await page.getByRole('button', { name: /^Won/ }).click();
  await expect(page.getByText('The process relies on this stage')).toBeVisible();
  await page.goto(`${host.address}/#/pipeline`);
  await expect(column(page, 'Pilot, 1')).toContainText('Set aside');
  await page.goto(`${host.address}/#/rules?view=stages`);
  await aside.getByRole('button', { name: 'Use again' }).click();
  await expect(aside).toBeHidden();
});

test('a routing rule is drafted before the last, and says how many leads it would take', async ({
  host,
  page,
}) => {
  await leads(host);
  await page.goto(`${host.address}/#/rules?view=gate`);
  await page.getByRole('checkbox', { name: 'Need confirmed: Required' }).uncheck();
  await page.getByRole('textbox', { name: 'Score from' }).fill('0');
  await page.getByRole('textbox', { name: 'Score from' }).press('Enter');
  await page.getByRole('textbox', { name: 'Confidence from' }).fill('0');
  await page.getByRole('textbox', { name: 'Confidence from' }).press('Enter');
  await page.getByRole('link', { name: 'Routing' }).click();
  await page.getByRole('textbox', { name: 'New routing rule' }).fill('Large ones');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Add a condition' }).click();
  await page.getByRole('textbox', { name: 'Value' }).fill('100');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Leads for Large ones: 3' })).toBeVisible();
  expect((await ranked(page, 'Routing rules'))[0]).toContain('Large ones');
  await page.getByRole('button', { name: 'Switch on' }).click();
  await expect(page.getByText(/^The draft is in force/)).toBeVisible();
  const rules = await host.rpc('list', { kind: 'routing_rule', limit: 10 });
  expect(rules.records.map(({ title }) => title).sort()).toEqual(['Everyone in sales', 'Large ones']);
});

test('what is in force at once says in words what it refuses', async ({ host, page }) => {
  await leads(host);
  await page.goto(`${host.address}/#/rules?view=clocks`);
  const hours = page.getByRole('textbox', { name: 'Working hours' });
  await hours.fill('nine to five');
  await hours.press('Enter');
  await expect(page.getByRole('alert')).toContainText('are no working hours; write them like 09:00-17:00');
  await hours.fill('08:00-12:00, 13:00-17:00');
  await hours.press('Enter');
  await expect(page.getByRole('alert')).toBeHidden();
  const policy = async () => (await host.rpc('list', { kind: 'policy', limit: 1 })).records[0]?.fields;
  await expect.poll(async () => (await policy())?.working_hours).toBe('08:00-12:00, 13:00-17:00');
  await page.getByRole('checkbox', { name: 'Saturday' }).check();
  await expect.poll(async () => (await policy())?.work_days).toContain('sat');
});

test('no tab of the rules has an accessibility fault, in both themes', async ({ host, page }) => {
  test.slow();
  await leads(host);
  await host.create('goal', { name: 'Year', from: '2027-01-01', to: '2027-12-31', amount: 1_000_000 });
  for (const theme of ['light', 'dark']) {
    await host.rpc('set_preferences', { language: 'en', theme, interface: {} });
    for (const tab of ['gate', 'routing', 'stages', 'clocks', 'reasons', 'onboarding', 'goals']) {
      await page.goto(`${host.address}/#/rules?view=${tab}`);
      await page.reload();
      await expect(page.getByRole('heading', { name: 'Rules', exact: true })).toBeVisible();
      const row = page.locator('[data-rule]').first();
      if (tab !== 'clocks') await row.click();
      await expectNoViolation(page);
    }
  }
});

test('a rule is dragged to another place, as one action', async ({ host, page }) => {
  await leads(host);
  await page.goto(`${host.address}/#/rules?view=reasons`);
  const list = page.getByRole('list', { name: 'Leads given back' });
  const grip = async (name: string) => {
    const box = await list
      .getByRole('listitem')
      .filter({ hasText: name })
      .locator('.cursor-grab')
      .boundingBox();
    if (box === null) throw new Error(`${name} has a grip`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const [from, to] = [await grip('Something else'), await grip('No need')];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x, from.y - 20, { steps: 4 });
  await page.mouse.move(to.x, to.y - 8, { steps: 12 });
  await page.mouse.up();
  await expect.poll(async () => (await ranked(page, 'Leads given back'))[0]).toContain('Something else');
  await page.reload();
  await expect.poll(async () => (await ranked(page, 'Leads given back'))[0]).toContain('Something else');
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await ranked(page, 'Leads given back'))[0]).toContain('No need');
});

test('absences are a step away from the clocks and from the members', async ({ host, page }) => {
  await host.workspace();
  await page.goto(`${host.address}/#/rules?view=clocks`);
  await page.getByRole('link', { name: 'See and enter absences' }).click();
  await expect(page.getByRole('heading', { name: 'Absences', exact: true })).toBeVisible();
  await page.goto(`${host.address}/#/list/member`);
  await page.getByRole('button', { name: 'Absences' }).click();
  await expect(page.getByRole('heading', { name: 'Absences', exact: true })).toBeVisible();
});

test('moving on from nowhere goes to the first of several lists', async ({ host, page }) => {
  await host.workspace();
  await page.goto(`${host.address}/#/rules?view=stages`);
  const first = page.getByRole('list', { name: 'Marketing' }).locator('[data-rule]').first();
  await first.waitFor();
  await page.keyboard.press('j');
  await expect(first).toBeFocused();
});
