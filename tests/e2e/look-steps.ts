import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** What is looked at for everyone: the themes, and what axe finds in each. */

export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/**
 * Waits for the page to stand in a theme. Colours on their way from one to the other belong to neither: on a slow machine
 * axe reads them in the middle, and finds a contrast that nobody is shown.
 */
export async function wear(page: Page, colorScheme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.waitForFunction(
    (theme) => document.documentElement.dataset['theme'] === theme && document.getAnimations().length === 0,
    colorScheme,
  );
}

export interface Looking {
  /** The part of the page to look at, by selector; otherwise all of it. */
  readonly within?: string;
  readonly rules?: readonly string[];
  /** In a window that refuses to open the second page that axe would work in. */
  readonly inOnePage?: boolean;
}

/** What axe finds on the page as it stands: the rule, and the elements that break it. */
export async function findings(page: Page, { within, rules, inOnePage }: Looking = {}): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(inOnePage ?? false);
  if (within !== undefined) axe.include(within);
  if (rules !== undefined) axe.withRules([...rules]);
  const { violations } = await axe.analyze();
  return violations.map(
    ({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

/** Axe finds nothing in either theme; the page is left in the dark one. */
export async function expectReadable(page: Page, looking: Looking = {}): Promise<void> {
  for (const theme of THEMES) {
    await wear(page, theme);
    expect(await findings(page, looking), theme).toEqual([]);
  }
}
