import { expect, test } from './host';

const CSV = `Firma;Branche;Umsatz;Seit;Betreuerin
Nordwind AG;Energie;1.250.000,50;03.04.2021;Anna Weber
Südwind GmbH;Bau;900.000;17.12.2019;Anna Weber
;Bau;1;01.01.2020;Anna Weber
`;
const file = { name: 'kunden.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV, 'latin1') };

test('a file is matched, changed, imported and taken back', async ({ host, page }) => {
  await host.workspace();
  await page.goto(`${host.address}/#/list/account`);
  await page.getByRole('navigation', { name: 'Main navigation' }).waitFor();
  await page.keyboard.press('Control+i');
  await page.getByLabel('Choose a file').first().setInputFiles(file);
  const dialog = page.getByRole('dialog', { name: 'Import kunden.csv' });
  await expect(dialog).toContainText('WINDOWS-1252, columns separated by semicolon');
  await expect(dialog.getByRole('combobox', { name: 'Field for the column Umsatz' })).toHaveText(
    'Annual revenue',
  );
  const dryRun = dialog.getByRole('region', { name: 'What would happen' });
  await expect(dryRun).toContainText('New2');
  await expect(dryRun).toContainText('Row 4');

  // A column that no field fits becomes a field of its own; another is left out.
  await dialog.getByRole('combobox', { name: 'Field for the column Seit' }).click();
  await page.getByRole('option', { name: 'New field…' }).click();
  await dialog.getByLabel('Name of the new field for Seit').fill('Kunde seit');
  await dialog.getByRole('combobox', { name: 'Field for the column Branche' }).click();
  await page.getByRole('option', { name: 'Leave out' }).click();
  await dialog.getByRole('button', { name: 'Import 2 records' }).click();

  await expect(dialog).toContainText('Import finished');
  const accounts = await host.rpc('list', { kind: 'account', sort: [{ field: 'name', descending: false }] });
  expect(accounts.records.map((one) => one.title)).toEqual(['Nordwind AG', 'Südwind GmbH']);
  expect(accounts.records[0]?.fields).toMatchObject({ annual_revenue: 1_250_000.5 });
  expect(accounts.records[0]?.fields.industry).toBeUndefined();
  const { kinds } = await host.rpc('schema');
  const own = kinds.find((kind) => kind.name === 'account')?.fields.find((one) => one.label === 'Kunde seit');
  expect(own?.custom).toBe(true);
  expect(accounts.records[0]?.fields[own?.name ?? '']).toBe('2021-04-03');

  await dialog.getByRole('button', { name: 'Undo the import' }).click();
  await expect.poll(async () => (await host.rpc('list', { kind: 'account' })).total).toBe(0);
  await expect(page.getByText(/^Undone:/)).toBeVisible();
});

test('a file that is dropped on the window is imported; the list shows it', async ({ host, page }) => {
  await host.workspace();
  await page.goto(host.address);
  await page.getByRole('navigation', { name: 'Main navigation' }).waitFor();
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(
      new File(['name,domain\nNordwind AG,nordwind.example\n'], 'accounts.csv', { type: 'text/csv' }),
    );
    return data;
  });
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
  await expect(page.getByText('Drop to import')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await page.getByRole('button', { name: 'Import 1 record' }).click();
  await page.getByRole('button', { name: 'Show Accounts' }).click();
  await expect(page.getByRole('grid').getByText('Nordwind AG')).toBeVisible();
});

test('what an import noticed is said in the language of the window; phone numbers get a country', async ({
  host,
  page,
}) => {
  await host.workspace({ language: 'de' });
  await page.goto(host.address);
  await page.getByRole('navigation').first().waitFor();
  await page.keyboard.press('Control+i');
  const rows = ['name,country,phone', 'Nordwind AG,Mordor,030 901820', 'Ost,,030 901821', ',DE,', ''];
  await page
    .getByLabel('Datei auswählen')
    .first()
    .setInputFiles({ name: 'konten.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
  const dialog = page.getByRole('dialog', { name: /konten\.csv/ });
  await expect(dialog).toContainText('„Mordor“ ist kein Land; weggelassen');
  await expect(dialog).toContainText('„030 901820“ nennt kein Land; wie geschrieben übernommen');
  await expect(dialog).toContainText('Ohne Name');
  await dialog.getByRole('combobox', { name: 'Telefonnummern ohne Landesvorwahl sind aus' }).click();
  await page.getByRole('option', { name: 'Deutschland' }).click();
  await expect(dialog).not.toContainText('nennt kein Land');
});

test('a file that is no table is refused in words, and another may be chosen', async ({ host, page }) => {
  await host.workspace();
  await page.goto(host.address);
  await page.getByRole('navigation', { name: 'Main navigation' }).waitFor();
  await page.keyboard.press('Control+i');
  await page
    .getByLabel('Choose a file')
    .first()
    .setInputFiles({ name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.from('') });
  await expect(page.getByRole('alert')).toHaveText('The file is empty.');
  await page.getByLabel('Choose a file').first().setInputFiles(file);
  await expect(page.getByRole('button', { name: 'Import 2 records' })).toBeEnabled();
});

test('an import goes on behind, and cancelled it leaves nothing', async ({ host, page }) => {
  await host.workspace();
  const rows = Array.from({ length: 20_000 }, (_, row) => `Account ${row},account${row}.example,${row}`);
  const buffer = Buffer.from(`name,domain,employees\n${rows.join('\n')}\n`);
  await page.goto(`${host.address}/#/list/account`);
  await page.getByRole('navigation', { name: 'Main navigation' }).waitFor();
  await page.keyboard.press('Control+i');
  await page
    .getByLabel('Choose a file')
    .first()
    .setInputFiles({ name: 'large.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Import 20,000 records' }).click();
  await page.getByRole('button', { name: 'Go on working' }).click();
  const behind = page.getByRole('region', { name: 'Importing' });
  await expect(behind).toContainText('large.csv');
  // The window answers meanwhile.
  await page.getByRole('link', { name: 'People' }).click();
  await expect(page.getByRole('heading', { name: 'People', exact: true })).toBeVisible();
  await behind.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('alert')).toHaveText('The import was cancelled. Nothing of it stays.');
  expect((await host.rpc('list', { kind: 'account' })).total).toBe(0);
});
