import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { desktopActs, type DesktopAct } from '#shared/contract/desktop.ts';
import { menuTemplate } from '#main/shells/electron-menu.ts';
import { speechOf, type Words } from '#main/shells/electron-words.ts';
import { Menu } from '#tests/support/electron-stand-in/menu.ts';

type Item = MenuItemConstructorOptions;

const wordsOf = (locale: string): Words =>
  speechOf(
    () => locale,
    () => undefined,
  ).words;
const below = (items: readonly Item[]): Item[] =>
  items.flatMap((item) => [item, ...below((item.submenu as Item[] | undefined) ?? [])]);
const menuOf = (
  platform: NodeJS.Platform,
  locale = 'ko-KR',
  ask: (act: DesktopAct) => void = () => undefined,
  update = () => undefined as void,
) => menuTemplate(wordsOf(locale), platform, ask, update);
const labels = (items: readonly Item[]): (string | undefined)[] => items.map(({ label }) => label);

describe('the menu', () => {
  it('has letters behind the Korean words, and before the English ones, and none on macOS', () => {
    expect(labels(menuOf('win32'))).toEqual(['파일(&F)', '편집(&E)', '보기(&V)', '이동(&G)', '도움말(&H)']);
    expect(labels(menuOf('linux', 'en-GB'))).toEqual(['&File', '&Edit', '&View', '&Go', '&Help']);
    expect(labels(menuOf('darwin'))).toEqual(['단골수첩', '파일', '편집', '보기', '이동', '창']);
  });

  it.each(['win32', 'linux', 'darwin'] as const)('has a word for everything on %s', (platform) => {
    for (const locale of ['ko-KR', 'en-US']) {
      for (const { label, type } of below(menuOf(platform, locale))) {
        if (type === 'separator') continue;
        expect(label).toBeTruthy();
        if (locale === 'en-US') expect(label).not.toMatch(/[가-힣]/);
        else expect(label).toMatch(/[가-힣]/);
      }
    }
  });

  it.each(['win32', 'linux', 'darwin'] as const)(
    'looks for a new version when a person asks on %s',
    (platform) => {
      let asked = 0;
      const items = below(menuOf(platform, 'ko-KR', undefined, () => void (asked += 1)));
      const newer = items.filter(({ label }) => label === '새 버전 확인하기…');
      expect(newer).toHaveLength(1);
      (newer[0]!.click as () => void)();
      expect(asked).toBe(1);
    },
  );

  it('offers every act once, with a key of its own', () => {
    for (const platform of ['win32', 'darwin'] as const) {
      const items = below(menuOf(platform));
      const acts = items.filter(({ id }) => id !== undefined);
      expect(acts.map(({ id }) => id).sort()).toEqual([...desktopActs].sort());
      const keys = items.flatMap(({ accelerator }) => (accelerator ? [accelerator] : []));
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.length).toBeGreaterThanOrEqual(acts.length);
    }
  });

  it('holds what copying, hiding and quitting hang on, and nothing that lays the page open', () => {
    const roles = (platform: NodeJS.Platform) => below(menuOf(platform)).flatMap(({ role }) => role ?? []);
    for (const role of ['cut', 'copy', 'paste', 'selectAll', 'quit', 'togglefullscreen'])
      expect([roles('win32'), roles('darwin')]).toEqual([
        expect.arrayContaining([role]),
        expect.arrayContaining([role]),
      ]);
    expect(roles('darwin')).toEqual(
      expect.arrayContaining(['about', 'services', 'hide', 'hideOthers', 'unhide', 'window', 'front']),
    );
    for (const role of ['reload', 'forceReload', 'toggleDevTools', 'viewMenu'])
      expect([...roles('win32'), ...roles('darwin')]).not.toContain(role);
  });

  it('asks the page when something is chosen', () => {
    const asked: DesktopAct[] = [];
    const menu = Menu.buildFromTemplate(menuOf('win32', 'ko', (act) => asked.push(act)));
    for (const act of ['open', 'undo', 'settings'] as const) menu.getMenuItemById(act)?.click();
    expect(asked).toEqual(['open', 'undo', 'settings']);
  });
});

describe('the language outside the page', () => {
  it('is the system’s until the page has said its own, and tells when it changes', () => {
    let changes = 0;
    const speech = speechOf(
      () => 'en-US',
      () => (changes += 1),
    );
    expect([speech.language, speech.words.menu.file]).toEqual(['en', 'File']);
    speech.speak('en');
    expect(changes).toBe(0);
    speech.speak('ko');
    expect([changes, speech.language, speech.words.menu.file]).toEqual([1, 'ko', '파일']);
    expect(
      speechOf(
        () => 'fr',
        () => undefined,
      ).language,
    ).toBe('ko');
  });

  it('says where files arrived, each place once', () => {
    const { delivered } = wordsOf('ko');
    expect(delivered(['사무실'])).toEqual({
      title: '보낸 파일이 도착했어요',
      body: '사무실. 누르면 ‘보낼 것’을 열어요.',
    });
    expect(delivered(['사무실', '공유 폴더', '사무실'])).toEqual({
      title: '보낸 파일 3개가 도착했어요',
      body: '사무실, 공유 폴더. 누르면 ‘보낼 것’을 열어요.',
    });
  });
});
