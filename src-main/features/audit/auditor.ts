import type { CheckedOf, Method, OutputOf } from '#shared/contract/contract.ts';
import { canonical, type Json } from '#shared/merge/canonical.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { Store } from '../../store/store.ts';
import { transaction } from '../../store/sqlite.ts';
import { openWho, whoIsHere, type WhoIsHere } from '../../store/who.ts';
import type { Act, Rule } from './rule.ts';
import { rules } from './rules.ts';

export type Via = 'window' | 'commandLine';

export interface Auditor {
  /** Takes an act down: durably, or inside the caller's transaction. Throws what the store throws. */
  add(act: Act): void;
  /** Takes down what a call of the contract did, as its rule says. */
  note<M extends Method>(method: M, input: CheckedOf<M>, output: OutputOf<M>): void;
}

interface AuditorDeps {
  readonly store: Pick<Store, 'db' | 'audit'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly via: Via;
}

const DAY = 86_400_000;
/**
 * How long an entry is kept, in days. The standard asks for one year at least, and for two where 50,000 people or more
 * stand in the data, as the national list of grant holders does (docs/audit.md).
 */
const KEPT_DAYS = 2 * 365;

export function openAuditor({ store, now, via }: AuditorDeps): Auditor {
  /** What was taken down today already, of that which is taken down once a day. */
  const seen = new Set<string>();
  let seenOn = '';
  const who = openWho(store.db);

  function add({ what, subject, why }: Act): void {
    const by = { ...byWhom(who(), now()), via };
    store.audit.add({ ...by, what, subject: subject as Record<string, Json>, why: why ?? null });
  }

  function addOnce(act: Act): void {
    const today = seoulDay(now());
    if (seenOn !== today) seen.clear();
    seenOn = today;
    const key = canonical([who().person?.id ?? null, act.what, act.subject]);
    if (seen.has(key)) return;
    add(act);
    seen.add(key);
  }

  return {
    add,
    note(method, input, output) {
      const rule = rules[method] as Rule<typeof method> | string;
      const act = typeof rule === 'string' ? null : rule.act(input, output);
      if (!act) return;
      if (typeof rule !== 'string' && rule.daily) addOnce(act);
      else add(act);
    },
  };
}

/** Runs a call and takes down what its rule says, before the answer is given; without an entry there is no answer. */
export function audited<M extends Method>(
  { store, audit }: { readonly store: Pick<Store, 'db'>; readonly audit: Auditor },
  method: M,
  input: CheckedOf<M>,
  work: () => OutputOf<M> | Promise<OutputOf<M>>,
): OutputOf<M> | Promise<OutputOf<M>> {
  const rule: Rule<M> | string = rules[method];
  if (typeof rule === 'string' || rule.when === 'within') return work();
  const noted = (output: OutputOf<M>): OutputOf<M> => {
    audit.note(method, input, output);
    return output;
  };
  if (rule.when === 'with') return transaction(store.db, () => noted(work() as OutputOf<M>));
  const output = work();
  return output instanceof Promise ? output.then(noted) : noted(output);
}

/** Takes out what was kept long enough. A store that has no room for the seal keeps it a little longer. */
export function pruneAudit({ store, now, via }: AuditorDeps): void {
  try {
    const before = new Date(now() - KEPT_DAYS * DAY).toISOString();
    store.audit.prune(before, { ...byWhom(whoIsHere(store.db), now()), via, why: null });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

function byWhom({ laptop, person }: WhoIsHere, now: number) {
  const at = new Date(now).toISOString();
  return { at, person: person?.id ?? null, name: person?.name ?? null, laptop: laptop.id };
}

function seoulDay(ms: number): string {
  return new Date(ms + 9 * 3_600_000).toISOString().slice(0, 10);
}
