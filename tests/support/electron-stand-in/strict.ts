/**
 * What the app sees of an object of the stand-in: exactly the members it has. Anything else throws, so that an API the
 * stand-in does not know fails loudly and not as `undefined is not a function` somewhere later, or not at all.
 */
export function strict<T extends object>(name: string, object: T): T {
  function check(key: string | symbol): void {
    // Symbols and `then` are asked for by the language itself, when a value is printed or awaited.
    if (typeof key === 'symbol' || key === 'then' || key in object) return;
    throw new Error(
      `the stand-in has no ${name}.${key}: add it in tests/support/electron-stand-in, typed against Electron’s declarations`,
    );
  }
  return new Proxy(object, {
    get(target, key) {
      check(key);
      return Reflect.get(target, key) as unknown;
    },
    // Tests replace members, such as a dialog's answer.
    set(target, key, value) {
      check(key);
      return Reflect.set(target, key, value);
    },
  });
}

/** Refuses options that nothing here looks at. */
export function onlyKnown(name: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`the stand-in does not know ${name}: ${unknown.join(', ')}`);
}
