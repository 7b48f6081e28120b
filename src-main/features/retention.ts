import type { CheckedOf, Handlers, OutputOf } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { DueRow, RetentionPreview, RetentionState } from '#shared/contract/retention.ts';
import type { Json } from '#shared/merge/canonical.ts';
import { maskName } from '#shared/model/mask.ts';
import { keptUntil } from '#shared/retention/period.ts';
import { contentsWaiting, sendingNow, sentFiles } from '../store/retention-queries.ts';
import { transaction } from '../store/sqlite.ts';
import { titleOf } from '../store/titles.ts';
import { destructionBook } from '../workbook/destruction-book.ts';
import { workbookBytes } from '../workbook/compose/compose.ts';
import { dayOf, freshId, type Deps } from './deps.ts';
import { certificatesOf } from './retention/certificates.ts';
import {
  dueOn,
  heldOfPerson,
  kindsOf,
  tokenOf,
  type Due,
  type DueFound,
  type Held,
} from './retention/due.ts';
import { erasing } from './retention/survey-words.ts';
import { whileUnchanged } from './unchanged.ts';

type Methods = Extract<keyof Handlers, `retention.${string}`>;
/** The due records of a day, found once for as long as nothing is written. */
type Find = () => DueFound;

/** Told after so many records. */
const STRIDE = 200;

export function retentionHandlers(deps: Deps): Pick<Handlers, Methods> {
  const unchanged = whileUnchanged(deps.store);
  const find: Find = () => {
    const today = dayOf(deps.now());
    return unchanged.once(today, () => dueOn(deps.store, today));
  };
  return {
    'retention.state': () => state(deps, find()),
    'retention.rows': (input) => rows(deps, find(), input),
    'retention.preview': (input) => preview(deps, chosen(deps, find, input)),
    'retention.erase': (input) => erase(deps, find, input),
    'retention.certificates': (input) => certificatesOf(deps, input),
    'retention.book': (input) => book(deps, input),
  };
}

const of = (due: readonly Due[], program: string | undefined): readonly Due[] =>
  program === undefined ? due : due.filter(({ programs }) => programs.includes(program));

function state(deps: Deps, { programs, now, soon, unruled }: DueFound): RetentionState {
  return {
    today: dayOf(deps.now()),
    programs: programs.map((program) => ({
      ...program,
      keptUntil: keptUntil(program),
      due: of(now, program.id).length,
      soon: of(soon, program.id).length,
    })),
    due: now.length,
    soon: soon.length,
    unruled,
  };
}

function rows(
  deps: Deps,
  found: DueFound,
  { when, program, limit, after }: CheckedOf<'retention.rows'>,
): OutputOf<'retention.rows'> {
  const due = of(found[when], program);
  const from = after === undefined ? 0 : Number(after);
  return {
    total: due.length,
    rows: due.slice(from, from + limit).map((one) => rowOf(deps, one)),
    next: from + limit < due.length ? String(from + limit) : null,
  };
}

/** A signature is called by its person and a person by their name, both masked; a photo by what it shows, not by its words. */
function rowOf({ store }: Deps, { entity, id, fields, dueFrom, programs }: Due): DueRow {
  const record = store.projector.table(entity).get(id)?.fields ?? {};
  const named = (kind: string, one: unknown): string =>
    typeof one === 'string' ? titleOf(store, kind, one).title : '';
  const about = { entity, id, fields: [...fields], dueFrom, programs: [...programs] };
  if (entity === 'person') {
    return { ...about, title: maskName(named('person', id)) ?? '', context: named('store', record['store']) };
  }
  if (entity === 'attendance') {
    const title = maskName(named('person', record['person'])) ?? '';
    return { ...about, title, context: named('session', record['session']) };
  }
  if (entity === 'photo') {
    return { ...about, title: '', context: named(String(record['ownerKind'] ?? ''), record['owner']) };
  }
  return { ...about, ...titleOf(store, entity, id) };
}

/** What a decision is about; refuses with NOT_FOUND for a programme or person that is not here. */
function chosen(
  { store }: Deps,
  find: Find,
  { program, person }: { program?: string | undefined; person?: string | undefined },
): readonly Held[] {
  store.projector.catchUp();
  const entity = person === undefined ? 'program' : 'person';
  const id = person ?? program;
  if (id !== undefined && !store.projector.table(entity).get(id))
    throw new Refusal('NOT_FOUND', { entity, id });
  return person === undefined ? of(find().now, program) : heldOfPerson(store, person);
}

function preview({ store, copies }: Deps, held: readonly Held[]): RetentionPreview {
  const kinds = kindsOf(held);
  return {
    ...{ token: tokenOf(held), records: held.length, kinds },
    values: kinds.reduce((sum, { records }) => sum + records, 0),
    outbox: contentsWaiting(store.db),
    sent: sentFiles(store.db).reduce((sum, { files }) => sum + files, 0),
    ...(copies?.count() ?? { copies: 0, aside: 0 }),
  };
}

/**
 * The erasures, the certificate and the entry in the record of access in one transaction; then the copies from before are
 * made anew. Where that finds no room the deed is done all the same, and a note says that the copies are still there.
 */
async function erase(
  deps: Deps,
  find: Find,
  input: CheckedOf<'retention.erase'>,
): Promise<OutputOf<'retention.erase'>> {
  const { store, tell, audit } = deps;
  if (input.reason === '') throw new Refusal('RETENTION_REASON');
  const done = transaction(store.db, () => {
    const held = chosen(deps, find, input);
    if (held.length === 0) throw new Refusal('RETENTION_NOTHING');
    if (tokenOf(held) !== input.token) throw new Refusal('RETENTION_CHANGED');
    const sending = sendingNow(store.db, deps.now());
    if (sending !== undefined) throw new Refusal('DELIVERY_SENDING', { title: sending });
    const certificate = freshId(deps);
    const kinds = kindsOf(held);
    const writes = [
      ...held.flatMap(erasing(store)),
      { entity: 'destruction', id: certificate, set: certificateSet(deps, find, input, held) },
    ];
    const total = writes.length;
    store.log.write(
      writes,
      (n) => n % STRIDE === 0 && tell({ kind: 'progress', job: 'retention', done: n, total }),
    );
    const values = kinds.reduce((sum, { records }) => sum + records, 0);
    const result = { certificate, records: held.length, values };
    audit.note('retention.erase', input, { ...result, copies: null });
    return { result, entities: [...new Set([...held.map(({ entity }) => entity as string), 'destruction'])] };
  });
  tell({ kind: 'changed', entities: done.entities });
  tell({ kind: 'outbox' });
  return { ...done.result, copies: await renewed(deps) };
}

function certificateSet(
  deps: Deps,
  find: Find,
  { program, person, reason, basis }: CheckedOf<'retention.erase'>,
  held: readonly Held[],
): Record<string, Json> {
  const touched = new Set(
    person === undefined ? (held as readonly Due[]).flatMap(({ programs }) => programs) : [],
  );
  if (program !== undefined) touched.add(program);
  const rules = find()
    .programs.filter(({ id }) => touched.has(id))
    .map(({ id, name, endsOn, months }) => ({
      id,
      name,
      endsOn,
      months,
      keptUntil: keptUntil({ endsOn, months }),
    }));
  const author = deps.store.meta.get('author');
  return {
    basis: person === undefined ? 'retention' : basis,
    destroyedOn: dayOf(deps.now()),
    ...{ reason, rules, records: held.length },
    ...(author ? { by: author } : {}),
    kinds: kindsOf(held).map((kind) => ({ ...kind })),
    ...sentSet(deps),
  };
}

/** What had left before: nobody can call it back, so the certificate says where it went. */
function sentSet({ store }: Deps): Record<string, Json> {
  const sent = sentFiles(store.db).map(({ to, kind, files, first, last }) => {
    return { to, kind, files, from: dayOf(first), until: dayOf(last) };
  });
  return sent.length > 0 ? { sent } : {};
}

async function renewed({ copies, tell }: Deps): Promise<OutputOf<'retention.erase'>['copies']> {
  if (!copies) return null;
  try {
    return await copies.renew();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    tell({ kind: 'note', error: { code: error.code, params: error.params } });
    return { removed: 0, left: copies.count().copies, aside: copies.count().aside };
  }
}

async function book(deps: Deps, input: CheckedOf<'retention.book'>): Promise<OutputOf<'retention.book'>> {
  const found = certificatesOf(deps, input).reverse();
  const now = deps.now();
  const made = destructionBook(found, { now, laptop: deps.store.laptop() });
  return {
    name: `단골수첩 파기 대장 ${dayOf(now)}.xlsx`,
    bytes: await workbookBytes(made),
    certificates: found.length,
  };
}
