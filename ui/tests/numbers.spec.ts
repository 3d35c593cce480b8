import type { Page } from '@playwright/test';
import { expect, test } from './host';

/** Answers a command as the engine does, changed by `change`, once `until` is over. */
async function answering(
  page: Page,
  command: string,
  change: (answer: Record<string, unknown>, payload: Record<string, unknown>) => unknown,
  until: (payload: Record<string, unknown>) => Promise<unknown> = async () => {},
) {
  await page.route('**/rpc', async (route) => {
    const asked = route.request().postDataJSON();
    if (asked?.command !== command) return route.fallback();
    const payload = asked.payload ?? {};
    await until(payload);
    const response = await route.fetch();
    await route.fulfill({ response, json: change(await response.json(), payload) });
  });
}

test('numbers are named by the day they answer for while another is read', async ({ host, page }) => {
  await host.workspace();
  await host.create('opportunity', {
    name: 'Windpark Ost',
    stage: 'engaged',
    value: 48_000,
    currency: 'EUR',
  });
  let go = () => {};
  const read = new Promise<void>((resolve) => {
    go = resolve;
  });
  await answering(
    page,
    'metrics',
    (answer) => answer,
    async ({ as_of }) => (as_of === null || as_of === undefined ? undefined : read),
  );
  await page.goto(`${host.address}/#/numbers`);
  const open = page.getByRole('link', { name: 'Open opportunities: 1' });
  await expect(open).toBeVisible();

  await page.getByRole('button', { name: 'As of a past day' }).click();
  await page.getByRole('textbox', { name: 'As of a past day' }).fill('1.1.2020');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^As of 1 Jan 2020/ })).toBeVisible();
  const busy = page.locator('[aria-busy="true"]');
  await expect(busy).toHaveCSS('opacity', '0.6');
  await expect(page.getByText(/This is the past/)).toHaveCount(0);
  expect(await open.getAttribute('href')).not.toContain('2020');

  go();
  await expect(page.getByText(/This is the past: .* 1 Jan 2020/)).toBeVisible();
  await expect(busy).toHaveCount(0);
  await expect(open).toHaveCount(0);
});

test('a number opens what it counts: no sum of one currency opens the deals of all', async ({
  host,
  page,
}) => {
  await host.workspace();
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  for (const [name, currency, value] of [
    ['Windpark Ost', 'EUR', 48_000],
    ['Biogas Süd', 'EUR', 12_000],
    ['Seilbahn', 'CHF', 30_000],
  ] as const) {
    const won = { stage: 'won', opened_on: day(-10), close_date: day(0) };
    await host.create('opportunity', { name, currency, value, ...won });
  }
  await host.create('opportunity', { name: 'Solarpark', stage: 'proposal', value: 1_000, currency: 'EUR' });
  const own = { from: day(-300), to: day(300) };
  await host.create('goal', { name: 'Two years', amount: 100_000, currency: 'EUR', ...own });
  await page.goto(`${host.address}/#/numbers`);

  // One open, won for certain, over three that were won, in ten days.
  const velocity = page.getByRole('region', { name: 'Velocity' });
  await expect(velocity).toContainText('€20,000CHF 10,000');
  await expect(velocity).toContainText('€2,000CHF 1,000');
  await expect(velocity).toContainText('every line works out by itself');

  const attribution = page.getByRole('region', { name: 'Attribution' });
  await attribution.getByRole('radio', { name: 'EUR' }).check();
  await expect(attribution).toContainText('Adds up to €60,000 of the deals in EUR');
  const search = async () => new URLSearchParams(page.url().split('?')[1]).get('number') ?? '';

  await attribution.getByRole('link', { name: /^Adds up to/ }).click();
  await expect(page.getByText(/^2 records/)).toBeVisible();
  expect(await search()).toContain('attribution/deals/EUR');
  await page.keyboard.press('Escape');

  // A goal's records are of its own days, and add up to what it says.
  await page
    .getByRole('link', { name: /^Two years, Won/ })
    .first()
    .click();
  await expect(page.getByText(/^2 records/).locator('..')).toContainText('Sum €60,000');
  const years = new Date(own.from).getFullYear();
  await expect(page.getByRole('heading', { name: /Won towards/ }).locator('..')).toContainText(String(years));
});

test('every returned lead is reached by walking on, and found by what was said', async ({ host, page }) => {
  await host.workspace();
  const { records: reasons } = await host.rpc('list', { kind: 'reason', limit: 100 });
  const reason = (key: string) => reasons.find(({ fields }) => fields.key === key)?.id ?? '';
  for (let at = 0; at < 60; at += 1) {
    const { id } = await host.create('opportunity', { name: `Lead ${at}`, stage: 'engaged' });
    await host.rpc('offer', { id, override_reason: 'They called' });
    const evidence = at === 0 ? 'Only collected brochures' : 'Nothing planned';
    await host.rpc('return', { id, reason: reason(at === 1 ? 'no_budget' : 'no_need'), evidence });
  }
  // Half past midnight in Berlin is the day after.
  await answering(page, 'returned', ({ leads, ...answer }) => ({
    ...answer,
    leads: (leads as { at: string }[]).map((lead) => ({ ...lead, at: '2026-03-30T22:30:00Z' })),
  }));
  await page.goto(`${host.address}/#/feedback?view=returned`);
  const list = page.getByRole('list', { name: 'Returned leads' });
  await expect(list.getByRole('listitem')).toHaveCount(50);
  await expect(list.getByRole('link').first()).toContainText('Lead 59');
  await expect(list.getByText('31 Mar').first()).toBeVisible();

  await list.getByRole('link').nth(49).focus();
  await page.keyboard.press('j');
  await expect(list.getByRole('listitem')).toHaveCount(60);
  await page.keyboard.press('j');
  await expect(list.getByRole('link').nth(50)).toBeFocused();
  await expect(page.getByRole('button', { name: /^Show/ })).toHaveCount(0);

  const search = page.getByRole('searchbox', { name: 'Search words, reasons, people' });
  await search.fill('BROCHURES');
  await expect(list.getByRole('listitem')).toHaveText([/^Lead 0/]);
  await search.fill('no bud');
  await expect(list.getByRole('listitem')).toHaveText([/^Lead 1/]);
  await search.fill('nobody said this');
  await expect(page.getByText('Nothing found')).toBeVisible();

  await page.getByRole('link', { name: /60 leads/ }).click();
  await expect(page.getByRole('heading', { name: 'Leads that sales gave back in the period' })).toBeVisible();
});

test('returned leads are found by what a reason is called in German', async ({ host, page }) => {
  await host.workspace({ language: 'de' });
  const { records: reasons } = await host.rpc('list', { kind: 'reason', limit: 100 });
  for (const key of ['no_budget', 'no_need']) {
    const { id } = await host.create('opportunity', { name: key, stage: 'engaged' });
    await host.rpc('offer', { id, override_reason: 'Sie riefen an' });
    const reason = reasons.find(({ fields }) => fields.key === key)?.id;
    await host.rpc('return', { id, reason, evidence: 'Stand fest' });
  }
  await page.goto(`${host.address}/#/feedback?view=returned`);
  const items = page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ has: page.locator('[data-lead]') });
  await expect(items).toHaveCount(2);
  await page.getByRole('main').getByRole('searchbox').fill('kein budget');
  await expect(items).toHaveText([/^no_budget/]);
});
