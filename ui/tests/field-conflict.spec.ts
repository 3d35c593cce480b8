import { expectNoViolation } from './axe';
import { expect } from './host';
import { NOWHERE, share, test } from './relay';

test('two values written apart stand side by side at the field, and one click settles', async ({
  relay,
  host,
  other,
  page,
}) => {
  await host.workspace();
  const account = await host.create('account', { name: 'Nordwind AG', city: 'Kiel' });
  await share(relay, host, other);
  for (const one of [host, other]) await one.rpc('set_relay', { relay: NOWHERE });
  await host.rpc('set', { ids: [account.id], fields: { city: 'Hamburg' } });
  await other.rpc('set', { ids: [account.id], fields: { city: 'Bremen' }, reason: 'They moved' });
  for (const one of [host, other]) await one.rpc('set_relay', { relay: relay.address });

  await page.goto(`${host.address}/#/list/account?record=${account.id}`);
  const panel = page.getByRole('complementary');
  const fields = panel.getByRole('region', { name: 'Fields' });
  await expect(fields.getByText('Which one stands?')).toBeVisible();
  await expect(fields.getByText('They moved')).toBeVisible();
  await expectNoViolation(page);
  await fields.getByRole('button', { name: 'Keep Bremen' }).click();
  await expect(fields.getByText('Which one stands?')).toHaveCount(0);
  await expect(fields.getByRole('button', { name: 'Edit City' })).toHaveText('Bremen');
  await expect.poll(async () => (await other.rpc('record', { id: account.id })).conflicts).toEqual({});
});
