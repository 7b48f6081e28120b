import type { Menu as ElectronMenu, MenuItem, MenuItemConstructorOptions } from 'electron';
import { onlyKnown, strict } from './strict.ts';

const options = ['id', 'label', 'role', 'type', 'accelerator', 'click', 'submenu'];

/** Of Electron's names for keys those that are used: a misspelt accelerator is no key at all, and nobody is told. */
const accelerator = /^((CmdOrCtrl|Cmd|Ctrl|Shift|Alt)\+)+([A-Z0-9,])$/;

let current: ElectronMenu | null = null;

/** No menu is drawn; a test chooses what it finds in one, as with Electron's own. */
export const Menu = strict('Menu', {
  buildFromTemplate: (template) => menuOf(template as MenuItemConstructorOptions[]),
  setApplicationMenu: (menu) => void (current = menu),
  getApplicationMenu: () => current,
} satisfies Pick<typeof ElectronMenu, 'buildFromTemplate' | 'setApplicationMenu' | 'getApplicationMenu'>);

function menuOf(template: readonly MenuItemConstructorOptions[]): ElectronMenu {
  const items = template.map(itemOf);
  return strict('menu', {
    items,
    getMenuItemById(id) {
      const below = items.map(({ submenu }) => submenu?.getMenuItemById(id) ?? null);
      return items.find((item) => item.id === id) ?? below.find((item) => item !== null) ?? null;
    },
  } satisfies Pick<ElectronMenu, 'items' | 'getMenuItemById'>) as unknown as ElectronMenu;
}

function itemOf(given: MenuItemConstructorOptions): MenuItem {
  onlyKnown('MenuItem options', given, options);
  const { id = '', label = '', role, type, accelerator: keys, click, submenu } = given;
  if (keys !== undefined && !accelerator.test(keys)) throw new Error(`the stand-in knows no keys ${keys}`);
  return strict('MenuItem', {
    id,
    label,
    // The two lists of roles in Electron's declarations are not the same.
    ...(role ? { role: role as NonNullable<MenuItem['role']> } : {}),
    type: type ?? (submenu ? 'submenu' : 'normal'),
    ...(keys ? { accelerator: keys } : {}),
    submenu: submenu ? menuOf(submenu as MenuItemConstructorOptions[]) : undefined!,
    click: () => (click as (() => void) | undefined)?.(),
  } satisfies Partial<MenuItem>) as unknown as MenuItem;
}
