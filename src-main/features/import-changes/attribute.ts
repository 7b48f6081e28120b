import type { Json } from '#shared/merge/canonical.ts';
import type { Change } from '#shared/merge/change.ts';
import { parseChangeId } from '#shared/merge/clock.ts';
import type { Db } from '../../store/sqlite.ts';

/** Whose work an effect is: a person, or the laptop where nobody is named. */
export interface Worker {
  readonly kind: 'person' | 'laptop';
  readonly id: string;
}

export interface Attribution {
  /** The market of a record, from its fields; null where it belongs to none. */
  siteOf(entity: string, record: string, fields: Fields): string | null;
  workerOf(entity: string, fields: Fields, change: Change): Worker;
}

type Fields = Readonly<Record<string, Json | undefined>>;

/** Finds the market and the trainer of records; what it looks up it remembers, so use one for one batch. */
export function attributionIn(db: Db): Attribution {
  const lookups = new Map<string, (id: string) => string | null>();

  /** One field of a table, by id. */
  function look(entity: string, field: string): (id: string) => string | null {
    const key = `${entity} ${field}`;
    let found = lookups.get(key);
    if (!found) {
      const get = db.prepare(`SELECT "${field}" FROM r_${entity} WHERE id = ?`).pluck();
      const known = new Map<string, string | null>();
      found = (id) => {
        let value = known.get(id);
        if (value === undefined) known.set(id, (value = (get.get(id) as string | null | undefined) ?? null));
        return value;
      };
      lookups.set(key, found);
    }
    return found;
  }

  function siteOf(entity: string, record: string, fields: Fields): string | null {
    const of = (field: string): string | null => textOf(fields[field]);
    const via = (field: string, to: string): string | null => {
      const id = of(field);
      return id === null ? null : look(to, 'site')(id);
    };
    switch (entity) {
      case 'site':
        return record;
      case 'check':
        return siteOfVisit(of('visit'));
      case 'friendReading':
      case 'photo':
        return siteOfOwner(of('ownerKind'), of('owner'));
      case 'match':
        return via('left', 'store');
      default:
        // Only one of them points anywhere; where two do, the shop says it more exactly.
        return via('store', 'store') ?? of('site') ?? via('session', 'session');
    }
  }

  function siteOfVisit(visit: string | null): string | null {
    if (visit === null) return null;
    const fields = { store: look('visit', 'store')(visit), session: look('visit', 'session')(visit) };
    return siteOf('visit', visit, fields);
  }

  function siteOfOwner(kind: string | null, owner: string | null): string | null {
    if (owner === null) return null;
    if (kind === 'site') return owner;
    if (kind === 'visit') return siteOfVisit(owner);
    return kind === 'store' || kind === 'session' ? look(kind, 'site')(owner) : null;
  }

  function workerOf(entity: string, fields: Fields, { id, author }: Change): Worker {
    const visit = entity === 'check' ? textOf(fields['visit']) : null;
    const person =
      textOf(fields['trainer']) ??
      (visit === null ? null : look('visit', 'trainer')(visit)) ??
      author ??
      onlyTrainer(textOf(fields['session']));
    return person ? { kind: 'person', id: person } : { kind: 'laptop', id: parseChangeId(id).laptop };
  }

  /** Of a session that one person held. */
  function onlyTrainer(session: string | null): string | null {
    const trainers = session === null ? null : look('session', 'trainers')(session);
    const ids = trainers === null ? [] : (JSON.parse(trainers) as string[]);
    return ids.length === 1 ? ids[0]! : null;
  }

  return { siteOf, workerOf };
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
