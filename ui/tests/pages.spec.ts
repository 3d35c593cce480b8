import type { Page } from '@playwright/test';
import { expect, type Host, test } from './host';

async function pageWith(host: Host, text: string): Promise<string> {
  await host.workspace();
  const page = await host.create('page', { name: 'Playbook', type: 'playbook' });
  const { version } = await host.rpc('text', { id: page.id, field: 'body' });
  await host.rpc('edit_text', { id: page.id, field: 'body', version, text });
  return page.id;
}

const editor = (page: Page) => page.getByRole('textbox', { name: 'Text of the page' });
const body = async (host: Host, id: string) => (await host.rpc('text', { id, field: 'body' })).text;

test('two people write on one page at the same time and nothing is lost', async ({ host, page, browser }) => {
  const id = await pageWith(host, '# Start\n\nFirst paragraph.\n\nLast paragraph.\n');
  const context = await browser.newContext();
  const second = await context.newPage();
  for (const one of [page, second]) {
    await one.goto(`${host.address}/#/pages?record=${id}`);
    await expect(editor(one)).toContainText('Last paragraph.');
  }
  await editor(page).getByText('First paragraph.').click();
  await page.keyboard.press('End');
  await editor(second).getByText('Last paragraph.').click();
  await second.keyboard.press('End');
  await Promise.all([
    page.keyboard.type(' Written by the one, letter by letter.', { delay: 25 }),
    second.keyboard.type(' Written by the other, letter by letter.', { delay: 25 }),
  ]);
  const whole =
    '# Start\n\nFirst paragraph. Written by the one, letter by letter.\n\nLast paragraph. Written by the other, letter by letter.\n';
  await expect.poll(() => body(host, id)).toBe(whole);
  for (const one of [page, second]) {
    await expect(editor(one)).toContainText('First paragraph. Written by the one, letter by letter.');
    await expect(editor(one)).toContainText('Last paragraph. Written by the other, letter by letter.');
  }
  await context.close();
});

test('two people write in one paragraph, and each cursor stays where it was', async ({
  host,
  page,
  browser,
}) => {
  const id = await pageWith(host, 'one two three\n');
  const context = await browser.newContext();
  const second = await context.newPage();
  for (const one of [page, second]) {
    await one.goto(`${host.address}/#/pages?record=${id}`);
    await editor(one).getByText('one two three').click();
  }
  await page.keyboard.press('Home');
  await second.keyboard.press('End');
  await Promise.all([
    page.keyboard.type('AAAAAAAAAA', { delay: 120 }),
    second.keyboard.type('ZZZZZZZZZZ', { delay: 120 }),
  ]);
  await expect.poll(() => body(host, id)).toBe('AAAAAAAAAAone two threeZZZZZZZZZZ\n');
  await expect(editor(page)).toHaveText('AAAAAAAAAAone two threeZZZZZZZZZZ');
  await context.close();
});

test('a page is made, titled, written with signs, and listed under its type', async ({ host, page }) => {
  await host.workspace();
  await page.goto(`${host.address}/#/pages`);
  await page.getByRole('button', { name: 'New page' }).first().click();
  await page.getByLabel('Title of the page').fill('Ideal customer');
  await page.keyboard.press('Enter');
  await expect(editor(page)).toBeFocused();
  await page.keyboard.type('# Who\nMachine builders\n- many reps\ntrade fairs');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('Never');
  await page.keyboard.press('Control+b');
  await page.keyboard.type(' resellers');
  await expect(page.locator('[data-save]')).toHaveText('Saved');
  const [record] = (await host.rpc('list', { kind: 'page' })).records;
  expect(record?.title).toBe('Ideal customer');
  expect(await body(host, record?.id ?? '')).toBe(
    '# Who\n\nMachine builders\n\n- many reps\n- trade fairs\n\n**Never** resellers\n',
  );
  await page.getByRole('combobox', { name: 'Type' }).click();
  await page.getByRole('option', { name: 'Ideal customer' }).click();
  await expect(page.getByRole('navigation', { name: 'Pages' }).getByRole('heading')).toHaveText(
    'Ideal customer',
  );
});

test('leaving a page at once keeps what was typed; nothing else of it changes', async ({ host, page }) => {
  const text = '* a star list\n* kept\n\nA line\nin two lines\n';
  const id = await pageWith(host, text);
  await page.goto(`${host.address}/#/pages?record=${id}`);
  await editor(page).getByText('kept').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('!');
  await page.getByRole('link', { name: 'History' }).click();
  await expect.poll(() => body(host, id)).toMatch(/^\* a star list\n\* kept\n\nA line\s+in two lines!\n$/);
});

test('a failed save says so, keeps the text, and is made good', async ({ host, page }) => {
  const id = await pageWith(host, 'one\n');
  await page.goto(`${host.address}/#/pages?record=${id}`);
  await editor(page).getByText('one').click();
  await page.route('**/rpc', (route) => {
    if (route.request().postData()?.includes('edit_text')) return route.abort();
    return route.continue();
  });
  await page.keyboard.press('End');
  await page.keyboard.type(' two');
  await expect(page.getByRole('alert')).toContainText('Not saved yet');
  await page.unroute('**/rpc');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => body(host, id)).toBe('one two\n');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a table is read as a table and written as its source', async ({ host, page }) => {
  const id = await pageWith(
    host,
    'Before\n\n| Fits | Does not |\n|---|---|\n| 80 people | 5 people |\n\nAfter\n',
  );
  await page.goto(`${host.address}/#/pages?record=${id}`);
  await expect(editor(page).getByRole('columnheader', { name: 'Does not' })).toBeVisible();
  await editor(page).getByRole('cell', { name: '80 people' }).click();
  await page.keyboard.press('End');
  await page.keyboard.type(' Why |');
  await editor(page).getByText('After').click();
  await expect(editor(page).getByRole('columnheader', { name: 'Why' })).toBeVisible();
  await expect
    .poll(() => body(host, id))
    .toBe('Before\n\n| Fits | Does not | Why |\n|---|---|\n| 80 people | 5 people |\n\nAfter\n');
  // The arrow keys find their way into it too.
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowUp');
  await expect(page.locator('.page-table-in-edit')).toBeVisible();
});

test('what was typed last is kept when the window goes at once', async ({ host, page }) => {
  const id = await pageWith(host, 'Before.\n');
  await page.goto(`${host.address}/#/pages?record=${id}`);
  await editor(page).getByText('Before.').click();
  await page.keyboard.press('End');
  await page.keyboard.type(' And the last words.');
  await page.goto('about:blank');
  await expect.poll(() => body(host, id)).toBe('Before. And the last words.\n');
});
