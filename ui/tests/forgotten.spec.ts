import type { Page } from '@playwright/test';
import { expectNoViolation } from './axe';
import { expect, type Host, test } from './host';

const list = (page: Page) => page.getByRole('grid', { name: 'Forgotten' });
const line = (page: Page, title: string) => list(page).getByRole('row').filter({ hasText: title });

/** Leads that nobody looks after: one lacks everything, one a day, one is late. */
async function neglected(host: Host, preferences: Record<string, unknown> = {}): Promise<string> {
  await host.workspace(preferences);
  const { id } = await host.create('opportunity', { name: 'Windpark', stage: 'discovery', owner: null });
  await host.create('opportunity', { name: 'Solarfeld', stage: 'discovery', next_step: 'Call them' });
  await host.create('opportunity', {
    name: 'Biogas',
    stage: 'discovery',
    next_step: 'Call them',
    next_step_date: '2020-01-01',
  });
  return id;
}

test('owner, next step and day are set in the list by keyboard alone', async ({ host, page }) => {
  const id = await neglected(host);
  await page.goto(`${host.address}/#/forgotten`);
  await expect(line(page, 'Windpark')).toContainText('Nobody has it · No next step');
  await expect(list(page)).toBeFocused();
  await page.keyboard.press('Home');
  while ((await line(page, 'Windpark').getAttribute('aria-selected')) !== 'true')
    await page.keyboard.press('j');

  await page.keyboard.press('e');
  await page.getByPlaceholder('Owner').fill('Anna');
  await expect(page.getByRole('option', { name: 'Anna Weber' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(line(page, 'Windpark')).toContainText('Anna Weber');
  await expect(list(page)).toBeFocused();

  await page.keyboard.press('e');
  await page.keyboard.type('Send the quote');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('textbox', { name: 'Next step date' })).toBeFocused();
  await page.keyboard.type('+5');
  await page.keyboard.press('Enter');
  await expect(line(page, 'Windpark')).toHaveCount(0);
  const { fields } = await host.rpc('record', { id });
  expect(fields).toMatchObject({ owner: { title: 'Anna Weber' }, next_step: 'Send the quote' });
});

test('a line stays where it is until everything about it is written, the last one too', async ({
  host,
  page,
}) => {
  await host.workspace();
  const { id } = await host.create('opportunity', {
    name: 'Windpark',
    stage: 'discovery',
    next_step_date: '2099-01-01',
  });
  await page.goto(`${host.address}/#/forgotten`);
  await expect(list(page)).toBeFocused();
  await page.keyboard.press('e');
  await page.keyboard.type('Send the quote');
  await page.keyboard.press('Tab');
  const day = page.getByRole('textbox', { name: 'Next step date' });
  await expect(day).toBeFocused();
  await expect(page.getByText('Windpark: Next step is now Send the quote')).toBeVisible();
  await expect.poll(async () => (await host.rpc('forgotten', {})).total).toBe(0);
  await expect(page.getByRole('link', { name: 'Forgotten', exact: true })).toBeVisible();
  await expect(day).toBeFocused();
  await expect(line(page, 'Windpark')).toContainText('Send the quote');
  await page.keyboard.type('+5');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing is forgotten')).toBeVisible();
  expect((await host.rpc('record', { id })).fields.next_step_date).not.toBe('2099-01-01');
});

test('a day that has passed is set with the mouse, and the toast takes it back', async ({ host, page }) => {
  await neglected(host);
  await page.goto(`${host.address}/#/forgotten`);
  await expect(line(page, 'Biogas')).toContainText(/The next step is [\d,]+ days overdue/);
  await line(page, 'Biogas').getByRole('gridcell', { name: 'Next step date' }).click();
  await page.keyboard.type('+5');
  await page.keyboard.press('Enter');
  await expect(line(page, 'Biogas')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(line(page, 'Biogas')).toBeVisible();
});

test('the sidebar counts what is forgotten, and one’s own can be seen alone', async ({ host, page }) => {
  await neglected(host);
  await page.goto(`${host.address}/#/pipeline`);
  await expect(page.getByRole('link', { name: /Forgotten/ })).toContainText('3');
  await page.getByRole('link', { name: /Forgotten/ }).click();
  await expect(line(page, 'Windpark')).toBeVisible();
  await page.getByRole('radio', { name: 'Mine' }).check();
  await expect(line(page, 'Windpark')).toHaveCount(0);
  await expect(line(page, 'Solarfeld')).toBeVisible();
});

for (const theme of ['light', 'dark']) {
  test(`axe finds nothing in what is forgotten in ${theme}`, async ({ host, page }) => {
    await neglected(host, { theme });
    await page.goto(`${host.address}/#/forgotten`);
    await line(page, 'Windpark').waitFor();
    await expectNoViolation(page);
    await line(page, 'Windpark').getByRole('gridcell', { name: 'Owner' }).click();
    await expect(page.getByPlaceholder('Owner')).toBeVisible();
    await expectNoViolation(page, ['region']);
  });
}
