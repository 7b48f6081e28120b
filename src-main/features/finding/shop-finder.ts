import { setImmediate as breathe } from 'node:timers/promises';
import { fold } from '#shared/finding/fold.ts';
import { questionOf } from '#shared/finding/question.ts';
import { noHits, scan, scanned, type Scanned } from '#shared/finding/scan.ts';
import { shopIndex, type FoundShops, type ShopIndex, type ShopQuestion } from '#shared/finding/shop-index.ts';
import { logStamp, type LogStamp } from '../../store/duplicate-queries.ts';
import { listedShops, listedShopsAfter, siteNames, storesChangedAfter } from '../../store/finding-queries.ts';
import { moment } from '../../store/moment.ts';
import type { Store } from '../../store/store.ts';

export interface Sought {
  readonly text: string;
  readonly site: string | null;
  readonly status: string | null;
  readonly near: string | null;
}

export interface ShopFinder {
  /** All shops that answer, best first; as of now, whoever wrote last. Its ids are to be asked for at once. */
  find(sought: Sought): Promise<FoundShops>;
  /** Begins to make the index, so that the first question finds it there. */
  warm(): void;
}

/** Shops read at once: some 5 ms of work. */
const PAGE = 500;
/** More changes than that are not followed one by one: reading all shops anew costs less thought. */
const MANY = 5_000;

/** The index as it is held: what it was made of, and when the database was last looked at. */
interface Held {
  readonly index: ShopIndex;
  /** The names of the sites as they are searched, when a question of several words has needed them. */
  sites: { moment: string; names: readonly { id: string; text: Scanned }[] } | null;
  stamp: LogStamp;
  moment: string;
}

/**
 * Finds shops in an index that is held in memory, made at the first question, or before it where someone is likely to
 * ask, and then kept current. Nothing tells it of changes: before every answer it asks the database, so that a deletion,
 * an erasure, an import or what another process wrote can never be missed.
 */
export function shopFinder(store: Store): ShopFinder {
  let held: Held | null = null;
  let making: Promise<Held> | null = null;
  /** The last answer, for the next stretch of the same list. */
  let last: { held: Held; moment: string; key: string; found: FoundShops } | null = null;

  async function current(): Promise<Held> {
    for (;;) {
      if (held && isCurrent(store, held)) return held;
      held = null;
      await begin();
    }
  }

  function begin(): Promise<Held> {
    making ??= make(store)
      .then((made) => (held = made))
      .finally(() => (making = null));
    return making;
  }

  return {
    warm() {
      // The store may be closed meanwhile. Whatever else went wrong, the first question makes it anew and says so.
      if (!held) begin().catch(() => undefined);
    },
    async find(sought) {
      const now = await current();
      const key = JSON.stringify(sought);
      if (last?.held === now && last.moment === now.moment && last.key === key) return last.found;
      const found = now.index.find(shopQuestion(store, now, sought));
      last = { held: now, moment: now.moment, key, found };
      return found;
    },
  };
}

function shopQuestion({ db }: Store, held: Held, { text, ...filters }: Sought): ShopQuestion {
  const question = questionOf(text);
  const words = question?.words ?? [];
  const sites = words.length > 0 ? sitesOf(db, held) : [];
  const hits = noHits();
  const sitesOfWords = words.map((word) => {
    const stands = sites.filter(({ text }) => scan(text, 0, text.codes.length, word, hits).count > 0);
    return new Set(stands.map(({ id }) => id));
  });
  return { question, sitesOfWords, ...filters };
}

function sitesOf(db: Store['db'], held: Held): readonly { id: string; text: Scanned }[] {
  if (held.sites?.moment !== held.moment) {
    const names = siteNames(db).map(({ id, name }) => ({ id, text: scanned(fold(name ?? '').codes) }));
    held.sites = { moment: held.moment, names };
  }
  return held.sites.names;
}

/** Takes in what was written since; false when the index must be made anew. */
function isCurrent({ db, projector }: Store, held: Held): boolean {
  const before = moment(db);
  if (before === held.moment) return true;
  projector.catchUp();
  const stamp = logStamp(db);
  // What an undone import took away leaves no trace in the log.
  if (stamp.undone !== held.stamp.undone || stamp.end < held.stamp.end) return false;
  const changed = storesChangedAfter(db, held.stamp.end, MANY);
  if (!changed) return false;
  const here = new Map(listedShops(db, changed).map((shop) => [shop.id, shop]));
  for (const id of changed) {
    const shop = here.get(id);
    if (shop) held.index.put(shop);
    else held.index.remove(id);
  }
  held.stamp = stamp;
  held.moment = moment(db);
  return true;
}

/** Works in slices, so that other calls are answered in between; what they write is taken in afterwards. */
async function make({ db, projector }: Store): Promise<Held> {
  projector.catchUp();
  const [stamp, index] = [logStamp(db), shopIndex()];
  for (let after = ''; ;) {
    const page = listedShopsAfter(db, after, PAGE);
    if (page.length === 0) break;
    index.add(page);
    after = page.at(-1)!.id;
    await breathe();
  }
  index.settle();
  return { index, sites: null, stamp, moment: '' };
}
