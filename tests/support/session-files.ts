import keys from '../fixtures/exchange/keys.json' with { type: 'json' };
import { idFromParts } from '#shared/model/ids.ts';
import { changeIdAt, exchangeFile, recordId, type Author } from './exchange-builder.ts';

/** Many small session files about one programme, as a Friday evening brings them. */

export interface Ground {
  readonly program: string;
  readonly site: string;
  readonly stores: readonly string[];
}

export interface NamedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

const SHOPS = 40;
const TRAINERS = 5;

/** A programme, numbered, with a market and shops; programmes with different numbers share nothing. */
export function groundOf(number = 1): Ground {
  const base = number * 100_000;
  return {
    program: recordId(base + 1),
    site: recordId(base + 2),
    stores: Array.from({ length: SHOPS }, (_none, i) => recordId(base + 10 + i)),
  };
}

const trainerId = (number: number, i: number): string => recordId(number * 100_000 + 80_000 + i);

function laptopOf(number: number, i: number, name: string): Author {
  return {
    id: (0xa000_0000_0000_0000n + BigInt(number * 1000 + i)).toString(16),
    name,
    role: 'trainer',
    key: keys.dawn,
  };
}

/** The kit of that programme, from the coordinator who runs it. */
export function kitFile(number = 1): NamedFile {
  const { program, site, stores } = groundOf(number);
  const author = laptopOf(number, 999, `사무실 ${number}`);
  let minute = 0;
  const line = (entity: string, record: string, set: object) => ({
    id: changeIdAt((minute += 1), author),
    author: null,
    entity,
    record,
    set,
  });
  const lines = [
    line('program', program, { name: `단골거리 ${number}`, kind: 'street' }),
    line('site', site, { program, name: `반송시장 ${number}`, kind: 'traditionalMarket' }),
    ...stores.map((id, i) =>
      line('store', id, { site, name: `점포 ${i + 1}`, phone: `02-0000-${1000 + i}` }),
    ),
    ...Array.from({ length: TRAINERS }, (_none, i) =>
      line('person', trainerId(number, i), { name: `트레이너 ${i + 1}`, kind: 'trainer' }),
    ),
  ];
  return {
    name: `꾸러미 ${number}.dangol`,
    bytes: exchangeFile({ author, lines, purpose: 'kit', title: `단골거리 ${number} 꾸러미` }),
  };
}

/**
 * The day's file of one laptop: a session with two visits, three who came and one who did not, a response, a new shop whose
 * channel is open, another phone for a shop of the kit (the file 20 later says another one, so that they disagree), and in the
 * first 20 where in the market that shop is.
 */
export function dayFile(i: number, number = 1): NamedFile {
  const { program, site, stores } = groundOf(number);
  const name = `${number}구역 ${i + 1}호`;
  const author = laptopOf(number, i, name);
  const trainer = trainerId(number, i % TRAINERS);
  const base = number * 100_000 + 1_000 + i * 30;
  const day = `2024-09-${String(2 + (i % 5)).padStart(2, '0')}`;
  let minute = 1440 * (i % 5) + i;
  const line = (entity: string, record: string, set: object, prior?: object) => ({
    id: changeIdAt((minute += 1), author),
    author: null,
    entity,
    record,
    set,
    ...(prior && { prior }),
  });
  const [session, fresh] = [recordId(base), recordId(base + 1)];
  const shop = (k: number): string => stores[(i * 2 + k) % stores.length]!;
  const people = [0, 1, 2, 3].map((k) => recordId(base + 10 + k));
  const lines = [
    line('program', program, { name: `단골거리 ${number}` }),
    line('session', session, {
      program,
      site,
      kind: 'visitDay',
      title: `방문의 날 ${i + 1}`,
      date: day,
      trainers: [trainer],
    }),
    line('store', fresh, { site, name: `새 점포 ${i + 1}`, channelOpenedOn: day }),
    ...people.map((id, k) =>
      line('person', id, { name: `상인 ${i + 1}-${k + 1}`, kind: 'merchant', store: shop(k) }),
    ),
    ...people.map((person, k) =>
      line('attendance', idFromParts('attendance', [session, person]), {
        session,
        person,
        status: k === 3 ? 'absent' : 'present',
      }),
    ),
    ...[0, 1].map((k) =>
      line('visit', recordId(base + 20 + k), {
        session,
        store: shop(k),
        trainer,
        date: day,
        outcome: 'done',
      }),
    ),
    line('surveyResponse', recordId(base + 25), {
      session,
      store: shop(0),
      submittedAt: `${day}T02:00:00.000Z`,
      mode: 'paper',
      answers: { helpful: true },
    }),
    line('store', shop(0), { phone: `02-335-${1000 + i}` }, { phone: [kitPhone(number, (i * 2) % SHOPS)] }),
    ...(i < SHOPS / 2 ? [line('store', shop(0), { unit: `${i + 1}호` })] : []),
  ];
  return {
    name: `${number}구역 ${String(i + 1).padStart(3, '0')}.dangol`,
    bytes: exchangeFile({ author, lines, title: `${name} 방문의 날` }),
  };
}

/** The change by which the kit wrote a shop's phone. */
function kitPhone(number: number, shop: number): string {
  return changeIdAt(3 + shop, laptopOf(number, 999, ''));
}

export function dayFiles(count: number, number = 1): NamedFile[] {
  return Array.from({ length: count }, (_none, i) => dayFile(i, number));
}
