import { MAX_CA_FILE } from '#shared/contract/limits.ts';
import { firstRefusal, type HubPulled, type HubSeal } from '#shared/contract/hub.ts';
import { readFileWhole, ROLES_SQL, type Core } from '../core.ts';
import { valueOf, withCore, type Outcome, type Place } from './cli-commands.ts';
import { errorDocument } from './cli-output.ts';
import type { ImportTold } from './cli-import.ts';

/** What every command of the hub is told. */
export interface HubOptions {
  readonly url: string;
  /** A file in PEM. */
  readonly ca?: string;
}

interface Address {
  readonly url: string;
  readonly ca?: string;
  readonly password?: string;
}

/** `DANGOL_HUB_PASSWORD` in place of a password in the URL, which others on the machine could read. */
function addressOf({ url, ca }: HubOptions, password: string | undefined): Address {
  return {
    url,
    ...(ca !== undefined && { ca: readFileWhole(ca, MAX_CA_FILE).toString('utf8') }),
    ...(password !== undefined && { password }),
  };
}

export function initHub(
  place: Place,
  options: HubOptions & { name: string; seal: HubSeal },
  password: string | undefined,
): Promise<Outcome> {
  const { name, seal } = options;
  return withCore(place, async (core) => ({
    value: valueOf(await core.call('hub.init', { ...addressOf(options, password), name, seal })),
  }));
}

export function hubStatus(place: Place, options: HubOptions, password: string | undefined): Promise<Outcome> {
  return withCore(place, async (core) => ({
    value: valueOf(await core.call('hub.status', addressOf(options, password))),
  }));
}

export function coordinateHub(
  place: Place,
  options: HubOptions & { remove?: boolean },
  laptop: string,
  password: string | undefined,
): Promise<Outcome> {
  const input = { ...addressOf(options, password), laptop, coordinates: !options.remove };
  return withCore(place, async (core) => ({ value: valueOf(await core.call('hub.coordinate', input)) }));
}

export function forgetHub(place: Place): Promise<Outcome> {
  return withCore(place, async (core) => ({ value: valueOf(await core.call('hub.forget', {})) }));
}

export function pushHub(
  place: Place,
  options: HubOptions & { again?: boolean },
  password: string | undefined,
  told: ImportTold,
): Promise<Outcome> {
  const input = { ...addressOf(options, password), again: options.again ?? false };
  return asJob(place, told, async (core) => ({ value: valueOf(await core.call('hub.push', input)) }));
}

/** Exit 1 where a parcel was refused; the others are in. */
export function pullHub(
  place: Place,
  options: HubOptions & { again?: boolean },
  password: string | undefined,
  told: ImportTold,
): Promise<Outcome> {
  const input = { ...addressOf(options, password), again: options.again ?? false };
  return asJob(place, told, async (core) => {
    const pulled = valueOf(await core.call('hub.pull', input)) as HubPulled;
    const first = firstRefusal(pulled);
    const files = pulled.files.map(({ error, ...file }) =>
      error ? { ...file, ...errorDocument(error, place.language) } : file,
    );
    const value = { ...pulled, files, ...(first && errorDocument(first, place.language)) };
    return { value, refused: first !== undefined };
  });
}

/** The roles for a database administrator to read and to run: no store, no hub and no network is asked. */
export function hubRoles(): string {
  return ROLES_SQL;
}

/** Progress on the terminal, and Ctrl+C as the wish to stop after the parcel at hand. */
function asJob(place: Place, told: ImportTold, work: (core: Core) => Promise<Outcome>): Promise<Outcome> {
  return withCore(place, async (core) => {
    core.on((event) => {
      if (event.kind !== 'progress' || event.job !== 'hub') return;
      told.progress('parcel', event.done, event.total);
      if (told.stopped()) void core.call('hub.stop', {});
    });
    return work(core);
  });
}
