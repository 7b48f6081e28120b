import type { Change } from '#shared/merge/change.ts';
import { changeId, tick, type Clock } from '#shared/merge/clock.ts';
import { idFromParts, newId } from '#shared/model/ids.ts';
import type { Json } from '#shared/merge/canonical.ts';
import { seeded } from '../support/random.ts';

export type Mix = 'sequential' | 'realistic';

/** A change and the whole row that it leads to, so that the raw side writes the same values without merging. */
export interface Step {
  readonly change: Change;
  readonly row: Readonly<Record<string, Json>>;
}

/** Field values in one file: with 1,000 files, 2 million. */
const VALUES_PER_FILE = 2000;

const START = Date.UTC(2024, 2, 1);
const ITEMS = ['channel', 'profile', 'message', 'map', 'hours', 'qr', 'event', 'next'];
const SUPERSEDING = 0.1;
const CONCURRENT = 0.05;

interface Made {
  readonly entity: string;
  readonly id: string;
  readonly row: Record<string, Json>;
  /** The change that last set the field which is edited. */
  last: string;
}

/**
 * The files of a fleet, one a day and laptop: visits of shops with eight checks each. `sequential` has new records with
 * rising keys only. `realistic` has the checks' own keys (UUIDv5, scattered), and one change in ten edits an earlier
 * record, of which half did not know the latest edit: 10% superseding, 5% in conflict.
 */
export function* files(mix: Mix, count: number, valuesPerFile = VALUES_PER_FILE): Generator<Step[]> {
  const random = seeded(7);
  const made: Made[] = [];
  let clock: Clock = { ms: START, counter: 0 };
  const random16 = new Uint8Array(16);

  function freshId(): string {
    for (let i = 0; i < 16; i += 1) random16[i] = random.below(256);
    return newId(clock.ms, random16);
  }

  for (let file = 0; file < count; file += 1) {
    const laptop = (0x1000000000000000n + BigInt(file % 200)).toString(16);
    const steps: Step[] = [];
    let values = 0;
    const add = (
      entity: string,
      id: string,
      set: Record<string, Json>,
      row: Record<string, Json>,
      prior?: string[],
    ): string => {
      clock = tick(clock, clock.ms + 50);
      const change: Change = {
        id: changeId(clock, laptop),
        author: null,
        entity,
        record: id,
        set,
        ...(prior ? { prior: Object.fromEntries(Object.keys(set).map((field) => [field, prior])) } : {}),
      };
      steps.push({ change, row });
      values += Object.keys(set).length;
      return change.id;
    };
    const session = freshId();
    while (values < valuesPerFile) {
      const visit = freshId();
      const row = visitRow(session, freshId(), clock.ms);
      made.push({ entity: 'visit', id: visit, row, last: add('visit', visit, row, row) });
      for (const item of ITEMS) {
        const id = mix === 'realistic' ? idFromParts('check', [visit, item]) : freshId();
        const check: Record<string, Json> = {
          visit,
          item,
          state: random.pick(['done', 'notDone']),
          value: '',
          note: '확인했어요',
        };
        made.push({ entity: 'check', id, row: check, last: add('check', id, check, check) });
        if (mix === 'realistic' && random.chance(SUPERSEDING + CONCURRENT)) edit();
      }
    }
    yield steps;

    function edit(): void {
      const target = random.pick(made);
      const seen = target.last;
      const field = 'note';
      const row = { ...target.row, [field]: `고침 ${random.below(1000)}` };
      Object.assign(target.row, row);
      const concurrent = random.chance(CONCURRENT / (SUPERSEDING + CONCURRENT));
      const id = add(target.entity, target.id, { [field]: row[field]! }, row, concurrent ? [] : [seen]);
      if (!concurrent) target.last = id;
    }
  }
}

function visitRow(session: string, store: string, ms: number): Record<string, Json> {
  return {
    session,
    store,
    trainer: '0190aaaa-0000-7000-8000-000000000001',
    date: new Date(ms).toISOString().slice(0, 10),
    startedAt: new Date(ms).toISOString(),
    endedAt: new Date(ms + 600_000).toISOString(),
    outcome: 'done',
    note: '사장님이 톡채널을 처음 열었어요',
  };
}
