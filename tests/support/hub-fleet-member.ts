import path from 'node:path';
import { openCore, type Core } from '#main/core.ts';
import { changeFrom, idFromBytes } from '#main/store/codec.ts';
import { readStore } from '#main/store/store.ts';
import { readKeyFile } from '#main/vault/key-file.ts';
import type { Answer } from '#shared/contract/call.ts';
import type { InputOf, Method, OutputOf } from '#shared/contract/contract.ts';
import type { Change } from '#shared/merge/change.ts';
import type { Knower } from './hub-fleet-expect.ts';
import { meetAsProcess } from './hub-process.ts';
import { seeded } from './random.ts';

/** A laptop of the fleet. */
export interface Member extends Knower {
  /** Another one after `meetAsProcess`. */
  readonly core: Core;
  readonly login: string;
  readonly byFile: Set<string>;
  readonly store: {
    idOf(change: string): Change;
    ids(): string[];
    /** The change that was written or taken last. */
    last(): Change;
    /** The SHA-256 of each picture that is here. */
    pictures(): string[];
  };
  /** Meets the hub in a process of its own, while the program is not open here. Null where it was killed. */
  meetAsProcess(what: 'push' | 'pull', url: string, bytes: number): Promise<Answer | null>;
  readonly close: () => void;
}

export const START = Date.UTC(2026, 8, 1);
const YEAR = 365 * 24 * 3600_000;

export interface MemberOptions extends Pick<Knower, 'kind' | 'programmes'> {
  readonly dir: string;
  readonly seed: number;
  readonly login: string;
  /** Seconds since the start. */
  readonly tick: () => number;
}

/** A laptop with a store of its own and a clock that may be years off. */
export async function openMember(i: number, options: MemberOptions): Promise<Member> {
  const { dir, seed, login, tick, kind, programmes } = options;
  const own = seeded(seed * 1000 + i);
  const skew = own.chance(0.8) ? own.below(60_000) : own.chance(0.5) ? -YEAR : 3 * YEAR;
  const dataDir = path.join(dir, String(i));
  const world = {
    now: () => START + tick() * 1000 + skew,
    random: (bytes: number) => own.bytes(bytes),
    report: (_id: string, error: unknown) => {
      throw error;
    },
  };
  const batch = 1 + own.below(40);
  function openAgain(): Core {
    const opened = openCore({ dataDir, create: true, batch }, world);
    if (!opened.ok) throw new Error(`${login} ${opened.error.code}`);
    return opened.value;
  }
  let core = openAgain();
  const { laptop } = await ask(core, 'app.status', {});
  const reader = readStore({ dir: dataDir, key: readKeyFile(dataDir) });
  const byId = reader.db.prepare('SELECT body FROM change WHERE id = ?').pluck();
  const ids = reader.db.prepare('SELECT id FROM change').pluck();
  const last = reader.db.prepare('SELECT id, body FROM change ORDER BY n DESC LIMIT 1');
  const pictures = reader.db.prepare('SELECT sha256 FROM blob ORDER BY sha256').pluck();
  return {
    get core() {
      return core;
    },
    ...{ login, kind, programmes, laptop: laptop!.id, byFile: new Set<string>() },
    store: {
      idOf: (id) => changeFrom(id, byId.get(Buffer.from(id.replaceAll('-', ''), 'hex')) as string),
      ids: () => (ids.all() as Buffer[]).map(idFromBytes),
      last() {
        const { id, body } = last.get() as { id: Buffer; body: string };
        return changeFrom(idFromBytes(id), body);
      },
      pictures: () => pictures.all() as string[],
    },
    async meetAsProcess(what, url, bytes) {
      core.close();
      try {
        return (await meetAsProcess({ dataDir, what, url, bytes, now: world.now() })).answer;
      } finally {
        core = openAgain();
      }
    },
    close() {
      reader.close();
      core.close();
    },
  };
}

export async function ask<M extends Method>(core: Core, method: M, input: InputOf<M>): Promise<OutputOf<M>> {
  const answer = await core.call(method, input);
  if (!answer.ok) throw new Error(`${method} ${JSON.stringify(answer.error)}`);
  return answer.value as OutputOf<M>;
}
