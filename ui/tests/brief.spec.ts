import type { Page } from '@playwright/test';
import { expectNoViolation } from './axe';
import { expect, type Host, test } from './host';

const sheet = (page: Page) => page.getByRole('article', { name: 'Windpark Ost' });
const part = (page: Page, name: string | RegExp) => sheet(page).getByRole('region', { name });

/** A deal with people, a story, promises, a risk, a warning, and a customer like it. */
async function told(host: Host, preferences: Record<string, unknown> = {}): Promise<string> {
  await host.workspace(preferences);
  const ravi = await host.create('member', { name: 'Ravi Anand', team: 'sales' });
  const account = await host.create('account', {
    name: 'Nordwind AG',
    industry: 'energy',
    employees: 120,
    city: 'Kiel',
  });
  const ines = await host.create('person', {
    first_name: 'Ines',
    last_name: 'Holm',
    job_title: 'Head of Operations',
    account: account.id,
  });
  const { id } = await host.create('opportunity', {
    name: 'Windpark Ost',
    stage: 'discovery',
    value: 48_000,
    currency: 'EUR',
    account: account.id,
    people: [{ id: ines.id, role: 'champion' }],
    next_step: 'Call about the budget',
    next_step_date: '2020-01-01',
  });
  const links = { opportunity: id, account: account.id };
  await host.create('activity', {
    ...links,
    type: 'call',
    subject: 'She wants a quote with the crane',
    person: ines.id,
    owner: ravi.id,
    at: new Date(Date.now() - 86_400_000 * 2).toISOString(),
  });
  await host.create('task', {
    ...links,
    name: 'A quote with the crane',
    type: 'promise',
    due_on: '2020-01-02',
  });
  await host.create('task', { ...links, name: 'The old system stays', type: 'risk' });
  const like = await host.create('account', { name: 'Westwind SE', industry: 'energy', employees: 140 });
  await host.create('opportunity', {
    name: 'Windpark West',
    stage: 'won',
    value: 52_000,
    currency: 'EUR',
    account: like.id,
    opened_on: '2026-01-01',
    close_date: '2026-03-01',
  });
  await host.create('opportunity', {
    name: 'Windpark Süd',
    stage: 'lost',
    account: like.id,
    exit_reason: 'price',
    close_date: '2026-03-01',
  });
  await host.create('page', { name: 'Talk about cranes', type: 'playbook' });
  return id;
}

test('the brief has all there is to know before the next contact', async ({ host, page }) => {
  const id = await told(host);
  await page.goto(`${host.address}/#/brief/${id}`);
  await expect(part(page, 'Who they are')).toContainText('Nordwind AG');
  await expect(part(page, 'Who they are')).toContainText(
    /Ines Holm.*Champion.*Head of Operations · last contact 2 days ago/,
  );
  await expect(part(page, 'What happened')).toContainText('She wants a quote with the crane');
  await expect(part(page, 'What was promised')).toContainText(/A quote with the crane.*overdue/);
  await expect(part(page, 'Risks')).toContainText('The old system stays');
  await expect(part(page, 'Unknown: ask')).toContainText('Is there money for it, and whose?');
  await expect(part(page, 'What similar customers teach')).toContainText(/Westwind SE.*industry.*€52,000/i);
  await expect(part(page, 'What similar customers teach')).toContainText('Price (1)');
  await expect(part(page, 'Before the contact')).toContainText('Ravi Anand contacted Ines Holm 2 days ago');
  await expect(part(page, 'Worth reading')).toContainText('Talk about cranes');
  await expect(sheet(page)).toContainText('Call about the budget');
});

test('every name in the brief opens its record', async ({ host, page }) => {
  const id = await told(host);
  await page.goto(`${host.address}/#/brief/${id}`);
  await part(page, 'Who they are').getByRole('link', { name: 'Ines Holm' }).click();
  await expect(page).toHaveURL(/#\/record\//);
  await page.keyboard.press('Escape');
  await expect(sheet(page)).toBeVisible();
});

test('b opens the brief from the panel, and a contact is logged from it', async ({ host, page }) => {
  const id = await told(host);
  await page.goto(`${host.address}/#/pipeline?record=${id}`);
  await page.getByRole('complementary', { name: 'Windpark Ost' }).waitFor();
  await page.keyboard.press('b');
  await expect(sheet(page)).toBeVisible();
  await page.keyboard.press('l');
  const dialog = page.getByRole('dialog', { name: 'Log a contact: Windpark Ost' });
  await expect(dialog).toContainText('Ravi Anand contacted Ines Holm 2 days ago');
  await dialog.getByLabel('What happened?').fill('The budget is there');
  await page.keyboard.press('Control+Enter');
  await expect(part(page, 'What happened')).toContainText('The budget is there');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/#\/pipeline/);
});

test('what is printed is the sheet alone', async ({ host, page }) => {
  const id = await told(host);
  await page.goto(`${host.address}/#/brief/${id}`);
  await sheet(page).waitFor();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation', { name: 'Main navigation' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  await expect(sheet(page)).toBeVisible();
});

for (const theme of ['light', 'dark']) {
  test(`axe finds nothing in the brief in ${theme}`, async ({ host, page }) => {
    const id = await told(host, { theme });
    await page.goto(`${host.address}/#/brief/${id}`);
    await part(page, 'What similar customers teach').waitFor();
    await expectNoViolation(page);
  });
}
