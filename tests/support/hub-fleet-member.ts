import path from 'node:path';
import { openCore, type Core } from '#main/core.ts';
import { changeFrom, idFromBytes } from '#main/store/codec.ts';
import { readStore } from '#main/store/store.ts';
import { readKeyFile } from '#main/vault/key-file.ts';
import type { InputOf, Method, OutputOf } from '#shared/contract/contract.ts';
import type { Change } from '#shared/merge/change.ts';
import type { Knower } from './hub-fleet-expect.ts';
import { seeded } from './random.ts';

/** A laptop of the fleet. */
export interface Member extends Knower {
  readonly core: Core;
  readonly login: string;
  readonly byFile: Set<string>;
  readonly store: { idOf(change: string): Change; ids(): string[] };
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
  const opened = openCore({ dataDir, create: true, batch: 1 + own.below(40) }, world);
  if (!opened.ok) throw new Error(opened.error.code);
  const core = opened.value;
  const { laptop } = await ask(core, 'app.status', {});
  const reader = readStore({ dir: dataDir, key: readKeyFile(dataDir) });
  const byId = reader.db.prepare('SELECT body FROM change WHERE id = ?').pluck();
  const ids = reader.db.prepare('SELECT id FROM change').pluck();
  return {
    ...{ core, login, kind, programmes, laptop: laptop!.id, byFile: new Set<string>() },
    store: {
      idOf: (id) => changeFrom(id, byId.get(Buffer.from(id.replaceAll('-', ''), 'hex')) as string),
      ids: () => (ids.all() as Buffer[]).map(idFromBytes),
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
