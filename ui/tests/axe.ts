import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Fails with what axe finds on the page: WCAG 2.2 AA and what is good practice besides. */
export async function expectNoViolation(page: Page, without: string[] = []) {
  // What is still fading in has not its colours yet.
  await page.waitForFunction(
    () =>
      document.querySelector('[data-starting-style], [data-ending-style]') === null &&
      document
        .getAnimations()
        .every(
          ({ playState, effect }) =>
            playState !== 'running' || effect?.getComputedTiming().endTime === Infinity,
        ),
  );
  const { violations } = await new AxeBuilder({ page })
    .disableRules(without)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const told = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n  ${nodes.map(({ html, any }) => `${html.slice(0, 300)} ${any.map(({ message }) => message).join('; ')}`).join('\n  ')}`,
  );
  expect(told.join('\n')).toBe('');
}
