import type { MenuItemConstructorOptions } from 'electron';
import type { DesktopAct } from '#shared/contract/desktop.ts';
import type { Words } from './electron-words.ts';

type Item = MenuItemConstructorOptions;
type Role = NonNullable<Item['role']>;

const LINE: Item = { type: 'separator' };

/**
 * The menu of the app. On Windows and Linux it shows itself with Alt, and each of its menus has a letter, put behind the
 * Korean word as Korean programs do; on macOS it is the system's bar. The page has every key first: what it does with
 * one, the menu does not do again.
 */
export function menuTemplate(
  words: Words,
  platform: NodeJS.Platform,
  ask: (act: DesktopAct) => void,
  update: () => void,
): Item[] {
  const isMac = platform === 'darwin';
  const { menu, acts } = words;

  const act = (name: DesktopAct, accelerator: string): Item => ({
    id: name,
    label: acts[name],
    accelerator,
    click: () => ask(name),
  });
  const role = (name: Role, label: string, more: Item = {}): Item => ({ role: name, label, ...more });
  const titled = (label: string, letter: string): string => {
    if (isMac) return label;
    return /^[a-z]/i.test(label) ? `&${label}` : `${label}(&${letter})`;
  };

  const settings = act('settings', 'CmdOrCtrl+,');
  const newer: Item = { label: menu.update, click: update };
  const own: Item = {
    label: words.product,
    submenu: [
      role('about', menu.about),
      newer,
      LINE,
      settings,
      LINE,
      role('services', menu.services),
      LINE,
      role('hide', menu.hide),
      role('hideOthers', menu.hideOthers),
      role('unhide', menu.unhide),
      LINE,
      role('quit', menu.quit),
    ],
  };
  const file: Item = {
    label: titled(menu.file, 'F'),
    submenu: [
      act('open', 'CmdOrCtrl+O'),
      LINE,
      ...(isMac
        ? [role('close', menu.close)]
        : [settings, LINE, role('quit', menu.quit, { accelerator: 'Ctrl+Q' })]),
    ],
  };
  const edit: Item = {
    label: titled(menu.edit, 'E'),
    submenu: [
      act('undo', 'CmdOrCtrl+Z'),
      act('redo', isMac ? 'Cmd+Shift+Z' : 'Ctrl+Y'),
      LINE,
      role('cut', menu.cut),
      role('copy', menu.copy),
      role('paste', menu.paste),
      role('selectAll', menu.selectAll),
    ],
  };
  const view: Item = {
    label: titled(menu.view, 'V'),
    submenu: [
      act('find', 'CmdOrCtrl+K'),
      LINE,
      role('zoomIn', menu.zoomIn),
      role('zoomOut', menu.zoomOut),
      role('resetZoom', menu.resetZoom),
      LINE,
      role('togglefullscreen', menu.fullScreen),
    ],
  };
  const go: Item = {
    label: titled(menu.go, 'G'),
    submenu: (['today', 'stores', 'exchange', 'outbox', 'figures'] as const).map((name, at) =>
      act(name, `CmdOrCtrl+${at + 1}`),
    ),
  };
  const window: Item = {
    role: 'window',
    label: menu.window,
    submenu: [role('minimize', menu.minimize), role('zoom', menu.fill), LINE, role('front', menu.front)],
  };
  const help: Item = { label: titled(menu.help, 'H'), submenu: [newer] };
  return isMac ? [own, file, edit, view, go, window] : [file, edit, view, go, help];
}
