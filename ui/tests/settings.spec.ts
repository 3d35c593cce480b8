import { expect, test } from './host';

test('language, theme and density change at once and are kept', async ({ host, page }) => {
  await host.workspace();
  await page.goto(`${host.address}/#/settings`);
  await page.getByRole('radio', { name: 'Deutsch' }).check();
  await expect(page.getByRole('heading', { name: 'Einstellungen' })).toBeVisible();
  await page.getByRole('radio', { name: 'Dunkel' }).check();
  await page.getByRole('radio', { name: 'Luftig' }).check();
  await expect(page.locator('html')).toHaveAttribute('data-density', 'comfortable');
  await expect
    .poll(async () => (await host.rpc('app')).preferences)
    .toMatchObject({ language: 'de', theme: 'dark' });
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveAttribute('data-density', 'comfortable');
  await expect(page.getByRole('heading', { name: 'Einstellungen' })).toBeVisible();
});

test('rows of a list are as high as chosen', async ({ host, page }) => {
  await host.workspace({ interface: { density: 'comfortable' } });
  for (const name of ['Alpha', 'Beta']) await host.create('account', { name });
  await page.goto(`${host.address}/#/list/account`);
  const top = async (name: string) =>
    (await page.getByRole('grid').getByRole('row', { name }).boundingBox())?.y ?? 0;
  await expect(page.getByRole('grid').getByText('Beta')).toBeVisible();
  expect((await top('Beta')) - (await top('Alpha'))).toBe(40);
});

test('a field of the workspace’s own is defined', async ({ host, page }) => {
  await host.workspace();
  await page.goto(`${host.address}/#/settings`);
  await page.getByRole('button', { name: 'New field' }).click();
  const dialog = page.getByRole('dialog', { name: 'New field' });
  await dialog.getByRole('button', { name: 'Add field' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Give the field a name.');
  await dialog.getByLabel('Name').fill('Tier');
  await dialog.getByRole('combobox', { name: 'Type' }).click();
  await page.getByRole('option', { name: 'Choice', exact: true }).click();
  await dialog.getByLabel('Options').fill('Gold\nSilver');
  await dialog.getByRole('button', { name: 'Add field' }).click();
  await expect(page.getByRole('row', { name: /Tier Account Choice: Gold, Silver/ })).toBeVisible();
});

test('a field of the workspace’s own is renamed, removed and brought back', async ({ host, page }) => {
  await host.workspace();
  await host.rpc('define_field', { kind: 'account', label: 'Tier', type: 'line' });
  await page.goto(`${host.address}/#/settings`);
  await page.getByRole('button', { name: 'Rename: Tier' }).click();
  const dialog = page.getByRole('dialog', { name: 'Rename field' });
  await dialog.getByLabel('Name').fill('');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Give it a name.');
  await dialog.getByLabel('Name').fill('Class');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('button', { name: 'Remove: Class' }).click();
  await expect(page.getByText('Field “Class” removed. Its values are kept.')).toBeVisible();
  // What is taken back is the removal, whatever was done since.
  await host.create('account', { name: 'Nordwind AG' });
  const removed = page.getByRole('dialog').filter({ hasText: 'Field “Class” removed' });
  await removed.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Remove: Class' })).toBeVisible();
  expect((await host.rpc('list', { kind: 'account' })).total).toBe(1);
  await page.getByRole('button', { name: 'Remove: Class' }).click();
  await page.getByRole('button', { name: 'Bring back: Class' }).click();
  await expect(page.getByRole('button', { name: 'Remove: Class' })).toBeVisible();
});

test('the workspace is renamed for everybody, and the undo takes it back', async ({ host, page }) => {
  await host.workspace();
  await page.goto(`${host.address}/#/settings`);
  const name = async () => (await host.rpc('app')).workspace?.name;
  const before = await name();
  await page.getByRole('button', { name: 'Rename workspace' }).click();
  const dialog = page.getByRole('dialog', { name: 'Rename workspace' });
  await dialog.getByLabel('Name').fill('North');
  await dialog.getByRole('button', { name: 'Rename', exact: true }).click();
  await expect(page.getByText('The workspace is now called “North”')).toBeVisible();
  expect(await name()).toBe('North');
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect.poll(name).toBe(before);
});

test('the check says in words that everything agrees, and records are exported', async ({ host, page }) => {
  await host.workspace();
  await host.create('account', { name: 'Nordwind AG' });
  await page.goto(`${host.address}/#/settings`);
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(page.getByText('Everything agrees.')).toBeVisible();
  await page.getByRole('combobox', { name: 'What to export' }).click();
  await page.getByRole('option', { name: 'Accounts' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  expect((await download).suggestedFilename()).toBe('Accounts.csv');
});
