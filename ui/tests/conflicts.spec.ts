import { expect, type Host } from './host';
import { NOWHERE, share, test } from './relay';

const EMPTY = 'No conflicts';

async function openConflicts(host: Host): Promise<number> {
  return (await host.rpc('conflicts')).length;
}

test('offline edits of one field become a conflict that is seen, and settled by key and by hand', async ({
  relay,
  host,
  other,
  page,
}) => {
  await host.workspace();
  const account = await host.create('account', { name: 'Nordwind AG', city: 'Kiel', employees: 10 });
  const fields = async (at: Host) => (await at.rpc('record', { id: account.id })).fields;
  await share(relay, host, other);
  await page.goto(`${host.address}/#/conflicts`);
  await expect(page.getByText(EMPTY)).toBeVisible();

  for (const one of [host, other]) await one.rpc('set_relay', { relay: NOWHERE });
  await host.rpc('set', {
    ids: [account.id],
    fields: { city: 'Bremen', employees: 20 },
    reason: 'On their website',
  });
  await other.rpc('set', {
    ids: [account.id],
    fields: { city: 'Lübeck', employees: 30 },
    reason: 'They told me',
  });
  for (const one of [host, other]) await one.rpc('set_relay', { relay: relay.address });

  const city = page.getByRole('article', { name: 'City of Nordwind AG' });
  await expect(city).toContainText('Bremen');
  await expect(city).toContainText('Lübeck');
  await expect(city).toContainText('Ravi Anand');
  await expect(city).toContainText('They told me');
  await expect(page.getByRole('article')).toHaveCount(2);

  // By hand: one of the two.
  await city.getByRole('button', { name: 'Keep Lübeck' }).click();
  await expect(page.getByRole('article')).toHaveCount(1);
  expect((await fields(host)).city).toBe('Lübeck');

  // By key: a third value.
  await page.getByRole('article').focus();
  await page.keyboard.press('w');
  await page.getByRole('article').getByRole('textbox').fill('25');
  await page.keyboard.press('Enter');
  await expect(page.getByText(EMPTY)).toBeVisible();
  expect((await fields(host)).employees).toBe(25);

  await expect.poll(() => openConflicts(other)).toBe(0);
  expect(await fields(other)).toMatchObject({ city: 'Lübeck', employees: 25 });
});

test('1 and 2 keep a value and the next conflict has the keys', async ({ relay, host, other, page }) => {
  await host.workspace();
  const first = await host.create('account', { name: 'Alpha', city: 'Kiel' });
  const second = await host.create('account', { name: 'Beta', city: 'Kiel' });
  await share(relay, host, other);
  for (const one of [host, other]) await one.rpc('set_relay', { relay: NOWHERE });
  for (const { id } of [first, second]) {
    await host.rpc('set', { ids: [id], fields: { city: 'Bremen' } });
    await other.rpc('set', { ids: [id], fields: { city: 'Lübeck' } });
  }
  for (const one of [host, other]) await one.rpc('set_relay', { relay: relay.address });
  await expect.poll(() => openConflicts(host)).toBe(2);
  await page.goto(`${host.address}/#/conflicts`);
  await expect(page.getByRole('article').first()).toBeFocused();
  await page.keyboard.press('1');
  await expect(page.getByRole('article')).toHaveCount(1);
  await page.keyboard.press('2');
  await expect(page.getByText(EMPTY)).toBeVisible();
});
