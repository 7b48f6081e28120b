import type { AppStatus } from '#shared/contract/app.ts';
import type { ErrorReport } from '#shared/contract/errors.ts';
import { CoreNotOpened, startCoreHost, type CoreHost, type CoreHostOptions } from './core-host.ts';

/**
 * Opens the core for a window or a browser, with a new store where there is none, and with the demo where it was asked
 * for and the store is empty: a second start with the same folder shows what is there.
 */
export async function openCoreFor({
  dataDir,
  demo,
  unlock,
  onRebuild,
}: Omit<CoreHostOptions, 'create'> & { readonly demo: boolean }): Promise<CoreHost> {
  const host = await startCoreHost({ dataDir, create: true, unlock, ...(onRebuild && { onRebuild }) });
  if (!demo) return host;
  const status = await host.call('app.status', {});
  // Locked, it is somebody's store: the window asks for the passphrase.
  if (!status.ok && status.error.code === 'STORE_LOCKED') return host;
  const filled =
    status.ok && isEmpty((status.value as AppStatus).counts) ? await host.call('app.fillDemo', {}) : status;
  if (filled.ok) return host;
  await host.close();
  throw new CoreNotOpened(filled);
}

/** What to tell a person when the core did not open. */
export function reportOf(error: unknown): ErrorReport {
  if (error instanceof CoreNotOpened) return error.answer.error;
  console.error('the app did not start', error);
  return { code: 'INTERNAL', params: { id: 'start' } };
}

function isEmpty(counts: AppStatus['counts']): boolean {
  return Object.values(counts).every((count) => count === 0);
}
