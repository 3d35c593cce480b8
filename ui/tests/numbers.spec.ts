import type { Page } from '@playwright/test';
import { expect, test } from './host';

/** Answers a command as the engine does, changed by `change`, once `until` is over. */
async function answering(
  page: Page,
  command: string,
  change: (answer: Record<string, unknown>, payload: Record<string, unknown>) => unknown,
  until: (payload: Record<string, unknown>) => Promise<unknown> = async () => {},
) {
  await page.route('**/rpc', async (route) => {
    const asked = route.request().postDataJSON();
    if (asked?.command !== command) return route.fallback();
    const payload = asked.payload ?? {};
    await until(payload);
    const response = await route.fetch();
    await route.fulfill({ response, json: change(await response.json(), payload) });
  });
}

test('numbers are named by the day they answer for while another is read', async ({ host, page }) => {
  await host.workspace();
  await host.create('opportunity', {
    name: 'Windpark Ost',
    stage: 'engaged',
    value: 48_000,
    currency: 'EUR',
  });
  let go = () => {};
  const read = new Promise<void>((resolve) => {
    go = resolve;
  });
  await answering(
    page,
    'metrics',
    (answer) => answer,
    async ({ as_of }) => (as_of === null || as_of === undefined ? undefined : read),
  );
  await page.goto(`${host.address}/#/numbers`);
  const open = page.getByRole('link', { name: 'Open opportunities: 1' });
  await expect(open).toBeVisible();

  await page.getByRole('button', { name: 'As of a past day' }).click();
  await page.getByRole('textbox', { name: 'As of a past day' }).fill('1.1.2020');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^As of 1 Jan 2020/ })).toBeVisible();
  const busy = page.locator('[aria-busy="true"]');
  await expect(busy).toHaveCSS('opacity', '0.6');
  await expect(page.getByText(/This is the past/)).toHaveCount(0);
  expect(await open.getAttribute('href')).not.toContain('2020');

  go();
  await expect(page.getByText(/This is the past: .* 1 Jan 2020/)).toBeVisible();
  await expect(busy).toHaveCount(0);
  await expect(open).toHaveCount(0);
});

test('of many returned leads the newest are shown, and all of them open', async ({ host, page }) => {
  await host.workspace();
  const record = await host.create('opportunity', { name: 'Windpark Ost', stage: 'engaged' });
  const lead = (at: number) => ({
    opportunity: { id: at === 0 ? record.id : `lead-${at}`, title: `Lead ${at}` },
    at: '2026-03-30T22:30:00Z',
    by: null,
    reason: null,
    evidence: 'No budget this year',
    criterion: null,
    campaign: null,
    stage: 'engaged',
  });
  await answering(page, 'feedback', (answer) => ({
    ...answer,
    returned: Array.from({ length: 120 }, (_, at) => lead(at)),
    returned_leads: { count: 1240, number: 'feedback/returned' },
  }));
  await page.goto(`${host.address}/#/feedback?view=returned`);
  const list = page.getByRole('list', { name: 'Returned leads' });
  await expect(list.getByRole('listitem')).toHaveCount(50);
  await expect(page.getByText('The newest 120 returns, out of')).toBeVisible();
  // Half past midnight in Berlin is the day after.
  await expect(list.getByText('31 Mar').first()).toBeVisible();

  await list.getByRole('link').nth(49).focus();
  await page.keyboard.press('j');
  await expect(list.getByRole('listitem')).toHaveCount(100);
  await expect(list.getByRole('link').nth(50)).toBeFocused();
  await page.getByRole('button', { name: 'Show 20 more' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(120);

  await page.getByRole('link', { name: /1,240 leads/ }).click();
  await expect(page.getByRole('heading', { name: 'Leads that sales gave back in the period' })).toBeVisible();
});
