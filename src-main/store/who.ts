import type { Db } from './sqlite.ts';

/** Whose hands a store is in: the laptop, and the person whom it says it is used by. */
export interface WhoIsHere {
  readonly laptop: { readonly id: string; readonly name: string };
  readonly person: { readonly id: string; readonly name: string | null } | null;
}

export function whoIsHere(db: Db): WhoIsHere {
  return openWho(db)();
}

/** The same for whoever asks often. */
export function openWho(db: Db): () => WhoIsHere {
  const meta = db.prepare('SELECT value FROM meta WHERE key = ?').pluck();
  const nameOf = db.prepare('SELECT name FROM r_person WHERE id = ?').pluck();
  const text = (key: string): string => (meta.get(key) as string | undefined) ?? '';
  return () => {
    const author = text('author');
    const laptop = { id: text('laptop.id'), name: text('laptop.name') };
    if (author === '') return { laptop, person: null };
    const name = nameOf.get(author);
    return { laptop, person: { id: author, name: typeof name === 'string' ? name : null } };
  };
}
