import type { ContextBridge, IpcRenderer, IpcRendererEvent } from 'electron';
import { makeCodec, type Codec } from './codec.ts';
import { makeMembrane, type Membrane } from './membrane.ts';

/** The name of the world that the preload runs in, and of the binding that only this world has. */
export const preloadWorld = 'electron-preload';
export const toMain = 'electronStandInToMain';
/** The function in that world which takes what the main process says. */
export const fromMain = 'electronStandInFromMain';

/** What crosses the binding, before the codec. */
export type FromPage =
  | { kind: 'invoke'; call: number; channel: string; args: unknown[] }
  /** The page has called `window.close()`. */
  | { kind: 'close' };

export type ToPage =
  | { kind: 'answer'; call: number; ok: true; value: unknown }
  | { kind: 'answer'; call: number; ok: false; message: string }
  | { kind: 'message'; channel: string; args: unknown[] };

/** Runs in the page's own world, before its first script: receives what the preload exposes. */
export function pageScript(): string {
  return script(pageWorld, [`(${String(makeMembrane)})('page', 'preload')`]);
}

/** Runs in the preload's world, before the page's first script. `source` is the built preload. */
export function preloadScript(source: string): string {
  const electron = script(electronForPreload, [
    `(${String(makeMembrane)})('preload', 'page')`,
    `(${String(makeCodec)})()`,
    JSON.stringify({ toMain, fromMain }),
  ]);
  return `if (window.parent === window) (function (require) { ${source}\n})(${electron});`;
}

function script(program: unknown, args: readonly string[]): string {
  return `(${String(program)})(${args.join(', ')})`;
}

/* The two functions below run in the page and know nothing of this module. */

function pageWorld(membrane: Membrane): void {
  const freeze = (value: unknown): unknown => {
    const isObject =
      typeof value === 'object' ? value !== null && !ArrayBuffer.isView(value) : typeof value === 'function';
    if (isObject) Object.values(Object.freeze(value) as object).forEach(freeze);
    return value;
  };
  membrane.onExposed((name, value) => {
    Object.defineProperty(window, name, { value: freeze(value), enumerable: true });
  });
  // Chromium lets a page close only what a page has opened; Electron lets it close its window.
  window.close = () => membrane.expose('close', null);
}

function electronForPreload(
  membrane: Membrane,
  codec: Codec,
  names: { toMain: string; fromMain: string },
): (id: string) => unknown {
  type Listener = (event: IpcRendererEvent, ...args: unknown[]) => void;
  const world = globalThis as unknown as Record<string, (text: string) => void>;
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const listeners = new Map<string, Set<Listener>>();
  let last = 0;

  world[names.fromMain] = (text) => {
    const said = codec.decode(text) as ToPage;
    if (said.kind === 'message') {
      for (const listener of listeners.get(said.channel) ?? [])
        listener({} as IpcRendererEvent, ...said.args);
      return;
    }
    const call = waiting.get(said.call);
    waiting.delete(said.call);
    if (said.ok) call?.resolve(said.value);
    else call?.reject(new Error(said.message));
  };

  membrane.onExposed((name) => {
    if (name === 'close') world[names.toMain]?.(codec.encode({ kind: 'close' } satisfies FromPage));
  });

  const ipcRenderer: Pick<IpcRenderer, 'invoke' | 'on' | 'off'> = {
    invoke(channel, ...args: unknown[]) {
      return new Promise((resolve, reject) => {
        const text = codec.encode({ kind: 'invoke', call: last + 1, channel, args } satisfies FromPage);
        last += 1;
        waiting.set(last, { resolve, reject });
        world[names.toMain]?.(text);
      });
    },
    on(channel, listener) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener as Listener));
      return ipcRenderer as unknown as IpcRenderer;
    },
    off(channel, listener) {
      listeners.get(channel)?.delete(listener as Listener);
      return ipcRenderer as unknown as IpcRenderer;
    },
  };

  const contextBridge: Pick<ContextBridge, 'exposeInMainWorld'> = {
    exposeInMainWorld: (name, value) => membrane.expose(name, value),
  };

  const strict = <T extends object>(name: string, object: T): T =>
    new Proxy(object, {
      get(target, key) {
        if (typeof key === 'symbol' || key in target) return Reflect.get(target, key) as unknown;
        throw new Error(`the stand-in has no ${name}.${key}`);
      },
    });

  return (id) => {
    if (id !== 'electron') throw new Error(`a sandboxed preload cannot require ${id}`);
    return strict('electron', {
      ipcRenderer: strict('ipcRenderer', ipcRenderer),
      contextBridge: strict('contextBridge', contextBridge),
    });
  };
}
