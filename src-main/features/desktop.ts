import type { Handlers } from '#shared/contract/contract.ts';

type Methods = Extract<keyof Handlers, `desktop.${string}`>;

/** The core has no desktop: what it lets through here, a shell that is one does. */
export const desktopHandlers: Pick<Handlers, Methods> = {
  'desktop.speak': () => null,
  'desktop.chooseFiles': () => null,
  'desktop.dragOut': () => null,
  'desktop.showSaved': () => null,
};
