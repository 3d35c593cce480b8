import { expect } from './host';
import { test } from './relay';

test('a workspace is started, and what is missing is said in words', async ({ host, page }) => {
  await host.rpc('set_preferences', { language: 'en', theme: 'light', interface: {} });
  await page.goto(host.address);
  await page.getByRole('button', { name: /Start a workspace/ }).click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('alert')).toHaveCount(3);
  await expect(page.getByLabel('Workspace name')).toBeFocused();
  await page.getByLabel('Workspace name').fill('Nordwind');
  await page.getByLabel('Your name').fill('Mara Lindt');
  await page.getByLabel('Your e-mail address').fill('mara@nordwind.example');
  await page.getByLabel('Relay (optional)').fill('http://nowhere');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('alert')).toHaveText("A relay's address starts with ws:// or wss://.");
  await page.getByLabel('Relay (optional)').fill('');
  await page.getByRole('combobox', { name: 'Team' }).click();
  await page.getByRole('option', { name: 'Marketing' }).click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Workspace Nordwind' })).toBeVisible();
  expect((await host.rpc('app')).workspace).toMatchObject({ name: 'Nordwind', team: 'marketing' });
});

test('the sample is opened in one click and removed in one click', async ({ host, page }) => {
  await host.rpc('set_preferences', { language: 'en', theme: 'light', interface: {} });
  await page.goto(host.address);
  await page.getByRole('button', { name: /Explore the sample workspace/ }).click();
  const banner = page.getByRole('region', { name: 'Sample workspace' });
  await banner.getByRole('button', { name: 'Remove it and start over' }).click();
  await expect(page.getByRole('button', { name: /Start a workspace/ })).toBeVisible();
  expect((await host.rpc('app')).recent).toEqual([]);
});

test('language and theme switch before anything is open', async ({ host, page }) => {
  await page.goto(host.address);
  await page.getByRole('radio', { name: 'Deutsch' }).check();
  await expect(page.getByRole('button', { name: /Mit Einladung beitreten/ })).toBeVisible();
  await page.getByRole('radio', { name: 'Dunkel' }).check();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('a workspace is opened again from the list of those on this machine', async ({ host, page }) => {
  await host.workspace();
  await host.rpc('close');
  await page.goto(host.address);
  await page.getByRole('button', { name: /Nordlicht/ }).click();
  await expect(page.getByRole('button', { name: 'Workspace Nordlicht' })).toBeVisible();
});

test('joining with a link fetches the workspace; a wrong link is explained', async ({
  relay,
  host,
  other,
  page,
}) => {
  await host.workspace();
  await host.create('account', { name: 'Nordwind AG' });
  await host.rpc('set_relay', { relay: relay.address });
  const { link } = await host.rpc('invite', {});
  await other.rpc('set_preferences', { language: 'en', theme: 'light', interface: {} });
  await page.goto(other.address);
  await page.getByRole('button', { name: /Join with an invite link/ }).click();
  await page.getByLabel('Invite link').fill('tandem://join/nothing');
  await page.getByLabel('Your name').fill('Ravi Anand');
  await page.getByLabel('Your e-mail address').fill('ravi@nordlicht.example');
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText(/invite/i);
  await page.getByLabel('Invite link').fill(link);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Workspace Nordlicht' })).toBeVisible();
  await page.goto(`${other.address}/#/list/account`);
  await expect(page.getByRole('grid').getByText('Nordwind AG')).toBeVisible();
});

test('an invite needs a relay; with one named it makes a link', async ({ relay, host, page }) => {
  await host.workspace();
  await page.goto(`${host.address}/#/list/member`);
  await page.getByRole('button', { name: 'Invite someone' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite someone' });
  await expect(dialog).toContainText('needs a relay');
  await dialog.getByLabel('Relay').fill(relay.address);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('button', { name: 'Create link' }).click();
  await expect(dialog.getByLabel('Invite link')).toHaveValue(/^tandem:\/\/join\//);
  await expect(dialog.getByRole('status')).toContainText('Good for one device until');
});
