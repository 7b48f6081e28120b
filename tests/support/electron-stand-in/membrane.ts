/**
 * The way between the preload's world and the page's: they share the window's events and no object. What passes is copied
 * (Chromium clones an event's detail from one world to the other); functions stay behind and are called from afar.
 * Self-contained, because its source is put into the page as it stands, once a world.
 */
export interface Membrane {
  /** Hands something to the other world under a name. */
  expose(name: string, value: unknown): void;
  /** What the other world exposed. */
  onExposed(listener: (name: string, value: unknown) => void): void;
}

export function makeMembrane(mine: string, theirs: string): Membrane {
  type Fn = (...args: unknown[]) => unknown;
  interface Talk {
    kind: 'expose' | 'call' | 'returned' | 'settled';
    name: string;
    id: number;
    ok: boolean;
    value: unknown;
  }
  const kept: Fn[] = [];
  const promised = new Map<number, (ok: boolean, value: unknown) => void>();
  let promises = 0;
  let returned: Talk | null = null;
  let exposed: (name: string, value: unknown) => void = () => undefined;

  function say(talk: Partial<Talk>): void {
    window.dispatchEvent(new CustomEvent(`stand-in-${theirs}`, { detail: talk }));
  }

  window.addEventListener(`stand-in-${mine}`, (event) => {
    const talk = (event as CustomEvent<Talk>).detail;
    event.stopImmediatePropagation();
    if (talk.kind === 'expose') exposed(talk.name, take(talk.value));
    else if (talk.kind === 'returned') returned = talk;
    else if (talk.kind === 'settled') promised.get(talk.id)?.(talk.ok, take(talk.value));
    else answer(talk);
  });

  function answer({ id, value }: Talk): void {
    try {
      say({ kind: 'returned', ok: true, value: give(kept[id]?.(...(take(value) as unknown[]))) });
    } catch (error) {
      say({ kind: 'returned', ok: false, value: give(error) });
    }
  }

  function callFromAfar(id: number, args: unknown[]): unknown {
    say({ kind: 'call', id, value: give(args) });
    // Events are dispatched at once: whoever was called has answered by now.
    const talk = returned;
    returned = null;
    const value = take(talk?.value);
    if (!talk?.ok) throw value;
    return value;
  }

  function give(value: unknown): unknown {
    if (typeof value === 'function') return { world: 'function', id: kept.push(value as Fn) - 1 };
    if (value instanceof Promise) {
      promises += 1;
      const id = promises;
      value.then(
        (result: unknown) => say({ kind: 'settled', id, ok: true, value: give(result) }),
        (error: unknown) => say({ kind: 'settled', id, ok: false, value: give(error) }),
      );
      return { world: 'promise', id };
    }
    if (Array.isArray(value)) return value.map(give);
    if (isPlain(value)) return { world: 'object', of: mapped(value, give) };
    return value;
  }

  function take(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(take);
    if (!isPlain(value)) return value;
    const id = value['id'] as number;
    if (value['world'] === 'function') return (...args: unknown[]) => callFromAfar(id, args);
    if (value['world'] === 'object') return mapped(value['of'] as Record<string, unknown>, take);
    return new Promise((resolve, reject) => {
      promised.set(id, (ok, result) => {
        promised.delete(id);
        if (ok) resolve(result);
        else reject(result);
      });
    });
  }

  function isPlain(value: unknown): value is Record<string, unknown> {
    return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  }

  function mapped(
    object: Record<string, unknown>,
    change: (value: unknown) => unknown,
  ): Record<string, unknown> {
    return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, change(item)]));
  }

  return {
    expose: (name, value) => say({ kind: 'expose', name, value: give(value) }),
    onExposed: (listener) => (exposed = listener),
  };
}
