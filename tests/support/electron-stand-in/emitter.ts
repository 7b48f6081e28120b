import { EventEmitter } from 'node:events';
import { strict } from './strict.ts';

/* eslint-disable @typescript-eslint/no-explicit-any -- Electron types each event's listener; the app is checked against that. */
export type Listener = (...args: any[]) => void;

/** The public face of an emitter that has these events and no others; `any` because Electron's `on` returns the object itself. */
export interface Emits {
  on(event: string, listener: Listener): any;
  once(event: string, listener: Listener): any;
  off(event: string, listener: Listener): any;
  /** For a test, which plays the system: Electron's objects have it from Node. */
  emit(event: string | symbol, ...args: any[]): boolean;
}
/* eslint-enable @typescript-eslint/no-explicit-any */

export interface Emitter {
  readonly face: Emits;
  emit(event: string, ...args: unknown[]): void;
}

export function emitterOf(name: string, events: readonly string[], self: () => unknown): Emitter {
  const emitter = new EventEmitter();

  function known(event: string | symbol): string {
    if (events.includes(String(event))) return String(event);
    throw new Error(`the stand-in has no event ${name} '${String(event)}'`);
  }

  return {
    face: {
      on: (event, listener) => (emitter.on(known(event), listener), self()),
      once: (event, listener) => (emitter.once(known(event), listener), self()),
      off: (event, listener) => (emitter.off(known(event), listener), self()),
      emit: (event, ...args: unknown[]) => emitter.emit(known(event), ...args),
    },
    emit: (event, ...args) => void emitter.emit(known(event), ...args),
  };
}

/** An event whose default a listener may prevent. */
export interface Preventable {
  preventDefault(): void;
  readonly defaultPrevented: boolean;
}

export function preventable<T extends object>(details: T): T & Preventable {
  let prevented = false;
  return strict('event', {
    ...details,
    preventDefault: () => void (prevented = true),
    get defaultPrevented() {
      return prevented;
    },
  });
}
