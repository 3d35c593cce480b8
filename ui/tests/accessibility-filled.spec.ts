import { expectNoViolation } from './axe';
import { expect } from './host';
import { NOWHERE, share, test } from './relay';

for (const theme of ['light', 'dark']) {
  test(`axe finds nothing in conflicts, history and pages with content in ${theme}`, async ({
    relay,
    host,
    other,
    page,
  }) => {
    await host.workspace({ theme });
    const account = await host.create('account', { name: 'Nordwind AG', city: 'Kiel' });
    const text = await host.create('page', { name: 'Playbook', type: 'playbook' });
    const { version } = await host.rpc('text', { id: text.id, field: 'body' });
    await host.rpc('edit_text', {
      id: text.id,
      field: 'body',
      version,
      text: '# One\n\nText with **bold**, `code` and [a link](https://example.com)\n\n- item\n\n> quote\n\n```\ncode\n```\n',
    });
    await share(relay, host, other);
    for (const one of [host, other]) await one.rpc('set_relay', { relay: NOWHERE });
    await host.rpc('set', { ids: [account.id], fields: { city: 'Bremen' }, reason: 'On their website' });
    await other.rpc('set', { ids: [account.id], fields: { city: 'Lübeck' } });
    for (const one of [host, other]) await one.rpc('set_relay', { relay: relay.address });

    await page.goto(`${host.address}/#/conflicts`);
    await expect(page.getByRole('article')).toHaveCount(1);
    await expectNoViolation(page);

    await page.goto(`${host.address}/#/history`);
    await page
      .getByRole('button', { name: /Details/ })
      .first()
      .click();
    await expect(page.getByRole('cell', { name: 'City', exact: true })).toBeVisible();
    await expectNoViolation(page);

    await page.goto(`${host.address}/#/pages`);
    await expect(page.getByRole('textbox', { name: 'Text of the page' })).toContainText('quote');
    await expectNoViolation(page);

    await page.goto(`${host.address}/#/list/member`);
    await page.getByRole('button', { name: 'Invite someone' }).click();
    await page.getByRole('button', { name: 'Create link' }).click();
    await expect(page.getByLabel('Invite link')).toBeVisible();
    await expectNoViolation(page);
  });

  test(`axe finds nothing in the steps of an import in ${theme}`, async ({ host, page }) => {
    await host.workspace({ theme });
    await page.goto(`${host.address}/#/settings`);
    await page.getByRole('button', { name: 'New field' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectNoViolation(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Import a file' }).click();
    await expect(page.getByText('Drop a CSV file here')).toBeVisible();
    await expectNoViolation(page);
    await page
      .getByLabel('Choose a file')
      .first()
      .setInputFiles({
        name: 'accounts.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('name,sector,unknown\nNordwind AG,technolgy,1\n,retail,2\n'),
      });
    const run = page.getByRole('button', { name: 'Import 1 record' });
    await expect(run).toBeVisible();
    await expectNoViolation(page);
    await page.getByRole('combobox', { name: 'Field for the column unknown' }).click();
    await expect(page.getByRole('option', { name: 'Leave out' })).toBeVisible();
    await page.keyboard.press('Escape');
    await run.click();
    await expect(page.getByText('Import finished')).toBeVisible();
    await expectNoViolation(page);
  });

  test(`axe finds nothing in the forms of the first screen in ${theme}`, async ({ host, page }) => {
    await host.rpc('set_preferences', { language: 'en', theme, interface: {} });
    await page.goto(host.address);
    for (const [way, go] of [
      [/Start a workspace/, 'Start'],
      [/Join with an invite link/, 'Join'],
    ] as const) {
      await page.getByRole('button', { name: way }).click();
      await page.getByRole('button', { name: go, exact: true }).click();
      await expect(page.getByRole('alert').first()).toBeVisible();
      await expectNoViolation(page);
      await page.getByRole('button', { name: 'Back' }).click();
    }
  });
}
