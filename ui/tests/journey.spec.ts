import type { Page } from '@playwright/test';
import { expectNoViolation } from './axe';
import { expect, type Host, refuse, test } from './host';
import { NOWHERE, share, test as withRelay } from './relay';

/** The day so many days from now, as the engine has it. */
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** A lead of marketing's with a buyer, seen by a rep beside the pipeline. */
async function lead(host: Host, page: Page) {
  await host.workspace();
  const account = await host.create('account', { name: 'Nordwind AG', employees: 220, industry: 'energy' });
  const person = await host.create('person', {
    first_name: 'Ines',
    last_name: 'Brandt',
    account: account.id,
  });
  const record = await host.create('opportunity', {
    name: 'Windpark Ost',
    stage: 'engaged',
    value: 48_000,
    currency: 'EUR',
    account: account.id,
    people: [{ id: person.id, role: 'champion' }],
  });
  await page.goto(`${host.address}/#/pipeline?record=${record.id}`);
  const panel = page.getByRole('complementary', { name: 'Windpark Ost' });
  await expect(panel).toBeVisible();
  return { panel, record };
}

type Panel = ReturnType<Page['getByRole']>;

/** Answers a question with yes, from the keyboard: y, how that is known, Enter. */
async function answerYes(panel: Panel, name: string, evidence: string) {
  const question = panel.getByRole('button', { name: new RegExp(`^${name}`) });
  await question.press('y');
  await panel.getByRole('textbox', { name: /How do we know/ }).fill(evidence);
  await panel.getByRole('textbox', { name: /How do we know/ }).press('Enter');
  await expect(question).toHaveAttribute('aria-expanded', 'false');
  await expect(question).toContainText(evidence);
}

const QUESTIONS = ['Need confirmed', 'Budget known', 'Decider known', 'Timing known'];

async function qualify(host: Host, id: string) {
  const { criteria } = await host.rpc('gate', { id });
  for (const { criterion } of criteria.filter((one) => one.verdict !== 'yes')) {
    await host.rpc('answer', { id, criterion: criterion.id, verdict: 'yes', evidence: 'They said so' });
  }
}

test('a lead is qualified by answers, offered, accepted, and given back with the reason', async ({
  host,
  page,
}) => {
  const { panel, record } = await lead(host, page);
  const gate = panel.getByRole('region', { name: 'Ready for sales' });
  await expect(gate.getByText(/^Missing:/)).toBeVisible();
  await expect(gate.getByRole('button', { name: /^Ask next/ })).toBeVisible();
  for (const question of QUESTIONS) await answerYes(gate, question, `${question}: Ines said so on the phone`);
  await expect(gate.getByText('It passes: sales can have it.')).toBeVisible();

  const routing = panel.getByRole('region', { name: 'Who should get it' });
  await routing.getByRole('button', { name: 'Offer to Anna Weber' }).click();
  const claim = panel.getByRole('region', { name: 'Who has it' });
  await expect(claim.getByText('Offered to Anna Weber')).toBeVisible();
  await expect(panel.getByText(/offered it to Anna Weber with a score of \d+/)).toBeVisible();

  await page.keyboard.press('a');
  await expect(panel.getByText('accepted the offer')).toBeVisible();
  expect((await host.rpc('record', { id: record.id })).fields.stage).toBe('accepted');

  await claim.getByRole('button', { name: /Give back/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Give “Windpark Ost” back' });
  await dialog.getByRole('button', { name: 'Give back' }).click();
  await expect(dialog.getByRole('alert')).toHaveCount(2);
  await dialog.getByRole('combobox', { name: /^Reason/ }).selectOption({ label: 'Wrong time' });
  await expect(dialog.getByRole('combobox', { name: /Which answer was wrong/ })).toContainText(
    'Timing known',
  );
  await dialog.getByRole('textbox', { name: /own words/ }).fill('They only decide after the summer');
  await dialog.getByRole('button', { name: 'Give back' }).click();
  await expect(dialog).toBeHidden();
  await expect(panel.getByText('gave it back to marketing: Wrong time')).toBeVisible();
  await expect(panel.getByText('“They only decide after the summer”').first()).toBeVisible();
  await expect(gate.getByRole('button', { name: /^Timing known/ })).toContainText('No');
});

test('a reason does not contradict a criterion that is out of use', async ({ host, page }) => {
  const { panel, record } = await lead(host, page);
  const { criteria } = await host.rpc('gate', { id: record.id });
  const timing = criteria.find(({ criterion }) => criterion.name === 'Timing known');
  await host.rpc('set', { kind: 'criterion', ids: [timing?.criterion.id], fields: { active: false } });
  await host.rpc('offer', { id: record.id, override_reason: 'They called' });
  await panel.getByRole('button', { name: /Give back/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Give “Windpark Ost” back' });
  await dialog.getByRole('combobox', { name: /^Reason/ }).selectOption({ label: 'Wrong time' });
  await expect(dialog.getByRole('combobox', { name: /Which answer was wrong/ })).toHaveValue('');
  await dialog.getByRole('textbox', { name: /own words/ }).fill('They only decide after the summer');
  await dialog.getByRole('button', { name: 'Give back' }).click();
  await expect(dialog).toBeHidden();
  const decisions = await host.rpc('list', { kind: 'decision' });
  const given = decisions.records.find(({ fields }) => fields.type === 'return');
  expect(given?.fields.reason).toMatchObject({ title: 'Wrong time' });
  expect(given?.fields.criterion).toBeUndefined();
});

test('a lead that does not pass is offered with a reason only, and that is counted', async ({
  host,
  page,
}) => {
  const { panel } = await lead(host, page);
  await panel.getByRole('button', { name: 'Offer anyway…' }).click();
  const routing = panel.getByRole('region', { name: 'Who should get it' });
  await routing.getByRole('button', { name: 'Offer to Anna Weber' }).click();
  await expect(routing.getByRole('alert')).toHaveText('Say why it should happen anyway');
  await routing.getByRole('textbox').fill('They called and want to buy');
  await routing.getByRole('textbox').press('Enter');
  await expect(panel.getByText('Offered to Anna Weber').first()).toBeVisible();
  await expect(panel.getByText('overridden once')).toBeVisible();
  await expect(panel.getByText(/overrode the rule that held it back/)).toBeVisible();
});

test('where leads are assigned, the toast says so', async ({ host, page }) => {
  const { panel, record } = await lead(host, page);
  const [policy] = (await host.rpc('list', { kind: 'policy' })).records;
  await host.rpc('set', { kind: 'policy', ids: [policy?.id], fields: { routing: 'assign' } });
  await qualify(host, record.id);
  await panel.getByRole('button', { name: 'Assign to Anna Weber' }).click();
  await expect(page.getByText('Assigned to Anna Weber', { exact: true })).toBeVisible();
});

test('nurture needs a day, wherever the stage is set', async ({ host, page }) => {
  const { panel, record } = await lead(host, page);
  await panel.getByRole('button', { name: 'Edit Stage' }).click();
  await page.getByPlaceholder('Stage').fill('Nurture');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Move Windpark Ost to Nurture' });
  await dialog.getByRole('combobox', { name: /^Reason/ }).selectOption('timing');
  await dialog.getByRole('button', { name: 'Move' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Choose the day on which it comes back.');
  const day = dialog.getByRole('textbox', { name: /Comes back on/ });
  await day.fill('+30');
  await day.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(panel.getByRole('region', { name: 'Nurture' })).toContainText('Comes back on');
  const { fields } = await host.rpc('record', { id: record.id });
  expect(fields).toMatchObject({ stage: 'nurture', exit_reason: 'timing' });
  expect(fields.return_on).toBe(inDays(30));
  await panel.getByRole('button', { name: 'Take up again' }).click();
  await expect(panel.getByRole('button', { name: 'Edit Stage' })).toHaveText('Engaged');
  expect((await host.rpc('record', { id: record.id })).fields.return_on).toBeUndefined();
});

test('a move that a rule holds back is explained, and made with a reason', async ({ host, page }) => {
  const { panel, record } = await lead(host, page);
  await panel.getByRole('button', { name: 'Edit Stage' }).click();
  await page.getByPlaceholder('Stage').fill('Discovery');
  await page.keyboard.press('Enter');
  const guard = page.getByRole('dialog', { name: 'A rule blocks the move to Discovery' });
  await expect(guard.getByText(/does not pass the gate/)).toBeVisible();
  await guard.getByRole('textbox', { name: /Why it should happen/ }).fill('The board asked for it');
  await guard.getByRole('button', { name: 'Move anyway' }).click();
  await expect(panel.getByText(/moved it to Discovery and overrode the rule/)).toBeVisible();
  expect((await host.rpc('gate', { id: record.id })).overrides).toBe(1);
});

test('what was promised stays with the customer: won, onboarded, renewed on one record', async ({
  host,
  page,
}) => {
  const { panel, record } = await lead(host, page);
  await qualify(host, record.id);
  await host.rpc('offer', { id: record.id });
  await host.rpc('accept', { id: record.id });
  const promises = panel.getByRole('region', { name: 'Promises' });
  await promises.getByRole('button', { name: 'Add a promise' }).click();
  await promises.getByRole('textbox', { name: 'Add a promise' }).fill('Two training days');
  await promises.getByRole('textbox', { name: 'Add a promise' }).press('Enter');
  await expect(promises.getByRole('link', { name: 'Two training days' })).toBeVisible();
  await expect(panel.getByText('promised: Two training days')).toBeVisible();

  await host.rpc('set', {
    ids: [record.id],
    fields: { stage: 'won', renewal_on: inDays(365) },
    override_reason: 'Signed on paper',
  });
  await panel.getByRole('button', { name: 'Start onboarding' }).click();
  const steps = panel.getByRole('region', { name: 'Onboarding' });
  await expect(steps.getByText('0 of 4')).toBeVisible();
  await steps.getByRole('checkbox', { name: /Hold the kick-off/ }).check();
  await expect(steps.getByText('1 of 4')).toBeVisible();
  for (const rest of [/Welcome the customer/, /See the first use/, /Write down when/])
    await steps.getByRole('checkbox', { name: rest }).check();
  await steps.getByRole('button', { name: 'Move to Live' }).click();
  await expect(page.getByText(/is in Live now/)).toBeVisible();
  await expect(steps.getByRole('button', { name: 'Move to Live' })).toHaveCount(0);
  await promises.getByRole('checkbox', { name: 'Done: Two training days' }).check();
  await expect(panel.getByText('finished “Two training days”')).toBeVisible();
  await expect(panel.getByRole('region', { name: 'Contacts' })).toContainText('Champion');

  const renewal = panel.getByRole('region', { name: 'Renewal and upsell' });
  await expect(renewal).toContainText('The contract ends on');
  await renewal.getByRole('button', { name: 'Begin renewal' }).click();
  // What was begun is what one works on next: it stands in the panel, and leads back to what it renews.
  const begun = page.getByRole('complementary', { name: /Windpark Ost – 20\d\d/ });
  const chain = begun.getByRole('region', { name: 'Purchases that follow from each other' });
  await expect(chain.locator('[aria-current]')).toContainText('Renewal');
  await chain.getByRole('link').first().click();
  const renewed = page.getByRole('region', { name: 'Renewal and upsell' });
  await expect(renewed).toContainText('The contract ends on');
  await expect(page.getByRole('button', { name: 'Begin renewal' })).toHaveCount(0);
  const { records } = await host.rpc('list', {
    kind: 'opportunity',
    filters: [{ field: 'parent', op: 'is', value: record.id }],
  });
  expect(records.map(({ fields }) => fields.type)).toEqual(['renewal']);
});

test('a move that is refused once its reason is given is not let go without a word', async ({
  host,
  page,
}) => {
  const { panel } = await lead(host, page);
  await panel.getByRole('button', { name: 'Edit Stage' }).click();
  await page.getByPlaceholder('Stage').fill('Discovery');
  await page.keyboard.press('Enter');
  const guard = page.getByRole('dialog', { name: 'A rule blocks the move to Discovery' });
  await guard.getByRole('textbox').fill('The board asked for it');
  await refuse(page, 'set');
  await guard.getByRole('button', { name: 'Move anyway' }).click();
  await expect(page.getByRole('alert')).toContainText('The disk is full');
});

test('an opportunity made past the gate says why, and that is counted', async ({ host, page }) => {
  await host.workspace();
  await page.goto(`${host.address}/#/pipeline`);
  await expect(page.getByRole('heading', { name: 'Pipeline' })).toBeVisible();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'New opportunity' });
  await dialog.getByLabel('Name').fill('Windpark Ost');
  await dialog.getByRole('button', { name: 'Stage' }).click();
  await page.getByPlaceholder('Stage').fill('Discovery');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByRole('alert')).toContainText('A rule blocks the start in Discovery');
  await expect(dialog.getByRole('alert')).toContainText('Need confirmed: not known');
  const why = dialog.getByRole('textbox', { name: /Why it should happen/ });
  await expect(why).toBeFocused();
  await why.press('Enter');
  await expect(dialog.getByText('Say why it should happen anyway')).toBeVisible();
  await why.fill('Met at the fair');
  await why.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Windpark Ost' })).toBeVisible();
  const [made] = (await host.rpc('list', { kind: 'opportunity' })).records;
  expect(made?.fields.stage).toBe('discovery');
  expect((await host.rpc('gate', { id: made?.id ?? '' })).overrides).toBe(1);
});

test('several leave the process for one reason', async ({ host, page }) => {
  await host.workspace();
  for (const name of ['Windpark Ost', 'Windpark West'])
    await host.create('opportunity', { name, stage: 'discovery' });
  await page.goto(`${host.address}/#/list/opportunity`);
  await page.getByRole('row', { name: /Windpark Ost/ }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Control+a');
  await page.getByRole('toolbar', { name: 'Selection' }).getByRole('button', { name: 'Set field' }).click();
  await page.getByPlaceholder('Field').fill('Stage');
  await page.keyboard.press('Enter');
  await page.getByPlaceholder('Stage').fill('Lost');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Move 2 opportunities to Lost' });
  await dialog.getByRole('combobox', { name: /^Reason/ }).selectOption('competitor');
  await dialog.getByRole('button', { name: 'Move' }).click();
  const lost = { kind: 'opportunity', filters: [{ field: 'exit_reason', op: 'is', value: 'competitor' }] };
  await expect.poll(async () => (await host.rpc('list', lost)).total).toBe(2);
});

withRelay('what two took is settled as proposed with one key', async ({ relay, host, other, page }) => {
  await host.workspace();
  const { id } = await host.create('opportunity', { name: 'Windpark', stage: 'discovery', owner: null });
  await share(relay, host, other);
  for (const one of [host, other]) await one.rpc('set_relay', { relay: NOWHERE });
  await other.rpc('claim', { id });
  await host.rpc('claim', { id });
  for (const one of [host, other]) await one.rpc('set_relay', { relay: relay.address });
  await page.goto(`${host.address}/#/pipeline?record=${id}`);
  const claims = page.getByRole('region', { name: 'Two took it without knowing of each other' });
  await expect(claims.getByText(/^Proposed:/)).toBeVisible();
  await expect(claims.getByRole('listitem')).toHaveCount(2);
  await expectNoViolation(page);
  const { proposed } = (await host.rpc('settlement', { id }))!;
  await page.keyboard.press('s');
  await expect(claims).toBeHidden();
  const { fields, conflicts } = await host.rpc('record', { id });
  expect(fields.owner).toMatchObject({ id: proposed.id });
  expect(conflicts).toEqual({});
});

test('the palette offers what applies to the record that is open', async ({ host, page }) => {
  const { panel, record } = await lead(host, page);
  const actions = async (text: string) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill(text);
  };
  await actions('accept the offer');
  await expect(page.getByRole('option', { name: /^Accept\b/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await qualify(host, record.id);
  await expect(panel.getByText('It passes: sales can have it.')).toBeVisible();
  await actions('offer to sales');
  await page.getByRole('option', { name: /^Offer to sales/ }).click();
  await expect(panel.getByText('Offered to Anna Weber').first()).toBeVisible();
  await actions('accept');
  await page.getByRole('option', { name: /^Accept\b/ }).click();
  await expect(panel.getByText('accepted the offer')).toBeVisible();
});

test('a card carries one mark that says what calls', async ({ host, page }) => {
  const { record } = await lead(host, page);
  const card = page.getByRole('button', { name: /^Windpark Ost/ });
  await expect(card.locator('[data-mark]')).toHaveCount(1);
  await expect(card.locator('[data-mark=forgotten]')).toContainText('No next step');
  await host.rpc('set', {
    ids: [record.id],
    fields: { next_step: 'Call Ines', next_step_date: inDays(5) },
  });
  await expect(card.locator('[data-mark]')).toHaveCount(0);
});

test('the history tells handovers as sentences', async ({ host, page }) => {
  const { record } = await lead(host, page);
  await qualify(host, record.id);
  await host.rpc('offer', { id: record.id });
  await host.rpc('accept', { id: record.id });
  await page.goto(`${host.address}/#/history`);
  const history = page.getByRole('region', { name: 'History' });
  await expect(history.getByText('Anna Weber accepted Windpark Ost')).toBeVisible();
  await expect(history.getByText('Anna Weber offered Windpark Ost to Anna Weber')).toBeVisible();
  await expect(history.getByText(/answered “Budget known” about Windpark Ost: Yes/)).toBeVisible();
});

for (const theme of ['light', 'dark']) {
  test(`the journey is accessible in ${theme}`, async ({ host, page }) => {
    const { panel, record } = await lead(host, page);
    await host.rpc('set_preferences', { language: 'de', theme, interface: {} });
    await page.reload();
    await panel.getByRole('button', { name: 'Trotzdem anbieten …' }).click();
    await panel.getByRole('button', { name: /^Budget/ }).click();
    await expect(panel.getByRole('textbox', { name: /Woher/ })).toBeVisible();
    await expectNoViolation(page);
    await qualify(host, record.id);
    await host.rpc('offer', { id: record.id });
    await host.rpc('accept', { id: record.id });
    await host.rpc('set', { ids: [record.id], fields: { stage: 'won' }, override_reason: 'Signed' });
    await panel.getByRole('button', { name: 'Onboarding beginnen' }).click();
    await expect(panel.getByRole('region', { name: 'Onboarding' }).getByRole('checkbox')).toHaveCount(4);
    await expectNoViolation(page);
  });
}
