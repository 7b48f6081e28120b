import path from 'node:path';
import type { Page } from '@playwright/test';
import { features } from '../../src-renderer/features.ts';
import { dusk, exchangeFile } from '../support/exchange-builder.ts';
import { expect, test, type App } from './fixtures.ts';
import { findings, wear, type Theme } from './look-steps.ts';

/**
 * For everyone: axe finds nothing on any screen in either theme, and nothing runs out of the window at 200% zoom. The
 * screens are the same in every shell, so one of them is enough.
 */

/** Records of the demo that the screens are about. */
interface Known {
  /** A class with a roster, and a day with visits. */
  readonly lesson: string;
  readonly visits: string;
  readonly day: string;
  readonly visit: string;
  readonly store: string;
  readonly program: string;
  readonly templates: readonly { kind: string; id: string }[];
  /** A survey that is being edited. */
  readonly draft: string;
  readonly import: string;
  /** One whose key nobody has confirmed. */
  readonly laptop: string;
  /** One that is offline. */
  readonly destination: string;
  readonly delivery: string;
}

/** Where each route of the window leads; one that is not here fails the first test below. */
const addresses: Record<string, (known: Known) => string[]> = {
  '/': ({ day }) => ['/', `/?day=${day}`],
  '/sessions/new': () => ['/sessions/new'],
  '/sessions/:id': ({ lesson, visits }) => [
    ...['attendance', 'survey', 'photos', 'plan', 'export'].map((part) => `/sessions/${lesson}/${part}`),
    `/sessions/${visits}/visits`,
  ],
  '/visits/:id': ({ visit }) => [`/visits/${visit}`],
  '/stores/:id?': ({ store }) => ['/stores', `/stores/${store}`],
  '/stores/:id/qr': ({ store }) => [`/stores/${store}/qr`],
  '/stores/:id/card': ({ store }) => [`/stores/${store}/card`],
  '/print/sessions/:id/sign-in': ({ lesson }) => [`/print/sessions/${lesson}/sign-in`],
  '/print/stores/:id': ({ store }) => [`/print/stores/${store}`],
  '/print/awards': ({ program }) => [`/print/awards?program=${program}`, '/print/awards'],
  '/print/qr': ({ visits }) => [`/print/qr?session=${visits}`],
  '/duplicates': () => ['/duplicates'],
  '/duplicates/decided': () => ['/duplicates/decided'],
  '/exchange': () => ['/exchange'],
  '/exchange/imports/:id': ({ import: id }) => [`/exchange/imports/${id}`],
  '/exchange/changes/:first/:last?': ({ import: id }) => [`/exchange/changes/${id}`],
  '/hub': () => ['/hub'],
  '/kits': () => ['/kits'],
  '/outbox/:id?': ({ delivery }) => ['/outbox', `/outbox/${delivery}`],
  '/outbox/destinations': () => ['/outbox/destinations'],
  '/outbox/destinations/new/:kind(folder|webdav|mail|s3|hub)': () =>
    ['folder', 'webdav', 'mail', 's3', 'hub'].map((kind) => `/outbox/destinations/new/${kind}`),
  '/outbox/destinations/:id': ({ destination }) => [`/outbox/destinations/${destination}`],
  '/laptops/late': () => ['/laptops/late'],
  '/laptops/:id?': ({ laptop }) => [`/laptops/${laptop}`],
  '/conflicts': () => ['/conflicts'],
  '/figures': () => ['/figures'],
  '/data-state/:line?': () => ['/data-state', '/data-state/noSite'],
  '/figures/rows': () => ['/figures/rows?figure=visits', '/figures/rows?figure=stores'],
  '/print/recovery': () => ['/print/recovery'],
  '/settings': () => ['/settings'],
  '/audit': () => ['/audit'],
  '/retention': () => ['/retention'],
  '/print/destructions': () => ['/print/destructions'],
  '/surveys/:session': ({ lesson }) => [`/surveys/${lesson}`],
  '/surveys/:session/:mode(interview|paper)': ({ lesson }) =>
    ['interview', 'paper'].map((mode) => `/surveys/${lesson}/${mode}`),
  '/templates': () => ['/templates'],
  '/templates/:kind(checklist|survey)/:id': ({ templates, draft }) => [
    ...templates.map(({ kind, id }) => `/templates/${kind}/${id}`),
    `/templates/survey/${draft}`,
  ],
  '/templates/:kind(checklist|survey)/:id/preview': ({ templates }) =>
    templates.map(({ kind, id }) => `/templates/${kind}/${id}/preview`),
  '/templates/programs/:id': ({ program }) => [`/templates/programs/${program}`],
};

const addressesOf = (known: Known): string[] => routes.flatMap((path) => addresses[path]!(known));

const routes = features.flatMap(({ routes: own }) => own.map(({ path }) => path));

test('every screen is looked at @browser', () => {
  expect(routes.filter((path) => !addresses[path])).toEqual([]);
});

/** All of them in one test would take longer than a test may on a slow machine. */
const PARTS = 5;

for (let part = 0; part < PARTS; part += 1) {
  test(`axe finds nothing on any screen, light and dark, part ${part + 1} of ${PARTS} @browser`, async ({
    openApp,
  }) => {
    test.setTimeout(180_000);
    const app = await openApp({ demo: true });
    const { page } = app;
    const all = addressesOf(await knownOf(app));
    const found: string[] = [];
    // Every fifth: the slow ones stand beside each other.
    for (const address of all.filter((_address, at) => at % PARTS === part)) {
      await visit(page, address);
      found.push(...(await foundAt(page, address, 'light')));
      found.push(...(await foundAt(page, address, 'dark')));
    }
    expect(found).toEqual([]);
  });
}

test('at 200% zoom nothing runs out of the window @browser', async ({ openApp }) => {
  test.setTimeout(180_000);
  const app = await openApp({ demo: true });
  const { page } = app;
  const known = await knownOf(app);
  // A window of 1280 x 800 at 200% has half the room.
  await page.setViewportSize({ width: 640, height: 400 });
  const wide: string[] = [];
  for (const address of addressesOf(known)) {
    await visit(page, address);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) wide.push(`${address}: ${over} px`);
    // Below it neither: a key or a script that brings something into sight would scroll the frame itself away.
    const below = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
    if (below > 0) wide.push(`${address}: ${below} px below`);
  }
  expect(wide).toEqual([]);
});

/** Between the themes only colours differ, so in the dark only their contrast is looked at anew. */
async function foundAt(page: Page, address: string, theme: Theme): Promise<string[]> {
  await wear(page, theme);
  const found = await findings(page, theme === 'dark' ? { rules: ['color-contrast'] } : {});
  return found.map((finding) => `${address} ${theme}: ${finding}`);
}

/** Opens the window anew at an address: the heading that is waited for is then that of this screen. */
async function visit(page: Page, address: string): Promise<void> {
  const [base] = page.url().split('#');
  await page.goto('about:blank');
  await page.goto(`${base}#${address}`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle');
}

async function knownOf(app: App): Promise<Known> {
  await app.call('app.setUp', { name: '망원 1호', role: 'coordinator' });
  const sessions = await app.call('sessions.list', { limit: 1000 });
  const lesson = sessions.find(({ roster }) => roster > 0)!;
  const visits = sessions.find((session) => session.visits > 0)!;
  const [visit] = (await app.call('sessions.get', { id: visits.id })).visitRows;
  const [program] = await app.call('programs.list', {});
  const templates = (await app.call('templates.list', {})).filter(({ state }) => state === 'used');
  const { bytes } = await app.call('exchange.export', { sessions: [visits.id] });
  // The demo is over: with its past sessions put in, the screen of kits has something to show.
  const by = Object.fromEntries(sessions.map(({ id }) => [id, true]));
  const chosen = { programs: [program!.id], span: 'all', by, given: {} };
  await app.call('drafts.put', { key: 'kits:choice', value: chosen });
  const taken = await app.call('exchange.import', { file: '망원.dangol', bytes });
  // A laptop that is new here, of which a session is late.
  const site = '0191aaaa-0000-7000-8000-00000000a001';
  const line = {
    id: `0193557a0000-0000-${dusk.id}`,
    author: null,
    entity: 'session',
    record: '0191aaaa-0000-7000-8000-00000000a002',
    set: { site, kind: 'class', title: '마치지 않은 교육', date: '2024-11-20', status: 'open' },
  };
  await app.call('exchange.import', {
    file: '저녁.dangol',
    bytes: exchangeFile({ author: dusk, lines: [line] }),
  });
  // A way that is not there, with something that waits for it.
  const destination = await app.call('destinations.save', {
    name: 'USB 메모리',
    place: { kind: 'folder', path: path.join(app.dataDir, 'no-such-stick') },
  });
  const delivery = await app.call('outbox.send', {
    destination: destination.id,
    key: '0191aaaa-0000-7000-8000-00000000a003',
    what: { kind: 'session', sessions: [visits.id] },
  });
  const survey = templates.find(({ kind }) => kind === 'survey')!;
  const draft = await app.call('templates.revise', { kind: 'survey', id: survey.id });
  return {
    lesson: lesson.id,
    visits: visits.id,
    day: visits.date!,
    visit: visit!.id,
    store: visit!.store!.id,
    program: program!.id,
    templates,
    draft: draft.id,
    import: taken.import!,
    laptop: dusk.id,
    destination: destination.id,
    delivery: delivery.id,
  };
}
