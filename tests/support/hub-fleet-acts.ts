import type { Change } from '#shared/merge/change.ts';
import { ask, type Member } from './hub-fleet-member.ts';
import { pngOf } from './pictures.ts';
import type { Random } from './random.ts';

/** What somebody does to a record: a call of the contract. */
export interface Act {
  readonly method: 'records.write' | 'records.erase' | 'records.delete';
  readonly input: {
    readonly entity: string;
    readonly id: string;
    readonly set?: Readonly<Record<string, string | null>>;
    readonly fields?: readonly string[];
  };
}

const id = (letter: string, i: number): string =>
  `0190${letter.repeat(4)}-0000-7000-8000-${String(i + 10).padStart(12, '0')}`;
const ids = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_none, i) => id(letter, i));

/** So many records are worked on at a time, and others after so many rounds: nobody visits twelve shops for five years. */
const AT_A_TIME = 12;
const SEASON = 100;
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  store: ['name', 'phone', 'note', 'channelOpenedOn', 'colourOfTheDoor'],
  person: ['name', 'phone'],
};

function recordOf(from: Random, round: number): string {
  const now = Math.floor(round / SEASON);
  const season = now === 0 || from.chance(0.8) ? now : from.below(now);
  return id('a', season * AT_A_TIME + from.below(AT_A_TIME));
}

/** Of a fleet in which everybody reads everything: whatever hangs on nothing. One in five goes back to an earlier season. */
export function plainAct(from: Random, round: number): Act {
  const entity = from.pick(['store', 'store', 'person']);
  const record = recordOf(from, round);
  const field = from.pick(FIELDS[entity]!);
  const kind = from.below(20);
  const input = { entity, id: record };
  if (kind === 0) return { method: 'records.delete', input };
  if (kind === 1) return { method: 'records.erase', input: { ...input, fields: [field] } };
  return {
    method: 'records.write',
    input: { ...input, set: { [field]: from.pick(['가', '나', '다', null]) } },
  };
}

export const PROGRAMMES = ids('b', 3);
/** One of each programme. */
const SITES = ids('c', 3);
const STORES = ids('a', 9);
const PEOPLE = ids('d', 6);

/** What the founder writes first: the programmes, their sites, and shops in them; the last shop hangs on nothing. */
export const FIRST_ACTS: readonly Act[] = [
  ...PROGRAMMES.map((one, i) => write('program', one, { name: `사업 ${i}` })),
  ...SITES.map((one, i) => write('site', one, { name: `시장 ${i}`, program: PROGRAMMES[i]! })),
  ...STORES.slice(0, -1).map((one, i) => write('store', one, { site: SITES[i % SITES.length]! })),
];

const ROLED_FIELDS: Readonly<Record<string, readonly string[]>> = {
  // Twice what is written most; a shop moves seldom, and its site may be erased too.
  store: [
    'name',
    'name',
    'note',
    'phone',
    'phone',
    'ownerName',
    'channelOpenedOn',
    'colourOfTheDoor',
    'site',
  ],
  person: ['name', 'name', 'phone', 'phone', 'consentOn', 'kind', 'store'],
};

/** Of a fleet whose members read some programmes each: shops that move, people of shops, staff; one or two fields at once. */
export function roledAct(from: Random): Act {
  const entity = from.pick(['store', 'store', 'person']);
  const record = from.pick(entity === 'store' ? STORES : PEOPLE);
  const field = from.pick(ROLED_FIELDS[entity]!);
  const kind = from.below(20);
  const input = { entity, id: record };
  if (kind === 0) return { method: 'records.delete', input };
  if (kind <= 2) return { method: 'records.erase', input: { ...input, fields: [field] } };
  const set = { [field]: valueOf(field, from) };
  if (kind > 14) {
    const other = from.pick(ROLED_FIELDS[entity]!);
    set[other] = valueOf(other, from);
  }
  return { method: 'records.write', input: { ...input, set } };
}

function valueOf(field: string, from: Random): string | null {
  if (from.chance(0.15)) return null;
  if (field === 'site') return from.pick(SITES);
  if (field === 'store') return from.pick(STORES);
  if (field === 'kind') return from.pick(['merchant', 'trainer', 'coordinator']);
  return from.pick(['가', '나', '다']);
}

function write(entity: string, record: string, set: Record<string, string>): Act {
  return { method: 'records.write', input: { entity, id: record, set } };
}

/** So few that the same one is taken for many shops, and by several laptops. */
const PICTURES = Array.from({ length: 5 }, (_none, i) => pngOf(4 + i, 3, { pixel: (at) => (at * i) % 251 }));

/** Somebody takes a picture of a shop, or destroys one of it that is here; the change that it wrote, if any. */
export async function pictureAct(
  from: Random,
  { core, store }: Pick<Member, 'core' | 'store'>,
  round: number | null,
): Promise<Change | null> {
  const owner = round === null ? from.pick(STORES) : recordOf(from, round);
  const photos = await ask(core, 'photos.list', { owner });
  if (photos.length > 0 && from.chance(0.4)) {
    const erased = { entity: 'photo', id: from.pick(photos).id, fields: ['blob'] };
    const { change } = await ask(core, 'records.erase', erased);
    return change === null ? null : store.idOf(change);
  }
  const bytes = new Uint8Array(from.pick(PICTURES));
  const answer = await core.call('photos.add', { owner, ownerKind: 'store', bytes });
  if (!answer.ok) {
    // The shop is not here, or is deleted.
    if (answer.error.code === 'NOT_FOUND') return null;
    throw new Error(JSON.stringify(answer.error));
  }
  return (answer.value as { known: boolean }).known ? null : store.last();
}
