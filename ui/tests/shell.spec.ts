import { expect, test } from './host';

test('the palette finds a record and opens it', async ({ host, page }) => {
  await host.workspace();
  await host.create('account', { name: 'Nordwind AG', city: 'Kiel' });
  await page.goto(host.address);
  await page.getByRole('navigation', { name: 'Main navigation' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(/Search records/).fill('nordw');
  await expect(page.getByRole('option', { name: /Nordwind AG/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/record\//);
});

test('the palette acts on the selection', async ({ host, page }) => {
  await host.workspace();
  await host.create('account', { name: 'Nordwind AG' });
  await host.create('account', { name: 'Südwind GmbH' });
  await page.goto(`${host.address}/#/list/account`);
  await page.getByRole('grid').focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(/Search records/).fill('archive');
  await page.getByRole('option', { name: /Archive/ }).click();
  await expect(page.getByText('1 record archived')).toBeVisible();
  await expect(page.getByRole('grid').getByText('Nordwind AG')).toHaveCount(0);
});

test('language and theme switch at once and are kept', async ({ host, page }) => {
  await host.workspace();
  await page.goto(host.address);
  await expect(page.getByRole('link', { name: 'Accounts' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(/Search records/).fill('deutsch');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Firmen' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(/Datensätze, Bereiche/).fill('dunkel');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('link', { name: 'Firmen' })).toBeVisible();
});

test('? lists the keys and g goes places', async ({ host, page }) => {
  await host.workspace();
  await page.goto(host.address);
  await page.getByRole('navigation', { name: 'Main navigation' }).waitFor();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeHidden();
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page).toHaveURL(/#\/list\/account/);
});

test('the sidebar collapses and stays so', async ({ host, page }) => {
  await host.workspace();
  await page.goto(host.address);
  const sidebar = page.getByRole('navigation', { name: 'Main navigation' });
  await sidebar.waitFor();
  await page.keyboard.press('Control+b');
  await expect.poll(async () => (await sidebar.boundingBox())?.width).toBe(52);
  await page.reload();
  await sidebar.waitFor();
  await expect.poll(async () => (await sidebar.boundingBox())?.width).toBe(52);
});

test('the status line tells where the truth stands', async ({ host, page }) => {
  await host.workspace();
  await page.goto(host.address);
  await page.getByRole('button', { name: 'Local. On this machine only' }).click();
  const details = page.getByRole('dialog', { name: 'Sync state' });
  const { fingerprint } = await host.rpc('status');
  await expect(details.getByText(fingerprint)).toBeVisible();
});

test('redo brings back what was undone', async ({ host, page }) => {
  await host.workspace();
  const account = await host.create('account', { name: 'Nordwind AG' });
  await host.rpc('set', { ids: [account.id], fields: { city: 'Kiel' } });
  await page.goto(`${host.address}/#/list/account?record=${account.id}`);
  const panel = page.getByRole('complementary');
  await expect(panel.getByRole('button', { name: 'Edit City' })).toHaveText('Kiel');
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Undone: change to Nordwind AG')).toBeVisible();
  await page.keyboard.press('Control+Shift+z');
  await expect(page.getByText('Done again: change to Nordwind AG')).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Edit City' })).toHaveText('Kiel');
});

test('the way back from what was made takes that away, whatever was done since', async ({ host, page }) => {
  await host.workspace();
  const other = await host.create('account', { name: 'Nordwind AG' });
  await page.goto(`${host.address}/#/list/account`);
  await page.getByText('Nordwind AG').waitFor();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'New account' });
  await dialog.getByLabel('Name').fill('Südwind GmbH');
  await dialog.getByRole('button', { name: 'Create' }).click();
  const toast = page.getByRole('dialog').filter({ hasText: 'Südwind GmbH created' });
  await expect(toast).toBeVisible();
  await host.rpc('set', { ids: [other.id], fields: { city: 'Kiel' } });
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await host.rpc('list', { kind: 'account' })).total).toBe(1);
  expect((await host.rpc('record', { id: other.id })).fields.city).toBe('Kiel');
});

test('a way back that was gone already is not offered any longer', async ({ host, page }) => {
  await host.workspace();
  await host.create('account', { name: 'Nordwind AG' });
  await page.goto(`${host.address}/#/list/account`);
  await page.getByText('Nordwind AG').waitFor();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'New account' });
  await dialog.getByLabel('Name').fill('Südwind GmbH');
  await page.keyboard.press('Enter');
  const toast = page.getByRole('dialog').filter({ hasText: /^Südwind GmbH created/ });
  await expect(toast.getByRole('button', { name: 'Undo' })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText(/^Undone: /)).toBeVisible();
  await expect(toast).toHaveCount(0, { timeout: 1_000 });
});

test('the palette makes what people make, and leads to the rules for the rest', async ({ host, page }) => {
  await host.workspace();
  await page.goto(host.address);
  await page.getByRole('navigation', { name: 'Main navigation' }).waitFor();
  await page.keyboard.press('Control+k');
  const box = page.getByPlaceholder(/Search records/);
  await box.fill('new ');
  await expect(page.getByRole('option', { name: 'New account' })).toBeVisible();
  for (const kind of ['decision', 'answer', 'policy'])
    await expect(page.getByRole('option', { name: `New ${kind}` })).toHaveCount(0);
  await box.fill('new criterion');
  await page.getByRole('option', { name: 'New criterion' }).click();
  await expect(page).toHaveURL(/#\/rules\?view=gate/);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('moving on from nowhere goes into the list, and into the board', async ({ host, page }) => {
  await host.workspace();
  for (const name of ['Alpha', 'Beta']) await host.create('account', { name });
  await host.create('opportunity', { name: 'Windpark Kiel', stage: 'qualified' });
  await page.goto(`${host.address}/#/list/account`);
  await page.getByText('Beta').waitFor();
  await page.keyboard.press('j');
  await expect(page.getByRole('grid')).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Beta' })).toBeVisible();
  await page.getByRole('link', { name: 'Pipeline' }).click();
  await page.getByText('Windpark Kiel').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Windpark Kiel' })).toBeVisible();
});

test('what shows a clock is read again each minute', async ({ host, page }) => {
  await host.workspace();
  const { id } = await host.create('opportunity', { name: 'Windpark', stage: 'discovery' });
  const read: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/rpc')) read.push(request.postDataJSON().command);
  });
  await page.clock.install();
  await page.goto(`${host.address}/#/brief/${id}`);
  await page.getByRole('article', { name: 'Windpark' }).waitFor();
  read.length = 0;
  await page.clock.fastForward(61_000);
  await expect.poll(() => read).toEqual(expect.arrayContaining(['brief', 'forgotten']));
});

test('an address that leads nowhere says so and offers a way on', async ({ host, page }) => {
  await host.workspace();
  await page.goto(`${host.address}/#/nowhere`);
  await expect(page.getByText('There is nothing at this address')).toBeVisible();
  await page.getByRole('button', { name: 'Go to today' }).click();
  await expect(page.getByRole('link', { name: 'Today' })).toHaveAttribute('aria-current', 'page');
});
