import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { features } from '../../src-renderer/features.ts';
import { expect, test, type App } from './fixtures.ts';

/**
 * For everyone: axe finds nothing on any screen in either theme, and nothing runs out of the window at 200% zoom. The
 * screens are the same in every shell, so one of them is enough.
 */

/** Records of the demo that the screens are about. */
interface Known {
  /** A class with a roster, and a day with visits. */
  readonly lesson: string;
  readonly visits: string;
  readonly visit: string;
  readonly store: string;
  readonly program: string;
  readonly checklist: string;
  readonly survey: string;
  readonly import: string;
}

/** Where each route of the window leads; one that is not here fails the first test below. */
const addresses: Record<string, (known: Known) => string[]> = {
  '/': () => ['/'],
  '/sessions/new': () => ['/sessions/new'],
  '/sessions/:id': ({ lesson, visits }) => [
    ...['attendance', 'survey', 'plan', 'export'].map((part) => `/sessions/${lesson}/${part}`),
    `/sessions/${visits}/visits`,
  ],
  '/visits/:id': ({ visit }) => [`/visits/${visit}`],
  '/stores/:id?': ({ store }) => ['/stores', `/stores/${store}`],
  '/exchange': () => ['/exchange'],
  '/conflicts': () => ['/conflicts'],
  '/figures': () => ['/figures'],
  '/settings': () => ['/settings'],
  '/surveys/:session': ({ lesson }) => [`/surveys/${lesson}`],
};

const routes = features.flatMap(({ routes: own }) => own.map(({ path }) => path));

test('every screen is looked at @browser', () => {
  expect(routes.filter((path) => !addresses[path])).toEqual([]);
});

test('axe finds nothing on any screen, light and dark @browser', async ({ openApp }) => {
  test.setTimeout(180_000);
  const app = await openApp({ demo: true });
  const { page } = app;
  const known = await knownOf(app);
  const found: string[] = [];
  for (const address of routes.flatMap((path) => addresses[path]!(known))) {
    await visit(page, address);
    found.push(...(await findings(page, address, 'light')));
    found.push(...(await findings(page, address, 'dark')));
  }
  expect(found).toEqual([]);
});

test('at 200% zoom nothing runs out of the window @browser', async ({ openApp }) => {
  test.setTimeout(120_000);
  const app = await openApp({ demo: true });
  const { page } = app;
  const known = await knownOf(app);
  // A window of 1280 x 800 at 200% has half the room.
  await page.setViewportSize({ width: 640, height: 400 });
  const wide: string[] = [];
  for (const address of routes.flatMap((path) => addresses[path]!(known))) {
    await visit(page, address);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) wide.push(`${address}: ${over} px`);
  }
  expect(wide).toEqual([]);
});

/** Between the themes only colours differ, so in the dark only their contrast is looked at anew. */
async function findings(page: Page, address: string, colorScheme: 'light' | 'dark'): Promise<string[]> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  const axe = new AxeBuilder({ page });
  if (colorScheme === 'dark') axe.withRules(['color-contrast']);
  const { violations } = await axe.analyze();
  return violations.map(
    ({ id, nodes }) =>
      `${address} ${colorScheme}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

async function visit(page: Page, address: string): Promise<void> {
  await page.goto(`${page.url().split('#')[0]}#${address}`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle');
}

async function knownOf(app: App): Promise<Known> {
  const sessions = await app.call('sessions.list', { limit: 1000 });
  const lesson = sessions.find(({ roster }) => roster > 0)!;
  const visits = sessions.find((session) => session.visits > 0)!;
  const [visit] = (await app.call('sessions.get', { id: visits.id })).visitRows;
  const [program] = await app.call('programs.list', {});
  return {
    lesson: lesson.id,
    visits: visits.id,
    visit: visit!.id,
    store: visit!.store!.id,
    program: program!.id,
    checklist: '',
    survey: '',
    import: '',
  };
}
