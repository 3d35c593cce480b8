import { expect, test } from './host';

/** What is typed where only a day of the past is taken, by language. */
const PAST = {
  en: {
    field: 'As of a past day',
    hint: '31/12, yesterday, -7',
    words: ['tomorrow', '+7'],
    past: 'yesterday',
  },
  de: { field: 'Stand eines früheren Tages', hint: /gestern, -7$/, words: ['morgen', '+7'], past: '-7' },
};

for (const language of ['en', 'de'] as const) {
  test(`a day that has not come yet is refused in words where the past is meant, in ${language}`, async ({
    host,
    page,
  }) => {
    const { field, hint, words, past } = PAST[language];
    await host.workspace({ language });
    await page.goto(`${host.address}/#/numbers`);
    await page.getByRole('button', { name: field }).click();
    const day = page.getByRole('textbox', { name: field });
    await expect(day).toHaveAttribute('placeholder', hint);
    for (const word of words) {
      await day.fill(word);
      await day.press('Enter');
      await expect(page.getByRole('alert')).toHaveText(/has not come yet|noch nicht gekommen/);
    }
    await day.fill(past);
    await day.press('Enter');
    await expect(day).toHaveCount(0);
    await expect(page.getByRole('status').filter({ hasText: /past|Vergangenheit/ })).toBeVisible();
  });
}

test('the days of a new goal are written as everywhere', async ({ host, page }) => {
  await host.workspace();
  await page.goto(`${host.address}/#/rules?view=goals`);
  await page.getByRole('button', { name: 'New goal' }).click();
  const dialog = page.getByRole('dialog', { name: 'New goal' });
  await expect(dialog.getByLabel('From')).toHaveValue(/^\d{2}\/\d{2}\/\d{4}$/);
  await dialog.getByLabel('Name').fill('Spring');
  await dialog.getByLabel('From').fill('1.3.2027');
  await dialog.getByLabel('To').fill('31/5/2027');
  await dialog.getByLabel('Amount').fill('90k');
  await dialog.getByLabel('To').press('Enter');
  await expect(dialog).toHaveCount(0);
  const [goal] = (await host.rpc('list', { kind: 'goal' })).records;
  expect(goal?.fields).toMatchObject({ from: '2027-03-01', to: '2027-05-31' });
});

test('a last day before the first is refused under the day that was written', async ({ host, page }) => {
  await host.workspace();
  const goal = { name: 'Spring', from: '2027-03-01', to: '2027-05-31', amount: 90_000, currency: 'EUR' };
  await host.create('goal', goal);
  await page.goto(`${host.address}/#/rules?view=goals`);
  await page.getByRole('button', { name: /^Spring/ }).click();
  const to = page.getByRole('textbox', { name: 'To' });
  await to.fill('1.2.2027');
  await to.press('Enter');
  await expect(to).toHaveAccessibleDescription('The last day is before the first');
  await expect(page.getByRole('textbox', { name: 'From' })).not.toHaveAttribute('aria-invalid');
  await to.fill('30.6.2027');
  await to.press('Enter');
  await expect(page.getByRole('alert')).toHaveCount(0);
  const goals = async () => (await host.rpc('list', { kind: 'goal' })).records[0]?.fields;
  await expect.poll(async () => (await goals())?.to).toBe('2027-06-30');
});
