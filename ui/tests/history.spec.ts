import { expect, test } from './host';

test('what was done is told in sentences, opened, undone and marked', async ({ host, page }) => {
  await host.workspace();
  const record = await host.create('opportunity', {
    name: 'Windpark Ost',
    stage: 'new',
    value: 10,
    currency: 'EUR',
  });
  await host.rpc('set', { ids: [record.id], fields: { stage: 'engaged' }, reason: 'Came to the stand' });
  await host.rpc('set', { ids: [record.id], fields: { value: 20, next_step: 'Call' } });
  await host.import('account', 'name\nNordwind AG\nSüdwind GmbH\n');
  await page.goto(`${host.address}/#/history`);
  const history = page.getByRole('region', { name: 'History' });
  await expect(history).toContainText('Anna Weber imported 2 accounts from account.csv');
  await expect(history).toContainText('Anna Weber set Value and Next step on Windpark Ost');
  await expect(history).toContainText('Anna Weber moved Windpark Ost to Engaged “Came to the stand”');
  await expect(history).toContainText('Anna Weber started this workspace');

  // Keys go from line to line; Enter opens one.
  await history
    .getByRole('button', { name: /Details/ })
    .first()
    .focus();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(history.getByRole('cell', { name: 'Value', exact: true })).toBeVisible();

  await history.getByText('set Value and Next step').hover();
  await history.getByRole('button', { name: 'Undo' }).nth(1).click();
  await expect(history).toContainText('Undone');
  expect((await host.rpc('record', { id: record.id })).fields.value).toBe(10);
});

test('a thousand changes are read on while scrolling, and filtered by member', async ({ host, page }) => {
  await host.workspace();
  const record = await host.create('account', { name: 'Nordwind AG' });
  for (let step = 0; step < 250; step += 1) {
    await host.rpc('set', { ids: [record.id], fields: { employees: step } });
  }
  await host.create('member', { name: 'Ravi Anand', team: 'sales' });
  await page.goto(`${host.address}/#/history`);
  await expect(page.getByText('253 changes')).toBeVisible();
  const history = page.getByRole('region', { name: 'History' });
  await expect(async () => {
    await history.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await expect(history).toContainText('started this workspace', { timeout: 500 });
  }).toPass();
  await page.getByRole('combobox', { name: 'Changes by' }).click();
  await page.getByRole('option', { name: 'Ravi Anand' }).click();
  await expect(page.getByText('Nothing has been changed yet')).toBeVisible();
});
