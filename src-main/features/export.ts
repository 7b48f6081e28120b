import type { CheckedOf, Handlers, OutputOf } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { Change } from '#shared/merge/change.ts';
import { writeExchangeFile } from '../exchange/write.ts';
import { lineOf } from '../store/codec.ts';
import { newerThan, selectLines } from '../store/selection.ts';
import { dayOf, freshId, mustBeLive, type Deps } from './deps.ts';

export function exportHandlers(deps: Deps): Pick<Handlers, 'exchange.export'> {
  return { 'exchange.export': (input) => exportFile(deps, input) };
}

/** Writes the chosen part of the log, with the blobs that it names, as a signed exchange file. */
async function exportFile(
  deps: Deps,
  input: CheckedOf<'exchange.export'>,
): Promise<OutputOf<'exchange.export'>> {
  const { store } = deps;
  if (input.program) mustBeLive(deps, 'program', input.program);
  for (const session of input.sessions ?? []) mustBeLive(deps, 'session', session);
  const since = input.since === undefined ? () => true : newerThan(store, input.since);
  if (!since) throw new Refusal('INVALID_INPUT', { at: 'since', reason: 'not an import and not a time' });

  store.projector.catchUp();
  const lines: string[] = [];
  const records = new Map<string, Set<string>>();
  const blobs = new Map<string, Uint8Array>();
  for (const { id, body, change } of selectLines(store, input, since)) {
    lines.push(lineOf(id, body));
    const ids = records.get(change.entity) ?? new Set();
    records.set(change.entity, ids.add(change.record));
    collectBlobs(deps, change, blobs);
  }
  const laptop = store.laptop();
  const counts = Object.fromEntries([...records].map(([entity, ids]) => [entity, ids.size]));
  const title = titleFor(deps, input);
  const { bytes } = await writeExchangeFile({
    id: freshId(deps),
    purpose: input.purpose,
    title,
    createdAt: new Date(deps.now()).toISOString(),
    device: { id: laptop.id, name: laptop.name, role: laptop.role, publicKey: laptop.publicKey },
    privateKey: laptop.privateKey,
    lines,
    records: counts,
    blobs,
  });
  return { name: `${fileSafe(title)}.dangol`, bytes, changes: lines.length, records: counts };
}

/** Characters of a session's or programme's name in the title: a file is refused whose title is too long. */
const MAX_TITLE = 200;

/** A field that this version does not know may name a blob too, so every value that could be one is looked up. */
function collectBlobs({ store }: Deps, change: Change, blobs: Map<string, Uint8Array>): void {
  for (const field in change.set) {
    const value = change.set[field];
    if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value) || blobs.has(value)) continue;
    const bytes = store.blobs.get(value);
    if (bytes) blobs.set(value, bytes);
  }
}

function titleFor({ store, now }: Deps, input: CheckedOf<'exchange.export'>): string {
  const session = input.sessions?.length === 1 ? input.sessions[0]! : null;
  const fields = session
    ? store.projector.table('session').get(session)?.fields
    : input.program
      ? store.projector.table('program').get(input.program)?.fields
      : undefined;
  const what = fields?.['title'] ?? fields?.['name'] ?? (input.purpose === 'kit' ? '꾸러미' : '세션');
  const parts = [store.laptop().name, [...String(what)].slice(0, MAX_TITLE).join(''), dayOf(now())];
  return parts.filter((part) => part !== '').join(' ');
}

/** A name that every file system takes. */
function fileSafe(title: string): string {
  return title.replace(/[\\/:*?"<>|\u0000-\u001f]/g, '_').slice(0, 120);
}
