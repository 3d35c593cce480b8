import { expect, test } from './host';

test('an agent is marked wherever it has a hand in a lead', async ({ host, page }) => {
  await host.workspace();
  const agent = await host.create('member', { name: 'Scout', team: 'sales', type: 'agent' });
  const { id } = await host.create('opportunity', {
    name: 'Windpark Ost',
    stage: 'engaged',
    owner: agent.id,
  });
  await host.create('task', { name: 'Ask for the budget', opportunity: id, owner: agent.id });
  await host.rpc('offer', { id, member: agent.id, override_reason: 'It knows them' });
  await page.goto(`${host.address}/#/pipeline?record=${id}`);
  const panel = page.getByRole('complementary', { name: 'Windpark Ost' });
  await expect(panel.getByText('Offered to Scout (Agent)')).toBeVisible();
  const task = panel.getByRole('listitem').filter({ has: page.getByRole('checkbox') });
  await expect(task).toContainText('Scout (Agent)');

  await host.create('opportunity', { name: 'Windpark West', stage: 'discovery', owner: agent.id });
  await page.goto(`${host.address}/#/forgotten`);
  await expect(page.getByRole('row', { name: /Windpark West/ })).toContainText('Scout (Agent)');
});

test('of many members the one whose day is wanted is typed', async ({ host, page }) => {
  await host.workspace();
  const names = Array.from({ length: 130 }, (_, n) => `Member ${String(n).padStart(3, '0')},sales,person`);
  await host.import('member', ['name,team,type', ...names, 'Zora Lindqvist,sales,person'].join('\n'));
  await page.goto(`${host.address}/#/today`);
  await page.getByRole('button', { name: /^Whose day/ }).click();
  await page.keyboard.type('zora');
  await page.getByRole('option', { name: /Zora Lindqvist/ }).click();
  await expect(page.getByRole('heading', { name: 'Zora Lindqvist: today' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Whose day: Zora Lindqvist' })).toBeVisible();
});

test('a long name leaves room for what stands beside it', async ({ host, page }) => {
  await page.setViewportSize({ width: 900, height: 600 });
  await host.workspace();
  const name = 'Maximiliane Freifrau von Hohenstein-Wittelsbach zu Altenburg und Nordlicht';
  const member = await host.create('member', { name, team: 'sales', type: 'person' });
  const { id } = await host.create('opportunity', { name: 'Windpark', stage: 'qualified' });
  await page.goto(`${host.address}/#/today?member=${member.id}&record=${id}`);
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveAttribute('title', `${name}: today`);
  const picker = await page.getByRole('button', { name: /^Whose day/ }).boundingBox();
  const panel = await page.getByRole('complementary', { name: 'Windpark' }).boundingBox();
  expect((picker?.x ?? 0) + (picker?.width ?? 0)).toBeLessThanOrEqual(panel?.x ?? 0);
});
