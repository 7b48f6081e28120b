import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './apps/places.ts';
import { startAgain } from './apps/start-again.ts';
import { expect, test } from './fixtures.ts';

test('opens on its page, over a store of its own', async ({ app }) => {
  await expect(app.page).toHaveTitle('단골수첩');
  const status = await app.call('app.status', {});
  expect(status.fresh).toBe(true);
  const [width, height, language] = await app.page.evaluate(
    () => [innerWidth, innerHeight, navigator.language] as const,
  );
  expect(language).toBe('ko-KR');
  // A window's frame, and the screen that it is on, may take something away from 1280 by 800.
  expect(width).toBeGreaterThanOrEqual(1024);
  expect(height).toBeGreaterThanOrEqual(640);
});

test('two laptops know nothing of each other', async ({ app, second }) => {
  await app.call('app.setUp', { name: '첫 노트북', role: 'trainer' });
  const [first, other] = await Promise.all([app.call('app.status', {}), second.call('app.status', {})]);
  expect(other.fresh).toBe(true);
  expect(other.laptop.id).not.toBe(first.laptop.id);
});

test('keeps what was recorded when it is closed and opened again', async ({ openApp }) => {
  const first = await openApp();
  await first.call('app.setUp', { name: '망원 노트북', role: 'coordinator' });
  await first.close();
  const again = await openApp();
  expect((await again.call('app.status', {})).laptop).toMatchObject({
    name: '망원 노트북',
    role: 'coordinator',
  });
});

test('opens with the demo', async ({ openApp }) => {
  const app = await openApp({ demo: true });
  expect((await app.call('app.status', {})).counts.stores).toBeGreaterThan(800);
});

test('answers a call that it does not know, or that does not fit, with a code', async ({ app }) => {
  expect(await app.ask('no.such', {})).toMatchObject({ ok: false, error: { code: 'UNKNOWN_METHOD' } });
  expect(await app.ask('app.setUp', { name: 5 })).toMatchObject({
    ok: false,
    error: { code: 'INVALID_INPUT' },
  });
});

test('carries files both ways', async ({ app }) => {
  await app.call('app.setUp', { name: '망원 노트북', role: 'trainer' });
  const file = await app.call('exchange.export', { purpose: 'session' });
  expect([...file.bytes.slice(0, 2)]).toEqual([0x50, 0x4b]);
  const { manifest } = await app.call('exchange.inspect', { file: file.name, bytes: file.bytes });
  expect(manifest.device.name).toBe('망원 노트북');
});

test('refuses scripts, styles and frames that are not its own files', async ({ app }) => {
  const refused = await app.page.evaluateHandle(() => {
    const violated = new Set<string>();
    document.addEventListener('securitypolicyviolation', (event) => violated.add(event.effectiveDirective));
    return { violated };
  });
  const seen = await app.page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.ranInline = true';
    const style = document.createElement('style');
    style.textContent = 'body { outline: 1px solid }';
    const frame = document.createElement('iframe');
    frame.src = 'https://example.com/';
    document.body.append(script, style, frame);
    document.body.setAttribute('onclick', 'window.ranInline = true');
    document.body.click();
    const elsewhere = await fetch('https://example.com/').catch((error: Error) => error.name);
    // In a task of the page's own: what a debugger evaluates may evaluate more.
    const evaluated = await new Promise<string>((resolve) => {
      setTimeout(() => {
        try {
          resolve(String(new Function('return 1')()));
        } catch (error) {
          resolve((error as Error).name);
        }
      });
    });
    const outline = getComputedStyle(document.body).outlineStyle;
    return { ran: 'ranInline' in window, elsewhere, evaluated, outline };
  });
  expect(seen).toEqual({ ran: false, elsewhere: 'TypeError', evaluated: 'EvalError', outline: 'none' });
  await expect
    .poll(() => refused.evaluate(({ violated }) => [...violated].sort()))
    .toEqual([
      'connect-src',
      'frame-src',
      'script-src',
      'script-src-attr',
      'script-src-elem',
      'style-src-elem',
    ]);
});

test('nothing in the built page makes code of text', { tag: '@stand-in' }, async () => {
  const folder = path.join(root, 'out/renderer/assets');
  const scripts = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(10);
  for (const name of scripts) {
    const text = await readFile(path.join(folder, name), 'utf8');
    expect([name, /\bnew Function\(|(?<![.\w])eval\(/.exec(text)?.[0]]).toEqual([name, undefined]);
  }
});

test('hands a file to the person', async ({ app }) => {
  const saved = await app.saved(() =>
    app.page.evaluate(() => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob(['단골']));
      link.download = '단골.txt';
      link.click();
    }),
  );
  expect(saved.name).toBe('단골.txt');
  expect(new TextDecoder().decode(saved.bytes)).toBe('단골');
});

test('exposes call and on to the page, and nothing else', { tag: '@window' }, async ({ app }) => {
  const seen = await app.page.evaluate(() => {
    const [bridge, browser] = [window.dangol as object, window as unknown as Record<string, unknown>];
    return {
      members: Object.entries(bridge).map(([name, value]) => `${name}: ${typeof value}`),
      frozen: Object.isFrozen(bridge),
      node: [
        'require',
        'module',
        'process',
        'Buffer',
        'global',
        '__dirname',
        'electron',
        'ipcRenderer',
      ].filter((name) => browser[name] !== undefined),
      secure: isSecureContext && crypto.subtle !== undefined,
    };
  });
  expect(seen).toEqual({ members: ['call: function', 'on: function'], frozen: true, node: [], secure: true });
});

test('tells the page what has changed, for as long as it listens', { tag: '@window' }, async ({ app }) => {
  const heard = await app.page.evaluate(async () => {
    const { call, on } = window.dangol!;
    const kinds: string[] = [];
    let arrived = (): void => undefined;
    const first = new Promise<void>((resolve) => (arrived = resolve));
    const stop = on((event) => {
      kinds.push(event.kind);
      arrived();
    });
    await call('records.write', { entity: 'program', set: { name: '단골거리' } });
    await first;
    stop();
    const before = kinds.length;
    await call('records.write', { entity: 'program', set: { name: '단골시장' } });
    return { first: kinds[0], more: kinds.length - before };
  });
  expect(heard).toEqual({ first: 'changed', more: 0 });
});

test('stays on its page and opens no other', { tag: '@window' }, async ({ app }) => {
  const { page } = app;
  const here = page.url();
  await page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'https://example.com/';
    link.target = '_blank';
    link.click();
    window.open('https://example.com/');
  });
  await expect.poll(() => page.context().pages().length).toBe(1);
  expect((await app.call('app.status', {})).fresh).toBe(true);
  expect(page.url()).toBe(here);
});

test('lets the page finish before it closes', { tag: '@window' }, async ({ openApp }) => {
  const app = await openApp();
  // A page in which nobody has done anything may not hold its window.
  await app.page.keyboard.press('Tab');
  await app.page.evaluate(() => {
    let asked = false;
    addEventListener('beforeunload', (event) => {
      if (asked) return;
      asked = true;
      event.preventDefault();
      void window
        .dangol!.call('app.setUp', { name: '늦은 이름', role: 'trainer' })
        .then(() => window.close());
    });
  });
  await app.close();
  const again = await openApp();
  expect((await again.call('app.status', {})).laptop.name).toBe('늦은 이름');
});

test('finishes what is running before it ends', { tag: '@window' }, async ({ openApp }) => {
  const app = await openApp();
  const { promise: begun, resolve } = Promise.withResolvers<void>();
  await app.page.exposeFunction('begun', resolve);
  const filling = app.page.evaluate(() => {
    const page = window as unknown as { begun(): void };
    const filled = window.dangol!.call('app.fillDemo', {});
    page.begun();
    return filled;
  });
  filling.catch(() => undefined);
  await begun;
  await app.close();
  const again = await openApp();
  expect((await again.call('app.status', {})).counts.stores).toBeGreaterThan(800);
});

test(
  'a second start brings the first window forward and ends',
  { tag: '@window' },
  async ({ app, place }) => {
    const second = startAgain(place, app.dataDir);
    expect(await second.code).toBe(0);
    expect((await app.call('app.status', {})).fresh).toBe(true);
  },
);

test('says why the store does not open, and ends', { tag: '@stand-in' }, async ({ place }, testInfo) => {
  const dataDir = testInfo.outputPath('broken');
  await mkdir(dataDir);
  await writeFile(path.join(dataDir, 'store.db'), 'not a store');
  const start = startAgain(place, dataDir);
  expect(await start.code).toBe(1);
  expect(await start.said).toMatch(/\[dialog\] 단골수첩: .+요\./);
});
