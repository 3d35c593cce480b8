import type { Page } from '@playwright/test';
import { expect, type Host, test } from './host';

/** A deal of who looks, beside the pipeline. */
async function deal(host: Host, page: Page) {
  await host.workspace();
  const { id } = await host.create('opportunity', { name: 'Windpark', stage: 'discovery' });
  await page.goto(`${host.address}/#/pipeline?record=${id}`);
  const panel = page.getByRole('complementary', { name: 'Windpark' });
  await expect(panel).toBeVisible();
  return panel;
}

test('why a lead goes back is there again after Escape, and gone once it went back', async ({
  host,
  page,
}) => {
  const panel = await deal(host, page);
  const dialog = page.getByRole('dialog', { name: 'Give “Windpark” back' });
  await panel.getByRole('button', { name: /Give back/ }).click();
  await dialog.getByRole('combobox', { name: /^Reason/ }).selectOption({ label: 'No budget' });
  await dialog.getByRole('textbox', { name: /own words/ }).fill('Frozen until autumn');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await panel.getByRole('button', { name: /Give back/ }).click();
  await expect(dialog.getByRole('textbox', { name: /own words/ })).toHaveValue('Frozen until autumn');
  await dialog.getByRole('button', { name: 'Give back' }).click();
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await panel.getByRole('button', { name: /Give back/ }).click();
  await expect(dialog.getByRole('textbox', { name: /own words/ })).toHaveValue('');
});

for (const sort of ['promise', 'risk']) {
  test(`a ${sort} that was begun is there again after Escape, and gone once it is kept`, async ({
    host,
    page,
  }) => {
    const panel = await deal(host, page);
    const add = panel.getByRole('button', { name: `Add a ${sort}` });
    const text = panel.getByRole('textbox', { name: `Add a ${sort}` });
    await add.click();
    await text.fill('Two training days');
    await page.keyboard.press('Escape');
    await expect(text).toHaveCount(0);
    await expect(panel).toBeVisible();
    await expect(add).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(text).toHaveValue('Two training days');
    await text.press('Enter');
    await expect(panel.getByRole('link', { name: 'Two training days' })).toBeVisible();
    await expect(text).toHaveValue('');
  });
}
