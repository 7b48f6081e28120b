import fs from 'node:fs';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { dayFile, kitFile } from '#tests/support/session-files.ts';
import { fileRow, goTo, held, setUp } from './desk-steps.ts';
import { expect, test, type App } from './fixtures.ts';
import { expectReadable } from './look-steps.ts';
import { filesIn, folderDestination, makeFolder, mark, open, sessionAt } from './outbox-steps.ts';

/** What a desktop program has around its page. What only a person sees of it is in docs/desktop.md. */

const DAY = '망원 방문의 날';

/** Chooses something in the menu, as a person does. */
function choose(main: ElectronApplication, id: string): Promise<void> {
  return main.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id);
}

const heading = (app: App, name: string) => app.page.getByRole('heading', { level: 1, name, exact: true });

test('the window opens again as it stood', { tag: '@window' }, async ({ openApp }) => {
  const first = await openApp();
  await first.main!.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 30, width: 1100, height: 720 });
  });
  await first.close();
  const second = await openApp();
  const bounds = (app: App) =>
    app.main!.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  expect(await bounds(second)).toEqual({ x: 40, y: 30, width: 1100, height: 720 });
  expect(await second.page.evaluate(() => innerWidth)).toBeLessThanOrEqual(1100);

  await second.main!.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.maximize());
  // A kill asks nobody: what was written when the window came to rest is what there is.
  const file = path.join(second.dataDir, 'window', 'window.json');
  await expect.poll(() => JSON.parse(fs.readFileSync(file, 'utf8'))).toMatchObject({ maximized: true });
  await second.kill();
  const third = await openApp();
  const state = await third.main!.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return [window?.isMaximized(), window?.getNormalBounds()];
  });
  expect(state).toEqual([true, { x: 40, y: 30, width: 1100, height: 720 }]);
});

test('the menu speaks the language of the page and leads there', { tag: '@window' }, async ({ app }) => {
  const main = app.main!;
  const labels = () => main.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map((one) => one.label));
  await setUp(app.page, '망원 1호', 'coordinator');
  await expect.poll(labels).toEqual(expect.arrayContaining([expect.stringMatching(/^파일/)]));
  await choose(main, 'figures');
  await expect(heading(app, '숫자')).toBeVisible();
  await choose(main, 'settings');
  await expect(heading(app, '설정')).toBeVisible();
  await choose(main, 'find');
  await expect(app.page.getByRole('dialog', { name: '찾기' })).toBeVisible();
  await app.page.keyboard.press('Escape');

  const id = await sessionAt(app, DAY);
  await app.call('records.delete', { entity: 'session', id });
  await choose(main, 'undo');
  await expect(app.page.getByTestId('toast').filter({ hasText: '되돌렸어요' })).toBeVisible();

  await app.page.evaluate(() => localStorage.setItem('dangol.language', 'en'));
  await app.page.reload();
  await expect.poll(labels).toEqual(expect.arrayContaining([expect.stringMatching(/^&?File/)]));
});

test(
  'session files come by the system’s own dialog, and by a double-click on macOS',
  { tag: '@window' },
  async ({ app }, testInfo) => {
    const [kit, day] = [kitFile(), dayFile(0)];
    fs.mkdirSync(testInfo.outputPath('desktop'), { recursive: true });
    const put = ({ name, bytes }: { name: string; bytes: Uint8Array }): string => {
      const file = testInfo.outputPath('desktop', name);
      fs.writeFileSync(file, bytes);
      return file;
    };
    await setUp(app.page, '사무실', 'coordinator');
    const asked = await app.main!.evaluateHandle(
      ({ dialog }, filePaths) => {
        const titles: unknown[] = [];
        dialog.showOpenDialog = ((_window: unknown, options: { title: string }) => {
          titles.push(options.title);
          return Promise.resolve({ canceled: false, filePaths });
        }) as typeof dialog.showOpenDialog;
        return titles;
      },
      [put(kit)],
    );
    await choose(app.main!, 'open');
    await expect(fileRow(app.page, '단골거리 1 꾸러미')).toBeVisible();
    expect(await asked.jsonValue()).toEqual(['합칠 파일 고르기']);

    await goTo(app.page, '숫자');
    await app.main!.evaluate(({ app: electron }, file) => {
      const event = { preventDefault: () => undefined };
      electron.emit('open-file', event, `${file}.txt`);
      electron.emit('open-file', event, file);
    }, put(day));
    await expect(fileRow(app.page, '1구역 1호').and(app.page.locator('[data-stage=ready]'))).toBeVisible();
    await expect(app.page.getByTestId('chosen-file')).toHaveCount(2);

    // While a merchant may have the laptop, nobody is asked for files.
    await app.call('pin.set', { pin: '4826' });
    await app.call('lock.now', {});
    await expect(app.page.getByTestId('locked')).toBeVisible();
    await choose(app.main!, 'open');
    expect(await app.ask('desktop.chooseFiles', {})).toMatchObject({ error: { code: 'APP_LOCKED' } });
    expect(await asked.jsonValue()).toHaveLength(1);
  },
);

test('session files may be dropped on any screen; other files change nothing', async ({ app }) => {
  const { page } = app;
  await setUp(page, '사무실', 'coordinator');
  await goTo(page, '숫자');
  const other = await held(page, [{ name: '사진.txt', bytes: new Uint8Array([1]) }]);
  await page.dispatchEvent('h1', 'drop', { dataTransfer: other });
  await expect(heading(app, '숫자')).toBeVisible();
  const file = await held(page, [kitFile()]);
  await page.dispatchEvent('h1', 'drop', { dataTransfer: file });
  await expect(fileRow(page, '단골거리 1 꾸러미').and(page.locator('[data-stage=ready]'))).toBeVisible();
  await expect(heading(app, '파일 합치기')).toBeVisible();
});

test('a saved file can be dragged out and shown, and no other', { tag: '@window' }, async ({ app }) => {
  const { page } = app;
  await setUp(page, '망원 1호', 'trainer');
  const session = await sessionAt(app, DAY);
  await open(page, `/sessions/${session}/export`, DAY);
  const done = await app.main!.evaluateHandle(({ BrowserWindow, shell }) => {
    const list: string[] = [];
    const contents = BrowserWindow.getAllWindows()[0]!.webContents;
    contents.startDrag = ({ file }) => void list.push(`drag ${file}`);
    shell.showItemInFolder = (file) => void list.push(`show ${file}`);
    return list;
  });
  const file = await app.saved(() => page.getByRole('button', { name: '파일로 내보내기' }).click());
  const card = page.getByTestId('saved-file');
  await expect(card).toContainText(`‘${file.name}’ 저장했어요`);
  await page.getByTestId('drag-out').dispatchEvent('dragstart');
  await card.getByRole('button', { name: '폴더 열기' }).click();
  const at = path.join(app.dataDir, 'window', file.name).replaceAll('\\', '/');
  await expect
    .poll(async () => (await done.jsonValue()).map((one) => one.replaceAll('\\', '/')))
    .toEqual([`drag ${at}`, `show ${at}`]);

  for (const name of ['store.key', '../store.db', path.join(app.dataDir, 'store.db')]) {
    expect(await app.ask('desktop.dragOut', { file: name })).toEqual({ ok: true, value: null });
    expect(await app.ask('desktop.showSaved', { file: name })).toEqual({ ok: true, value: null });
  }
  expect(await done.jsonValue()).toHaveLength(2);
  await expectReadable(page, { within: '[data-testid=saved-file]', inOnePage: true });
  await goTo(page, '점포');
  await expect(card).toHaveCount(0);
});

test('a shop’s channel opens in the browser, and nothing else does', { tag: '@window' }, async ({ app }) => {
  const { page } = app;
  await setUp(page, '망원 1호', 'trainer');
  await sessionAt(app, DAY);
  const [shop] = await app.call('stores.search', { text: '새벽분식' });
  await app.call('stores.update', { id: shop!.id, channelUrl: 'https://pf.kakao.com/_dawn' });
  const opened = await app.main!.evaluateHandle(({ shell }) => {
    const list: string[] = [];
    shell.openExternal = (url) => Promise.resolve(void list.push(url));
    return list;
  });
  await open(page, `/stores/${shop!.id}`, '점포');
  await page.getByRole('link', { name: /톡채널 주소.*브라우저로 열기/ }).click();
  await expect.poll(() => opened.jsonValue()).toEqual(['https://pf.kakao.com/_dawn']);
  await page.evaluate(() => {
    for (const href of ['https://example.com/', 'http://pf.kakao.com/_x', 'https://kko.to/x']) {
      window.open(href);
    }
  });
  await expect.poll(() => page.context().pages().length).toBe(1);
  expect(await opened.jsonValue()).toHaveLength(1);
});

test(
  'a delivery that arrives while nobody looks is told, and leads to the outbox',
  { tag: '@window' },
  async ({ app }, testInfo) => {
    const { page } = app;
    const folder = testInfo.outputPath('shared');
    await makeFolder(folder);
    await setUp(page, '망원 1호', 'trainer');
    const session = await sessionAt(app, DAY);
    const destination = await folderDestination(app, '사무실 공유 폴더', folder);
    const shown = await app.main!.evaluateHandle(({ BrowserWindow, Notification }) => {
      const list: Electron.Notification[] = [];
      Notification.prototype.show = function (this: Electron.Notification) {
        list.push(this);
      };
      BrowserWindow.getAllWindows()[0]!.blur();
      return list;
    });
    await app.call('outbox.send', {
      ...{ destination, key: '0191aaaa-0000-7000-8000-000000000001' },
      what: { kind: 'session', sessions: [session] },
    });
    const texts = () => shown.evaluate((list) => list.map(({ title, body }) => `${title} ${body}`));
    await expect.poll(texts).toEqual(['보낸 파일이 도착했어요 사무실 공유 폴더. 누르면 ‘보낼 것’을 열어요.']);
    expect((await texts())[0]).not.toContain(DAY);
    await shown.evaluate(([first]) => void first!.emit('click'));
    await expect(heading(app, '보낼 것')).toBeVisible();
  },
);

test(
  'what waits goes when the laptop wakes, also behind the lock',
  { tag: '@window' },
  async ({ app }, testInfo) => {
    const { page } = app;
    const folder = testInfo.outputPath('away');
    await setUp(page, '망원 1호', 'trainer');
    const session = await sessionAt(app, DAY);
    const destination = await folderDestination(app, '사무실 공유 폴더', folder);
    await app.call('outbox.send', {
      ...{ destination, key: '0191aaaa-0000-7000-8000-000000000002' },
      what: { kind: 'session', sessions: [session] },
    });
    await expect(mark(page)).toHaveText('오프라인 · 대기 1건');
    await app.call('pin.set', { pin: '4826' });
    await makeFolder(folder);
    await expect(async () => {
      await app.wake!();
      await expect(page.getByTestId('locked')).toBeVisible();
      expect(await filesIn(folder)).toHaveLength(1);
    }).toPass();
    expect(await app.ask('outbox.list', {})).toMatchObject({ error: { code: 'APP_LOCKED' } });
  },
);

test(
  'a program without an address for updates says so when a person asks',
  { tag: '@window' },
  async ({ app }) => {
    await setUp(app.page, '망원 1호', 'trainer');
    const said = await app.main!.evaluate(({ Menu, dialog }) => {
      const { promise, resolve } = Promise.withResolvers<string>();
      dialog.showMessageBox = ((_window: unknown, { message }: Electron.MessageBoxOptions) => {
        resolve(message);
        return Promise.resolve({ response: 0, checkboxChecked: false });
      }) as typeof dialog.showMessageBox;
      const help = Menu.getApplicationMenu()?.items.at(-1)?.submenu?.items ?? [];
      help.find(({ label }) => label === '새 버전 확인하기…')?.click();
      return promise;
    });
    expect(said).toContain('새 버전을 알려 주는 주소가 없어요');
  },
);

test('a screen that crashed comes back with what was being written', { tag: '@window' }, async ({ app }) => {
  const { page } = app;
  await setUp(page, '망원 1호', 'trainer');
  await open(page, '/sessions/new', '어느 시장으로 가나요?');
  const field = page.getByRole('combobox', { name: '시장·상권 이름으로 찾기' });
  await field.fill('쓰다 만 이름');
  await expect.poll(() => app.call('drafts.get', { key: 'new:session:site' })).toBe('쓰다 만 이름');
  await page.evaluate(() => document.body.setAttribute('data-before', ''));
  const asked = await app.main!.evaluateHandle(({ BrowserWindow, dialog }) => {
    const questions: string[] = [];
    dialog.showMessageBox = ((_window: unknown, { message, buttons }: Electron.MessageBoxOptions) => {
      questions.push(`${message} ${buttons?.join(' ')}`);
      return Promise.resolve({ response: 0, checkboxChecked: false });
    }) as typeof dialog.showMessageBox;
    // The process itself lives on: a test that watched a page crash cannot look at it any more.
    const gone = { reason: 'crashed', exitCode: 5 } satisfies Electron.RenderProcessGoneDetails;
    BrowserWindow.getAllWindows()[0]!.webContents.emit('render-process-gone', {}, gone);
    return questions;
  });
  await expect(page.locator('body[data-before]')).toHaveCount(0);
  await expect(field).toHaveValue('쓰다 만 이름');
  expect(await asked.jsonValue()).toEqual(['화면이 갑자기 닫혔어요 다시 열기 끝내기']);
});

test('a screen whose process really ends is loaded again', { tag: '@window' }, async ({ app }) => {
  await setUp(app.page, '망원 1호', 'trainer');
  const seen = await app.main!.evaluate(async ({ BrowserWindow, dialog }) => {
    const window = BrowserWindow.getAllWindows()[0]!;
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    dialog.showMessageBox = (() =>
      Promise.resolve({ response: 0, checkboxChecked: false })) as unknown as typeof dialog.showMessageBox;
    const load = window.loadURL.bind(window);
    window.loadURL = (url) => {
      const loading = load(url);
      loading.then(() => resolve(url), reject);
      return loading;
    };
    window.webContents.forcefullyCrashRenderer();
    return promise;
  });
  expect(seen).toBe('app://dangol/');
});

test(
  'quit in the middle of an import, each file is in as a whole or not at all',
  { tag: '@window' },
  async ({ openApp }) => {
    const app = await openApp();
    await app.call('app.setUp', { name: '사무실', role: 'coordinator' });
    const files = [kitFile(), dayFile(0), dayFile(1)].map(({ name, bytes }) => ({
      ...{ name, bytes: Buffer.from(bytes).toString('base64') },
    }));
    const { promise: begun, resolve } = Promise.withResolvers<void>();
    await app.page.exposeFunction('begun', resolve);
    const merging = app.page.evaluate(async (list) => {
      const page = window as unknown as { begun(): void };
      const call = async (method: string, input: object): Promise<unknown> => {
        const answer = await window.dangol!.call(method, input);
        return answer.ok ? answer.value : null;
      };
      const { run } = (await call('imports.begin', {})) as { run: string };
      for (const { name, bytes } of list) {
        const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
        const adding = call('imports.add', { run, file: name, bytes: content });
        // The second is on its way when the person quits.
        if (name === list[1]!.name) page.begun();
        await adding;
      }
    }, files);
    merging.catch(() => undefined);
    await begun;
    await app.close();
    const again = await openApp();
    const imports = await again.call('imports.list', {});
    expect(imports.length).toBeGreaterThanOrEqual(1);
    expect(imports.map(({ file }) => file)).toContain(files[0]!.name);
    expect(await again.call('app.verify', {})).toMatchObject({ faults: [], left: null });
    // What is missing goes in now; what was in already is known.
    const day = dayFile(0);
    const taken = await again.call('exchange.import', { file: day.name, bytes: new Uint8Array(day.bytes) });
    expect(['imported', 'already']).toContain(taken.status);
  },
);
