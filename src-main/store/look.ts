import { fieldsOf, isEntityName, type EntityName } from '#shared/model/model.ts';
import type { Db, Statement } from './sqlite.ts';
import type { Look } from './titles.ts';

/** What leads from record to record, and what records are called by. */
const WANTED = new Set(['name', 'title', 'caption', 'item', 'date', 'items', 'ownerKind', 'kind']);

/**
 * Reads of records only what names them and where they belong, each once: for lists that ask for the same shops and
 * markets thousands of times. It answers for as long as nothing is written.
 */
export function lookOnce(db: Db): Look {
  const statements = new Map<string, Statement>();
  const known = new Map<string, ReturnType<Look>>();

  function statementOf(entity: EntityName): Statement {
    let found = statements.get(entity);
    if (!found)
      statements.set(
        entity,
        (found = db.prepare(`SELECT ${columnsOf(entity)} FROM r_${entity} WHERE id = ?`)),
      );
    return found;
  }

  return (entity, id) => {
    if (!isEntityName(entity)) return undefined;
    const key = `${entity} ${id}`;
    if (known.has(key)) return known.get(key);
    const row = statementOf(entity).get(id) as Record<string, unknown> | undefined;
    if (typeof row?.['items'] === 'string') row['items'] = JSON.parse(row['items']);
    known.set(key, row);
    return row;
  };
}

function columnsOf(entity: EntityName): string {
  const names = fieldsOf(entity)
    .filter(([name, { kind }]) => kind === 'ref' || WANTED.has(name))
    .map(([name]) => `"${name}"`);
  return ['id', ...names].join(', ');
}
