import type { Answer } from '#shared/contract/call.ts';
import type { Role } from '#shared/contract/app.ts';
import {
  contract,
  isMethod,
  type CoreEvent,
  type Handlers,
  type OutputOf,
} from '#shared/contract/contract.ts';
import type { OutboxRun } from '#shared/contract/outbox.ts';
import type { Rescue } from '#shared/contract/rescue.ts';
import type { RenewedCopies } from '#shared/contract/retention.ts';
import type { FilledTemplate, Kpis } from '#shared/contract/report.ts';
import { Refusal, type ErrorReport } from '#shared/contract/errors.ts';
import type { FileSight } from '#shared/contract/exchange.ts';
import type { VaultWay } from '#shared/contract/vault.ts';
import { attempt, attemptAsync, realWorld, reported, type World } from './answers.ts';
import { readExchangeFile } from './exchange/read.ts';
import { openSealed } from './exchange/seal.ts';
import { audited, openAuditor, pruneAudit } from './features/audit/auditor.ts';
import { reported as reportAct } from './features/audit/reported.ts';
import type { Deps } from './features/deps.ts';
import { featureHandlers } from './features/handlers.ts';
import { hubWay } from './features/hub/way.ts';
import { checkWindow } from './features/window.ts';
import { openFinding } from './features/finding.ts';
import { startImportRun, type ImportRun } from './features/import-run.ts';
import { digestOf, shownOf } from './features/inspect.ts';
import { unlockWindow } from './features/lock.ts';
import { openOutbox, type OutboxWorld } from './features/outbox.ts';
import type { ReportApart, ReportOrder, ReportWish } from './features/report-apart.ts';
import { runHere, saveReport, workbook } from './features/report.ts';
import { asStep } from './features/undo.ts';
import { transportsWith } from './outbox/transports.ts';
import { dumpLines } from './store/dump.ts';
import { lastRescue } from './store/rescue.ts';
import { makeStore, openOrMake, restoreCopy, type Opened, type Opening } from './opening.ts';
import { readStore } from './store/store.ts';
import { makeBackup, type Backup } from './vault/backups.ts';
import { besideStore, copyIfDue, renewCopies, type CopyKind } from './vault/copies.ts';
import { notMade } from './vault/copy-notes.ts';
import { copyInThread } from './vault/copy-thread.ts';
import type { Restored } from './vault/restore.ts';
import { useKeyring, type Keyring, type Unlock } from './vault/vault.ts';
import packageJson from '../package.json' with { type: 'json' };

export { ROLES_SQL } from './hub/roles.ts';
export { readFileWhole, writeFileAtomic } from './files/atomic.ts';
export type { World } from './answers.ts';
export type { ReportApart, ReportOrder } from './features/report-apart.ts';
export { storeExists } from './store/store.ts';
export type { Restored } from './vault/restore.ts';
export type { Keyring, Unlock } from './vault/vault.ts';

export interface CoreOptions extends Opening {
  /** Makes workbooks in a thread of their own, so that other calls are answered meanwhile; without it, in this one. */
  readonly reportApart?: ReportApart;
  /** How things are sent; a test brings its own. */
  readonly outbox?: Partial<OutboxWorld>;
}

export interface Core {
  /** Answers any call of the contract; never throws. */
  call(method: string, input: unknown): Promise<Answer>;
  on(listener: (event: CoreEvent) => void): () => void;
  /** Canonical JSON Lines of all records. */
  dump(): IterableIterator<string>;
  /** Many files in one run: each durable when added, all projected at the end. */
  importRun(options: { readonly dryRun: boolean }): ImportRun;
  /** Writes the workbook to a file, whole or not at all, and gives its figures. */
  saveReport(input: unknown, file: string): Promise<Answer<FilledTemplate & Pick<Kpis, 'total'>>>;
  /** Writes a copy of the store to a file, whole or not at all, opened and checked. */
  saveBackup(file: string): Answer<Backup>;
  /** Tries everything in the outbox that waits once. */
  runOutbox(): Promise<Answer<OutboxRun>>;
  /** Makes the copy of the day unless it is there; a failure is told as a note. */
  copyDaily(): Promise<void>;
  /** Begins what a window's first search would wait for; the first screen needs none of it. */
  warmUp(): void;
  /** Lets the keyring of this machine open the store from now on; a shell that has one calls it. */
  addKeyring(keyring: Keyring, proof: string | undefined): Answer<null>;
  /** What opened the store; null where its key lies in a plain file. */
  readonly way: VaultWay | null;
  /** What the program restored by itself and nobody has said yet that they know of; null when there is nothing. */
  rescued(): Rescue | null;
  /** The person before the window has just shown who they are: a lock that was on before a restart is off. */
  unlockWindow(): void;
  close(): void;
}

/** Makes an empty store for a new laptop; refuses with STORE_EXISTS. */
export function initStore(
  dataDir: string,
  laptop: { readonly name: string; readonly role: Role },
  world: World = realWorld,
  unlock: Unlock = {},
): Answer<null> {
  return attempt(world, () => {
    const { store, inUse } = makeStore({ dataDir, unlock }, laptop, world);
    store.close();
    inUse.end();
    return null;
  });
}

/** Opens the store in `dataDir` and wires the features. */
export function openCore(options: CoreOptions, world: World = realWorld): Answer<Core> {
  return attempt(world, () => wire(openOrMake(options, world), world, options));
}

/** Puts a copy in the place of the store, which nobody may have open; what stood there is set aside. */
export function restore(
  dataDir: string,
  file: string,
  world: World = realWorld,
  unlock: Unlock = {},
): Answer<Restored> {
  return attempt(world, () => restoreCopy(dataDir, file, unlock, world.now));
}

/** A file's manifest and what is in it after every check, without a store to compare it with. */
export async function inspectFile(
  file: string,
  bytes: Buffer,
  world: World = realWorld,
): Promise<Answer<Pick<FileSight, 'manifest' | 'destinations' | 'digest'>>> {
  return attemptAsync(world, async () => {
    const opened = await readExchangeFile(file, (await openSealed(file, bytes, null)).bytes);
    return { ...shownOf(opened.manifest), digest: digestOf(opened, null).digest };
  });
}

/** Makes one workbook of a store that another thread of this process has open. */
export async function reportAlone(
  { dataDir, key, input, now, told }: ReportOrder,
  world: World = realWorld,
): Promise<Answer<OutputOf<'report.workbook'>>> {
  return attemptAsync(world, async () => {
    const store = readStore({ dir: dataDir, key });
    try {
      return await workbook({ store, now: () => now }, input, { told });
    } finally {
      store.close();
    }
  });
}

function wire(
  { store, key, way, inUse }: Opened,
  world: World,
  { dataDir, copies, window: isWindow = false, reportApart, outbox: outboxWorld }: CoreOptions,
): Core {
  const listeners = new Set<(event: CoreEvent) => void>();
  const by = { store, now: world.now, via: isWindow ? 'window' : 'commandLine' } as const;
  const audit = openAuditor(by);
  pruneAudit(by);
  const deps: Deps = {
    store,
    audit,
    vault: { dir: dataDir, key },
    now: world.now,
    random: world.random,
    version: packageJson.version,
    tell: (event) => listeners.forEach((listener) => listener(event)),
    beforeImport: copies && (() => copy('import')),
    copies: copies && { count: () => besideStore(dataDir), renew },
  };

  async function copy(kind: CopyKind): Promise<void> {
    try {
      if (copies === 'thread') await copyInThread({ dir: dataDir, key, kind, now: world.now() });
      else copyIfDue(dataDir, store.db, key, kind, world.now());
    } catch (thrown) {
      const error = notMade(thrown, dataDir);
      suspectIfDamaged(error);
      deps.tell({ kind: 'note', error });
    }
  }

  /** Read wrong somewhere in the middle: it works on, and the next opening looks at all of it. */
  function suspectIfDamaged({ code }: ErrorReport): void {
    if (code === 'STORE_DAMAGED') inUse.suspect();
  }

  async function renew(): Promise<RenewedCopies> {
    if (copies === 'thread')
      return (await copyInThread({ dir: dataDir, key, kind: 'renew', now: world.now() }))!;
    return renewCopies(dataDir, store.db, key, world.now());
  }

  /** The way out of a store in trouble: on a full disk it is given without an entry, and is alone in that. */
  function noteDump(): void {
    try {
      audit.add({ what: 'exported', subject: { form: 'dump', count: store.log.count() } });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  const makeReport = reportApart
    ? (wish: ReportWish) => reportApart({ dataDir, key, ...wish })
    : (wish: ReportWish) => runHere(deps, wish);
  const outbox = openOutbox(deps, makeReport, (error) => reported(world, error), {
    open: transportsWith(hubWay(deps)),
    ...outboxWorld,
  });
  const finding = openFinding(deps);
  const handlers = featureHandlers(deps, { makeReport, outbox, finding });
  if (isWindow) outbox.start();
  return {
    async call(method, input) {
      const answer = await attemptAsync(world, async () => {
        if (isWindow && isMethod(method)) checkWindow(deps, method);
        return dispatch(deps, handlers, method, input);
      });
      if (!answer.ok) suspectIfDamaged(answer.error);
      return answer;
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    *dump() {
      store.projector.catchUp();
      noteDump();
      yield* dumpLines(store.db, store.projector);
    },
    importRun: (options) => startImportRun(deps, options),
    saveReport: (input, file) =>
      // Through a reader: the cache of the other connection would fill with pages that are read once.
      attemptAsync(world, async () => {
        const reader = readStore({ dir: dataDir, key });
        try {
          const given = checked('report.workbook', input);
          const entered = (): void => audit.add(reportAct(given));
          return await saveReport({ store: reader, now: world.now }, given, file, entered);
        } finally {
          reader.close();
        }
      }),
    saveBackup(file) {
      const answer = attempt(world, () =>
        makeBackup(store.db, key, file, ({ changes }) =>
          audit.add({ what: 'backedUp', subject: { count: changes } }),
        ),
      );
      if (!answer.ok) suspectIfDamaged(answer.error);
      return answer;
    },
    runOutbox: () => attemptAsync(world, () => outbox.run()),
    copyDaily: () => copy('daily'),
    warmUp: () => finding.warm(),
    addKeyring: (keyring, proof) =>
      attempt(world, () => {
        useKeyring(deps.vault, keyring, proof, world.random);
        deps.tell({ kind: 'changed', entities: [] });
        return null;
      }),
    way,
    rescued() {
      const last = lastRescue(store);
      return last?.seen === false ? last : null;
    },
    unlockWindow: () => unlockWindow(deps),
    close() {
      outbox.close();
      store.close();
      inUse.end();
    },
  };
}

async function dispatch(deps: Deps, handlers: Handlers, method: string, input: unknown): Promise<unknown> {
  if (!isMethod(method)) throw new Refusal('UNKNOWN_METHOD', { method });
  const handler = handlers[method] as (input: unknown) => unknown;
  const given = checked(method, input);
  return asStep(deps, method, () => audited(deps, method, given, () => handler(given) as never));
}

/** The input after its schema, defaults filled in; refuses with INVALID_INPUT. */
function checked<M extends keyof typeof contract>(method: M, input: unknown): never {
  const parsed = contract[method].input.safeParse(input);
  if (parsed.success) return parsed.data as never;
  const issue = parsed.error.issues[0];
  throw new Refusal('INVALID_INPUT', { at: issue?.path.join('.') || method, reason: issue?.message ?? '' });
}
