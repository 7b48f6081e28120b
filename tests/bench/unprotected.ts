import { registerHooks } from 'node:module';
import type * as core from '#main/core.ts';

const MARK = '?unprotected';
const CORE = new URL('../../src-main/core.ts', import.meta.url).href;
const ENGINE = new URL('./plain-engine.ts', import.meta.url).href;
const AUDIT = new URL('./no-audit.ts', import.meta.url).href;

/**
 * The same core once more in this process, over an engine without a key and without a record of access: every module of
 * the program is loaded a second time, and two of what they import are others. The program itself has no switch for it.
 */
export async function unprotectedCore(): Promise<typeof core> {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (!context.parentURL?.endsWith(MARK)) return next(specifier, context);
      if (specifier === 'better-sqlite3') return next(ENGINE, context);
      const found = next(specifier, context);
      if (found.url.endsWith('/src-main/features/audit/auditor.ts')) return next(AUDIT, context);
      return /\/src-(main|shared)\//.test(found.url) ? { ...found, url: found.url + MARK } : found;
    },
  });
  const loaded = (await import(CORE + MARK)) as typeof core;
  hooks.deregister();
  return loaded;
}
