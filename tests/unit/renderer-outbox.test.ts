import { describe, expect, test } from 'vitest';
import { deliveryKinds, deliveryStates, type Delivery, type OutboxState } from '#shared/contract/outbox.ts';
import {
  inOrder,
  linesOf,
  markOf,
  possibleWith,
  sizeOf,
  standingOf,
  stepsOf,
  untilOf,
  type Standing,
} from '../../src-renderer/features/outbox/outbox-view.ts';

const error = { code: 'INTERNAL', params: {} } as const;
const delivery = (more: Partial<Delivery> = {}): Delivery => ({
  id: 'one',
  kind: 'report',
  title: '보고서',
  file: null,
  bytes: null,
  made: 'at sending',
  destination: { id: 'place', name: '공유 폴더', kind: 'folder' },
  state: 'queued',
  paused: false,
  tries: 0,
  queuedAt: '2026-11-26T01:00:00.000Z',
  nextTryAt: null,
  sentAt: null,
  confirmedAt: null,
  overdue: false,
  error: null,
  offline: false,
  ...more,
});
const quiet: OutboxState = { now: 'empty', waiting: 0, parked: 0, overdue: 0, paused: false };

describe('how a delivery stands', () => {
  test.each<[Standing, Partial<Delivery>]>([
    ['waiting', {}],
    ['again', { error, tries: 2 }],
    ['offline', { error, offline: true, tries: 2 }],
    ['paused', { paused: true, error, offline: true }],
    ['paused', { paused: true }],
    ['paused', { paused: true, error, tries: 2 }],
    ['sending', { state: 'sending', error, tries: 2 }],
    ['parked', { state: 'parked', error }],
    ['parked', { state: 'parked', error, paused: true }],
    ['sent', { state: 'sent' }],
    ['overdue', { state: 'sent', overdue: true }],
    ['confirmed', { state: 'confirmed' }],
  ])('%s', (standing, more) => expect(standingOf(delivery(more))).toBe(standing));

  test('what a person must look at stands first, then what is under way, then what is done; a try moves nothing', () => {
    const all = [
      delivery({ id: 'confirmed', state: 'confirmed' }),
      delivery({ id: 'newest' }),
      delivery({ id: 'overdue', state: 'sent', overdue: true }),
      delivery({ id: 'older', error, tries: 1 }),
      delivery({ id: 'parked', state: 'parked' }),
      delivery({ id: 'sent', state: 'sent' }),
    ];
    const order = (deliveries: Delivery[]) =>
      linesOf(deliveries).map((line) => (line.kind === 'group' ? `${line.key} ${line.count}` : line.key));
    expect(order(all)).toEqual([
      'attention 2',
      'overdue',
      'parked',
      'underWay 2',
      'newest',
      'older',
      'done 2',
      'confirmed',
      'sent',
    ]);
    const tried = all.map((one) => (one.id === 'older' ? { ...one, state: 'sending' as const } : one));
    expect(order(tried)).toEqual(order(all));
    expect(inOrder(linesOf(all)).map(({ id }) => id)).toHaveLength(all.length);
    expect(linesOf([])).toEqual([]);
  });

  test.each<[Standing, Delivery['kind'], string]>([
    ['waiting', 'session', 'now ahead ahead'],
    ['sending', 'session', 'now ahead ahead'],
    ['parked', 'session', 'held ahead ahead'],
    ['paused', 'report', 'held ahead'],
    ['sent', 'session', 'done now ahead'],
    ['overdue', 'session', 'done held ahead'],
    ['confirmed', 'session', 'done done done'],
    ['again', 'report', 'now ahead'],
    ['sent', 'report', 'done done'],
    ['offline', 'kit', 'now ahead ahead'],
    ['sent', 'kit', 'done now ahead'],
  ])('%s of a %s is %s on its way', (standing, kind, way) => {
    expect(
      stepsOf({ kind, destination: { kind: 'folder' } }, standing)
        .map(({ at }) => at)
        .join(' '),
    ).toBe(way);
  });

  test('of what a hub has nobody says more than that it went', () => {
    const steps = stepsOf({ kind: 'session', destination: { kind: 'hub' } }, 'sent');
    expect(steps.map(({ at }) => at)).toEqual(['done', 'done']);
  });

  test('what was sent or is on its way can be neither sent again, sent elsewhere nor taken out', () => {
    for (const state of deliveryStates) {
      for (const kind of deliveryKinds) {
        const can = possibleWith(standingOf(delivery({ state, kind, overdue: state === 'sent' })));
        const waits = state === 'queued' || state === 'parked';
        expect([can.sendNow, can.elsewhere, can.remove]).toEqual([waits, waits, waits]);
      }
    }
    expect(possibleWith('overdue').file).toBe(false);
    expect([possibleWith('paused').pause, possibleWith('paused').goOn]).toEqual([false, true]);
    expect([possibleWith('again').pause, possibleWith('again').goOn]).toEqual([true, false]);
  });
});

describe('what the title bar says', () => {
  test.each<[Partial<OutboxState>, ReturnType<typeof markOf>]>([
    [{}, null],
    [
      { now: 'waiting', waiting: 3 },
      { kind: 'waiting', n: 3 },
    ],
    [
      { now: 'sending', waiting: 2 },
      { kind: 'sending', n: 2 },
    ],
    [
      { now: 'offline', waiting: 1 },
      { kind: 'offline', n: 1 },
    ],
    [
      { now: 'paused', waiting: 1, paused: true },
      { kind: 'paused', n: 1 },
    ],
    [
      { now: 'empty', paused: true },
      { kind: 'paused', n: 0 },
    ],
    [
      { now: 'sending', waiting: 2, parked: 1, overdue: 2 },
      { kind: 'attention', n: 3 },
    ],
    [
      { now: 'empty', overdue: 1 },
      { kind: 'attention', n: 1 },
    ],
  ])('%j', (state, mark) => expect(markOf({ ...quiet, ...state })).toEqual(mark));
});

describe('when it is tried next', () => {
  const now = Date.parse('2026-11-26T01:00:00.000Z');
  test.each<[number, string]>([
    [-5, 'soon 0'],
    [0, 'soon 0'],
    [1, 'seconds 10'],
    [10, 'seconds 10'],
    [11, 'seconds 20'],
    [50, 'seconds 50'],
    [51, 'minutes 1'],
    [60, 'minutes 1'],
    [61, 'minutes 2'],
    [59 * 60, 'minutes 59'],
    [59 * 60 + 1, 'hours 1'],
    [2 * 3600, 'hours 2'],
    [47 * 3600, 'hours 47'],
    [47 * 3600 + 1, 'days 2'],
    [49 * 3600, 'days 3'],
  ])('%i s away is %s', (seconds, words) => {
    const { unit, n } = untilOf(new Date(now + seconds * 1000).toISOString(), now);
    expect(`${unit} ${n}`).toBe(words);
  });
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1 KB'],
  [390_000, '381 KB'],
  [1024 * 1024, '1 MB'],
  [2_600_000, '2.5 MB'],
])('%i bytes are %s', (bytes, words) => {
  const { unit, n } = sizeOf(bytes);
  expect(`${n} ${unit}`).toBe(words);
});
