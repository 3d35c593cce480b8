import { expectNoViolation } from './axe';
import { expect, type Host, test } from './host';

async function filled(host: Host, theme: string): Promise<string> {
  await host.workspace({ theme });
  const account = await host.create('account', {
    name: 'Nordwind AG',
    domain: 'nordwind.example',
    industry: 'energy',
    employees: 120,
  });
  const person = await host.create('person', {
    first_name: 'Ines',
    last_name: 'Holm',
    account: account.id,
    tags: ['vip'],
  });
  const { me } = (await host.rpc('app')).workspace!;
  const record = await host.create('opportunity', {
    name: 'Windpark Ost',
    stage: 'discovery',
    value: 48_000,
    currency: 'EUR',
    account: account.id,
    owner: me.id,
    next_step: 'Send the quote',
    next_step_date: '2020-01-01',
    people: [{ id: person.id, role: 'champion' }],
  });
  await host.create('opportunity', { name: 'Solarfeld', stage: 'new' });
  await host.create('opportunity', { name: 'Biogas', stage: 'live', value: 10, currency: 'CHF' });
  await host.create('activity', {
    type: 'call',
    subject: 'Intro',
    at: '2026-03-01T10:00:00Z',
    opportunity: record.id,
  });
  await host.create('page', { name: 'Ideal customer' });
  await host.create('campaign', { name: 'Hannover Messe', type: 'event' });
  await host.create('product', { name: 'Turbine', price: 12_000, currency: 'EUR' });
  return record.id;
}

const SCREENS: [string, string | ((id: string) => string)][] = [
  ['pipeline', '/pipeline'],
  ['record panel', (id) => `/pipeline?record=${id}`],
  ['record page', (id) => `/record/${id}`],
  ['accounts', '/list/account'],
  ['people', '/list/person'],
  ['activities', '/list/activity'],
  ['campaigns', '/list/campaign'],
  ['products', '/list/product'],
  ['members', '/list/member'],
  ['pages', '/pages'],
  ['history', '/history'],
  ['conflicts', '/conflicts'],
  ['settings', '/settings'],
];

for (const theme of ['light', 'dark']) {
  for (const [name, path] of SCREENS) {
    test(`axe finds nothing on the screen ${name} in ${theme}`, async ({ host, page }) => {
      const id = await filled(host, theme);
      await page.goto(`${host.address}/#${typeof path === 'string' ? path : path(id)}`);
      await expect(page.locator('h1')).toBeVisible();
      if (name.includes('record'))
        await expect(page.getByRole('region', { name: 'Timeline' })).toContainText('Intro');
      else if (path.toString().startsWith('/list')) await expect(page.getByRole('grid')).toBeVisible();
      await expectNoViolation(page);
    });
  }

  test(`axe finds nothing in what opens over a screen in ${theme}`, async ({ host, page }) => {
    await filled(host, theme);
    await page.goto(`${host.address}/#/list/account`);
    const grid = page.getByRole('grid');
    await grid.waitFor();
    const over: [string, () => Promise<void>][] = [
      ['palette', () => page.keyboard.press('Control+k')],
      ['key list', () => page.keyboard.press('?')],
      ['new record', () => page.keyboard.press('c')],
      ['filter', () => page.getByRole('button', { name: 'Filter', exact: true }).click()],
      ['columns', () => page.getByRole('button', { name: 'Columns' }).click()],
      ['sync state', () => page.getByRole('button', { name: /^Local/ }).click()],
      ['workspace menu', () => page.getByRole('button', { name: 'Workspace Nordlicht' }).click()],
      ['choice', () => page.getByRole('gridcell', { name: 'Energy' }).dblclick()],
    ];
    for (const [name, open] of over) {
      await test.step(name, async () => {
        await open();
        await expect(page.getByRole('dialog').or(page.getByRole('menu')).first()).toBeVisible();
        // What floats is outside the page's landmarks by nature; it has a role and a name of its own.
        await expectNoViolation(page, ['region']);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog').or(page.getByRole('menu'))).toHaveCount(0);
      });
    }
    await grid.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('x');
    await expect(page.getByRole('toolbar')).toBeVisible();
    await expectNoViolation(page);
  });

  test(`axe finds nothing on the first screen in ${theme}`, async ({ host, page }) => {
    await host.rpc('set_preferences', { language: 'en', theme, interface: {} });
    await page.goto(host.address);
    await expect(page.locator('h1')).toBeVisible();
    await expectNoViolation(page);
  });
}
