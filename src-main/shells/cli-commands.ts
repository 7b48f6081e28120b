import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { Answer } from '#shared/contract/call.ts';
import type { Role } from '#shared/contract/app.ts';
import { contract, type InputOf, type Method, type OutputOf } from '#shared/contract/contract.ts';
import type { ConflictView } from '#shared/contract/conflicts.ts';
import { Refusal, type ErrorReport } from '#shared/contract/errors.ts';
import { MAX_EXCHANGE_FILE, MAX_TEMPLATE_FILE } from '#shared/contract/limits.ts';
import { line } from '#shared/contract/shapes.ts';
import { messageOf, type Language } from '#shared/contract/messages.ts';
import { sentenceOf } from '#shared/matching/sentences.ts';
import {
  initStore,
  inspectFile,
  openCore,
  readFileWhole,
  storeExists,
  writeFileAtomic,
  type Core,
} from '../core.ts';
import { errorDocument } from './cli-output.ts';
import { tellRescue } from './cli-rescue.ts';

/** Where the commands work and how they speak. */
export interface Place {
  readonly dataDir: string;
  readonly language: Language;
  /** What `DANGOL_PASSPHRASE` says: a passphrase or a recovery code. */
  readonly secret?: string | undefined;
  /** One JSON document a line. */
  readonly json?: boolean;
}

/** What a command gives back: a document for stdout, and whether something in it was refused (exit 1). */
export interface Outcome {
  readonly value: unknown;
  readonly refused?: boolean;
}

/** What a table may be; the core has a limit of its own for it. */
const MAX_TABLE_FILE = 512 * 1024 * 1024;

/** Throws the refusal inside an answer, so that every command fails in one way. */
export function valueOf<O>(answer: Answer<O>): O {
  if (answer.ok) return answer.value;
  throw new Refusal(answer.error.code, answer.error.params);
}

async function call<M extends Method>(core: Core, method: M, input: InputOf<M>): Promise<OutputOf<M>> {
  return valueOf(await core.call(method, input)) as OutputOf<M>;
}

/** Opens the store for the length of one command. */
export async function withCore<T>(
  place: Place,
  work: (core: Core) => Promise<T>,
  create = false,
): Promise<T> {
  const note = (error: ErrorReport): void =>
    void process.stderr.write(`${messageOf(error, place.language)}\n`);
  const core = valueOf(
    openCore({
      dataDir: place.dataDir,
      create,
      unlock: { secret: place.secret },
      copies: 'here',
      onNote: note,
    }),
  );
  core.on((event) => event.kind === 'note' && note(event.error));
  tellRescue(core, place);
  try {
    return await work(core);
  } finally {
    core.close();
  }
}

/** Runs one call and gives its value back as it is. */
export function run<M extends Method>(place: Place, method: M, input: InputOf<M>): Promise<Outcome> {
  return withCore(place, async (core) => ({ value: await call(core, method, input) }));
}

export async function init(place: Place, name: string, role: Role): Promise<Outcome> {
  const checked = line.safeParse(name);
  if (!checked.success) throw new Refusal('INVALID_INPUT', { at: '--name', reason: 'over 200 characters' });
  valueOf(initStore(place.dataDir, { name: checked.data, role }, undefined, { secret: place.secret }));
  return withCore(place, async (core) => {
    const { laptop } = await call(core, 'app.status', {});
    return { value: { data: place.dataDir, laptop } };
  });
}

export function demo(place: Place, scale: '2024' | 'national', seed: number): Promise<Outcome> {
  return withCore(
    place,
    async (core) => ({ value: { scale, seed, ...(await call(core, 'app.fillDemo', { scale, seed })) } }),
    true,
  );
}

export function importTable(
  place: Place,
  file: string,
  target: { readonly program?: string } | { readonly site: string },
): Promise<Outcome> {
  return withCore(place, async (core) => {
    const input = { file: path.basename(file), bytes: readFileWhole(file, MAX_TABLE_FILE) };
    const value =
      'site' in target
        ? await call(core, 'stores.importTable', { ...input, ...target })
        : await call(core, 'sites.importTable', { ...input, ...target });
    return { value };
  });
}

export function exportFile(place: Place, out: string, input: InputOf<'exchange.export'>): Promise<Outcome> {
  return withCore(place, async (core) => {
    const { bytes, changes, records, sealedFor } = await call(core, 'exchange.export', input);
    writeFileAtomic(out, bytes);
    const sealed = sealedFor && { sealedFor };
    return { value: { file: out, bytes: bytes.byteLength, changes, records, ...sealed } };
  });
}

/** Works without a store too: looking into a file must not need one. */
export async function inspect(place: Place, file: string): Promise<Outcome> {
  const bytes = readFileWhole(file, MAX_EXCHANGE_FILE);
  if (!storeExists(place.dataDir)) {
    const { manifest, digest } = valueOf(await inspectFile(path.basename(file), bytes));
    return { value: { manifest, counts: manifest.counts, laptop: null, digest } };
  }
  return withCore(place, async (core) => {
    const { manifest, laptop, ...more } = await call(core, 'exchange.inspect', {
      file: path.basename(file),
      bytes,
    });
    return { value: { manifest, counts: manifest.counts, laptop, ...more } };
  });
}

/** All open conflicts, however many there are. */
export function conflicts(place: Place): Promise<Outcome> {
  return withCore(place, async (core) => {
    const value: ConflictView[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const page: OutputOf<'conflicts.list'> = await call(core, 'conflicts.list', {
        limit: 1000,
        ...(after === undefined ? {} : { after }),
      });
      for (const { entity, record, field } of page.rows) {
        value.push(await call(core, 'conflicts.view', { entity, record, field }));
      }
      after = page.next;
    }
    return { value: value.map((row) => ({ ...row, values: row.sides.map((side) => side.value) })) };
  });
}

/** Writes the open conflicts as a workbook to settle them in. */
export function conflictsBook(place: Place, out: string): Promise<Outcome> {
  return withCore(place, async (core) => {
    const { bytes, conflicts: count } = await call(core, 'conflicts.workbook', {});
    writeFileAtomic(out, bytes);
    return { value: { file: out, conflicts: count } };
  });
}

/** Reads such a workbook back; what is wrong with one row keeps no other out. */
export function resolve(place: Place, file: string, dryRun: boolean): Promise<Outcome> {
  return withCore(place, async (core) => {
    const bytes = readFileWhole(file, MAX_TABLE_FILE);
    const result = await call(core, 'conflicts.resolve', { file: path.basename(file), bytes, dryRun });
    const rows = result.rows.map(({ reason, ...row }) =>
      reason ? { ...row, ...errorDocument(reason, place.language) } : row,
    );
    const first = result.rows.find(({ reason }) => reason !== undefined)?.reason;
    const value = { file, dryRun, ...result, rows, ...(first && errorDocument(first, place.language)) };
    return { value, refused: first !== undefined };
  });
}

/**
 * Pairs that may be one shop, as many as there are or `limit`, each reason with a sentence. What was left out because a
 * key stood at too many shops goes to `note`, for the document is the list of pairs.
 */
export function duplicates(
  place: Place,
  { limit = Infinity, ...filter }: { site?: string; min?: number; limit?: number },
  note: (text: string) => void,
): Promise<Outcome> {
  return withCore(place, async (core) => {
    const value: unknown[] = [];
    for (let after: string | null | undefined; after !== null && value.length < limit;) {
      const page: OutputOf<'duplicates.list'> = await call(core, 'duplicates.list', {
        ...filter,
        limit: Math.min(1000, limit - value.length),
        ...(after === undefined ? {} : { after }),
      });
      if (after === undefined) page.skipped.forEach((skipped) => note(`${leftOut(skipped)}\n`));
      value.push(...page.pairs.map((pair) => ({ ...pair, reasons: pair.reasons.map(withText) })));
      after = page.next;
    }
    return { value };
  });

  function withText<R extends Parameters<typeof sentenceOf>[0]>(reason: R): R & { text: string } {
    return { ...reason, text: sentenceOf(reason, place.language) };
  }
}

function leftOut({ rule, blocks, largest, pairs }: OutputOf<'duplicates.list'>['skipped'][number]): string {
  return `${rule}: ${blocks} keys stand at too many shops (up to ${largest}); ${pairs} pairs were not met by them`;
}

/**
 * Left to itself V8 lets a heap of 90 MB grow to twice that before it clears up. A report of the national programmes takes
 * as long with a quarter, and the process 50 MB less (docs/decisions/0020-workbook-composer.md).
 */
function collectEarly(): void {
  setFlagsFromString('--heap-growing-percent=25');
}

/** With a template, what it says beside the figures: which sheets were filled, and what of it reads too few rows. */
export function report(
  place: Place,
  out: string,
  input: InputOf<'report.workbook'>,
  template: string | undefined,
): Promise<Outcome> {
  collectEarly();
  return withCore(place, async (core) => {
    const given = template && {
      template: { file: template, bytes: readFileWhole(template, MAX_TEMPLATE_FILE) },
    };
    const { total, ...filled } = valueOf(await core.saveReport({ ...input, ...given }, out));
    return { value: { file: out, total, ...(template ? filled : {}) } };
  });
}

export function verify(place: Place): Promise<Outcome> {
  return withCore(place, async (core) => {
    const value = await call(core, 'app.verify', {});
    // What was mended is told, and is a failure all the same: something had gone wrong. The next run says whether it stays.
    return { value: { ok: value.faults.length === 0, ...value }, refused: value.faults.length > 0 };
  });
}

export function anyCall(place: Place, method: string, input: unknown): Promise<Outcome> {
  return withCore(place, async (core) => ({ value: valueOf(await core.call(method, input)) }));
}

export function methods(): Outcome {
  return { value: Object.keys(contract) };
}

/** JSON Lines in pieces of some size, so that a pipe is neither flooded nor starved. */
export function dump(place: Place, write: (piece: string) => Promise<void>): Promise<void> {
  return withCore(place, async (core) => {
    let piece = '';
    for (const line of core.dump()) {
      piece += `${line}\n`;
      if (piece.length > 65_536) {
        await write(piece);
        piece = '';
      }
    }
    if (piece !== '') await write(piece);
  });
}
