import type { Page } from '@playwright/test';
import { expect, type Host, test } from './host';

const rows = (count: number) =>
  `name,city,employees,annual revenue\n${Array.from({ length: count }, (_, index) => {
    const name = `Firma ${String(index).padStart(5, '0')}`;
    return `${name},${index % 2 === 0 ? 'Hamburg' : 'Wien'},${index},${index * 1000}`;
  }).join('\n')}\n`;

async function accounts(host: Host, page: Page, count: number) {
  await host.workspace();
  await host.import('account', rows(count));
  await page.goto(`${host.address}/#/list/account`);
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(count + 1));
}

test('a long list holds only the rows in view and scrolls to its end', async ({ host, page }) => {
  await accounts(host, page, 12_000);
  await expect(page.getByText('12,000 records')).toBeVisible();
  const grid = page.getByRole('grid');
  await grid.focus();
  await page.keyboard.press('Control+End');
  await expect(page.getByText('Firma 11999')).toBeVisible();
  expect(await page.getByRole('row').count()).toBeLessThan(120);
});

test('a cell is edited by typing, and Ctrl+Z brings the value back', async ({ host, page }) => {
  await accounts(host, page, 3);
  await page.getByRole('gridcell', { name: '2', exact: true }).click();
  await page.keyboard.type('12k');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('gridcell', { name: '12,000' })).toBeVisible();
  const { records } = await host.rpc('list', {
    kind: 'account',
    filters: [{ field: 'employees', op: 'is', value: 12_000 }],
  });
  expect(records.map((record) => record.title)).toEqual(['Firma 00002']);
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Undone: change to Firma 00002')).toBeVisible();
  await expect(page.getByRole('gridcell', { name: '2', exact: true })).toBeVisible();
});

test('what cannot be written is said beside the field and nothing changes', async ({ host, page }) => {
  await accounts(host, page, 3);
  await page.getByRole('gridcell', { name: '2', exact: true }).dblclick();
  await page.keyboard.type('many');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('not a number');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('gridcell', { name: '2', exact: true })).toBeVisible();
});

test('the title column answers j, k, x and Enter, and the panel follows', async ({ host, page }) => {
  await accounts(host, page, 5);
  await page.getByRole('grid').focus();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(page.getByRole('row', { selected: true })).toContainText('Firma 00001');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary');
  await expect(panel.getByRole('heading', { name: 'Firma 00001' })).toBeAttached();
  await page.keyboard.press('j');
  await expect(panel.getByRole('heading', { name: 'Firma 00002' })).toBeAttached();
});

test('a column head sorts both ways and says so', async ({ host, page }) => {
  await accounts(host, page, 5);
  const head = page.getByRole('columnheader', { name: 'Employees' });
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  await expect(page.getByRole('row').nth(1)).toContainText('Firma 00004');
});

test('a filter reads as a sentence, narrows the list and is saved as a view', async ({ host, page }) => {
  await accounts(host, page, 20);
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByPlaceholder('Field').fill('Employees');
  await page.keyboard.press('Enter');
  await page.getByLabel('Value').fill('14');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('button', { name: 'Employees over 14', exact: true })).toBeVisible();
  await expect(page.getByText('5 records')).toBeVisible();
  await page.getByRole('button', { name: 'Save as view' }).click();
  await page.getByLabel('Name of the view').fill('Large ones');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const tab = page
    .getByRole('navigation', { name: 'Saved views' })
    .getByRole('button', { name: 'Large ones', exact: true });
  await expect(tab).toHaveAttribute('aria-current', 'true');
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await expect(page.getByText('20 records')).toBeVisible();
  await tab.click();
  await expect(page.getByText('5 records')).toBeVisible();
});

test('the text filter finds while typing and an empty answer says so', async ({ host, page }) => {
  await accounts(host, page, 20);
  await page.keyboard.press('/');
  await page.keyboard.type('00007');
  await expect(page.getByText('1 record', { exact: true })).toBeVisible();
  await page.keyboard.type('x');
  await expect(page.getByText('No matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page.getByText('20 records')).toBeVisible();
});

test('several records are changed and archived at once, each with one undo', async ({ host, page }) => {
  await accounts(host, page, 6);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+a');
  await expect(page.getByRole('toolbar', { name: 'Selection' })).toContainText('6 selected');
  await page.getByRole('button', { name: 'Set field' }).click();
  await page.getByPlaceholder('Field').fill('Country');
  await page.keyboard.press('Enter');
  await page.getByPlaceholder('Country').fill('Austria');
  await page.keyboard.press('Enter');
  await expect(page.getByText('6 records changed')).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'Austria' })).toHaveCount(6);
  await page.getByRole('toolbar').getByRole('button', { name: 'Archive' }).click();
  await expect(page.getByText('No accounts yet')).toBeVisible();
  await page
    .getByRole('dialog')
    .filter({ hasText: '6 records archived' })
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect(page.getByText('6 records', { exact: true })).toBeVisible();
});

test('a new record is made from any list and its missing name is asked for', async ({ host, page }) => {
  await host.workspace();
  await page.goto(`${host.address}/#/list/account`);
  await expect(page.getByText('No accounts yet')).toBeVisible();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'New account' });
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Name is needed.');
  await dialog.getByLabel('Name').fill('Nordwind AG');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('grid').getByText('Nordwind AG')).toBeVisible();
});

test('columns are taken away and come back', async ({ host, page }) => {
  await accounts(host, page, 3);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Employees' }).click();
  await expect(page.getByRole('columnheader', { name: 'Employees' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Back to the usual columns' }).click();
  await expect(page.getByRole('columnheader', { name: 'Employees' })).toBeVisible();
});

test('a change from another program appears at once', async ({ host, page }) => {
  await accounts(host, page, 3);
  await host.create('account', { name: 'Aus der Ferne GmbH' });
  await expect(page.getByText('Aus der Ferne GmbH')).toBeVisible();
  await expect(page.getByText('4 records')).toBeVisible();
});
