import type { CheckedOf, Handlers, OutputOf } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { KitOrder } from '#shared/contract/kits.ts';
import { makeZip } from '../../exchange/zip.ts';
import { transaction } from '../../store/sqlite.ts';
import { dayOf, freshId, type Deps } from '../deps.ts';
import { fileSafe, type Packed } from '../pack.ts';
import { checkOrder, makeKit, noteKit, type MadeKit } from './made.ts';

type Methods = 'kits.begin' | 'kits.next' | 'kits.finish' | 'kits.stop';

interface Job {
  readonly id: string;
  readonly orders: readonly KitOrder[];
  readonly made: MadeKit[];
}

/** Many kits over several calls, so that other calls come in between and the caller can stop. One job at a time. */
export function kitJobHandlers(deps: Deps): Pick<Handlers, Methods> {
  let job: Job | null = null;

  function begin({ kits }: CheckedOf<'kits.begin'>): { run: string; total: number } {
    for (const order of kits) checkOrder(deps, order);
    job = { id: freshId(deps), orders: kits, made: [] };
    return { run: job.id, total: kits.length };
  }

  async function next({ run }: CheckedOf<'kits.next'>): Promise<{ done: number; total: number }> {
    const { orders, made } = jobOf(run);
    const at = made.length;
    const order = orders[at];
    if (order) {
      const kit = await makeKit(deps, order);
      // Asked twice at once, it is still one kit.
      if (made.length === at) made.push(kit);
    }
    return { done: made.length, total: orders.length };
  }

  async function finish({ run }: CheckedOf<'kits.finish'>): Promise<OutputOf<'kits.finish'>> {
    const { orders, made } = jobOf(run);
    const file = await fileOf(made);
    // Whoever has the file has the kits: they are taken down in the breath before it is handed over.
    transaction(deps.store.db, () => made.forEach((packed, at) => noteKit(deps, orders[at]!, packed)));
    job = null;
    deps.tell({ kind: 'changed', entities: [] });
    const changes = made.reduce((sum, packed) => sum + packed.changes, 0);
    const sealed = made.filter(({ isSealed }) => isSealed).length;
    return { ...file, kits: made.length, sealed, changes };
  }

  async function fileOf(made: readonly Packed[]): Promise<{ name: string; bytes: Uint8Array }> {
    const [only] = made;
    if (!only) throw new Refusal('INVALID_INPUT', { at: 'run', reason: 'no kit was made' });
    if (made.length === 1) return { name: only.name, bytes: only.bytes };
    const names = apart(made.map(({ name }) => name));
    const parts = [deps.store.laptop().name, '꾸러미', dayOf(deps.now())].filter((part) => part !== '');
    const bytes = await makeZip(made.map((packed, at) => [names[at]!, packed.bytes] as const));
    return { name: `${fileSafe(parts.join(' '))}.zip`, bytes };
  }

  function jobOf(run: string): Job {
    if (job?.id !== run) throw new Refusal('NOT_FOUND', { entity: 'run', id: run });
    return job;
  }

  return {
    'kits.begin': begin,
    'kits.next': next,
    'kits.finish': finish,
    'kits.stop'({ run }) {
      if (job?.id === run) job = null;
      return null;
    },
  };
}

/** Two trainers of one name have two files all the same. */
function apart(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : name.replace(/(\.[^.]+)?$/, ` (${times})$1`);
  });
}
