import { expect, refuse, test } from './host';

test('people of an opportunity are added with a role, changed and taken away', async ({ host, page }) => {
  await host.workspace();
  const person = await host.create('person', { first_name: 'Ines', last_name: 'Peters' });
  const deal = await host.create('opportunity', { name: 'Windpark Ost', stage: 'discovery' });
  const people = async () => (await host.rpc('record', { id: deal.id })).fields.people ?? [];
  await page.goto(`${host.address}/#/list/opportunity?record=${deal.id}`);
  const panel = page.getByRole('complementary', { name: 'Windpark Ost' });
  const field = panel.getByRole('button', { name: 'Edit People' });
  await panel.getByRole('button', { name: /more fields/ }).click();
  await field.click();
  await page.getByPlaceholder('People').fill('Peters');
  await expect(page.getByRole('option', { name: /Ines Peters/ })).toBeVisible();
  await page.keyboard.press('Enter');

  const role = page.getByRole('combobox', { name: 'Role of Ines Peters' });
  await role.selectOption('champion');
  await expect.poll(people).toMatchObject([{ id: person.id, role: 'champion' }]);
  await role.selectOption('decision_maker');
  await expect.poll(people).toMatchObject([{ id: person.id, role: 'decision_maker' }]);
  await page.keyboard.press('Escape');
  await expect(field).toHaveText('Ines Peters (Decision maker)');

  await field.click();
  await page.getByRole('button', { name: 'Remove Ines Peters' }).click();
  await expect.poll(people).toEqual([]);
});

test('a role that is refused is said so and taken back', async ({ host, page }) => {
  await host.workspace();
  const person = await host.create('person', { first_name: 'Ines', last_name: 'Peters' });
  const people = [{ id: person.id, role: 'champion' }];
  const deal = await host.create('opportunity', { name: 'Windpark Ost', stage: 'discovery', people });
  await page.goto(`${host.address}/#/list/opportunity?record=${deal.id}`);
  await page.getByRole('complementary').getByRole('button', { name: 'Edit People' }).click();
  await refuse(page, 'set');
  const role = page.getByRole('combobox', { name: 'Role of Ines Peters' });
  await role.selectOption('blocker');
  await expect(page.getByRole('alert')).toHaveText('That is not possible here');
  await expect(role).toHaveValue('champion');
});

test('a day is moved by keys beside its calendar, and typed over', async ({ host, page }) => {
  await host.workspace();
  const deal = await host.create('opportunity', {
    name: 'Windpark Ost',
    stage: 'discovery',
    close_date: '2027-01-29',
  });
  const day = async () => (await host.rpc('record', { id: deal.id })).fields.close_date;
  await page.goto(`${host.address}/#/list/opportunity?record=${deal.id}`);
  const field = page.getByRole('complementary').getByRole('button', { name: 'Edit Close date' });
  await field.focus();
  await page.keyboard.press('Enter');
  const input = page.getByRole('textbox', { name: 'Close date' });
  await expect(input).toHaveValue('29/01/2027');
  await page.keyboard.press('ArrowDown');
  await expect(input).toHaveValue('05/02/2027');
  const calendar = page.getByRole('dialog', { name: 'February 2027' });
  await expect(
    calendar.getByRole('button', { name: '5', exact: true, disabled: false }).first(),
  ).toHaveAttribute('aria-current', 'date');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('PageDown');
  await expect(input).toHaveValue('04/03/2027');
  await page.keyboard.press('Enter');
  await expect.poll(day).toBe('2027-03-04');
  await expect(field).toBeFocused();

  await page.keyboard.press('Enter');
  await page.keyboard.type('31.12.2027');
  await page.keyboard.press('Enter');
  await expect.poll(day).toBe('2027-12-31');
});
