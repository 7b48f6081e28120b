import { createHash } from 'node:crypto';
import type { CheckedOf } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { KitOrder } from '#shared/contract/kits.ts';
import { nameFor } from '../../outbox/name.ts';
import type { MadeContent } from '../../outbox/attempt.ts';
import type {
  Content,
  DeliveryRecord,
  Queued,
  ReportQuestion,
  SessionOrder,
} from '../../store/deliveries.ts';
import { erasedSince } from '../../store/log.ts';
import { mustBeLive, type Deps } from '../deps.ts';
import { titleFor } from '../export.ts';
import { checkOrder, kitTitle, makeKit, noteKit } from '../kits/made.ts';
import { pack, type Packed } from '../pack.ts';
import type { ReportRun, ReportWish } from '../report-apart.ts';
import { coordinatorsOf } from '../sealing.ts';

type What = CheckedOf<'outbox.send'>['what'];

/** What is to be queued, and what else is taken down in the same transaction. */
export interface Made
  extends Pick<Queued, 'title' | 'question' | 'manifest' | 'content'>, Pick<MadeContent, 'stands' | 'note'> {}

/** Makes a workbook: in a thread of its own where a window must not wait. */
export type MakeReport = (wish: ReportWish) => ReportRun;

/**
 * Makes what is sent, as far as it is made before it is sent. Refuses with NOT_FOUND, INVALID_INPUT, KIT_EMPTY, or as
 * `sealFor` does.
 */
export async function make(deps: Deps, makeReport: MakeReport, what: What): Promise<Made> {
  switch (what.kind) {
    case 'report':
      return report(deps, makeReport, what);
    case 'session':
      return session(deps, what);
    case 'kit':
      return kit(deps, what);
  }
}

/**
 * The content of a delivery that has none, or none any more, as its row asks for it. Refuses as `make`, and with
 * DELIVERY_ERASED where the row does not say what was in it.
 */
export async function remake(
  deps: Deps,
  makeReport: MakeReport,
  { kind, question, title }: DeliveryRecord,
): Promise<MadeContent> {
  if (kind === 'report') {
    return {
      content: await reportContent(deps, makeReport, (question ?? {}) as ReportQuestion),
      manifest: null,
    };
  }
  if (question === null) throw new Refusal('DELIVERY_ERASED', { title });
  const made =
    kind === 'session'
      ? await session(deps, question as SessionOrder)
      : await kit(deps, question as KitOrder);
  return { ...made, content: made.content! };
}

async function report(
  deps: Deps,
  makeReport: MakeReport,
  { freeze, program, from, to }: Extract<What, { kind: 'report' }>,
): Promise<Made> {
  const question = { program, from, to };
  if (program !== undefined) mustBeLive(deps, 'program', program);
  if (from !== undefined && to !== undefined && from > to) {
    throw new Refusal('INVALID_INPUT', { at: 'what.to', reason: `${to} < ${from}` });
  }
  const name = program && deps.store.projector.table('program').get(program)?.fields['name'];
  return {
    title: typeof name === 'string' && name !== '' ? `${name} 보고서` : '단골수첩 보고서',
    question,
    manifest: null,
    content: freeze ? await reportContent(deps, makeReport, question) : null,
  };
}

/** The workbook over a period, from the data of now. Refuses as `report.workbook`. */
async function reportContent(deps: Deps, makeReport: MakeReport, question: ReportQuestion): Promise<Content> {
  const run = makeReport({ input: question, now: deps.now(), told: () => undefined });
  const { name, bytes } = await run.made;
  return contentOf(name, bytes, 'xlsx');
}

async function session(deps: Deps, { sessions, program }: SessionOrder): Promise<Made> {
  if (program !== undefined) mustBeLive(deps, 'program', program);
  for (const one of sessions ?? []) mustBeLive(deps, 'session', one);
  const selection = { program, sessions: sessions && [...sessions] };
  const title = titleFor(deps, { purpose: 'session', ...selection });
  // Who it is for is known as soon as a kit came; a file that travels by itself is sealed for them.
  const laptops = coordinatorsOf(deps, sessions ?? []);
  const made = await pack(deps, { purpose: 'session', selection, what: title, ...sealed(laptops) });
  return packed(deps, title, { sessions, program }, made);
}

async function kit(deps: Deps, { trainer, sessions, sites, plain, destinations }: KitOrder): Promise<Made> {
  const order = { trainer, sessions, sites, plain, destinations };
  checkOrder(deps, order);
  const made = await makeKit(deps, order);
  return { ...packed(deps, kitTitle(deps, trainer), order, made), note: () => noteKit(deps, order, made) };
}

const sealed = (laptops: readonly string[]): { sealFor?: readonly string[] } =>
  laptops.length > 0 ? { sealFor: laptops } : {};

function packed(
  { store }: Deps,
  title: string,
  question: SessionOrder | KitOrder,
  { id, name, bytes, lastN }: Packed,
): Made {
  const stands = (): boolean => !erasedSince(store.db, lastN);
  return { title, question, manifest: id, content: contentOf(name, bytes, 'dangol'), stands };
}

function contentOf(name: string, bytes: Uint8Array, extension: 'xlsx' | 'dangol'): Content {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const what = name.slice(0, -`.${extension}`.length);
  return { file: nameFor(what, sha256, extension), sha256, bytes };
}
