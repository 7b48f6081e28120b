import type { Store } from '#main/store/store.ts';
import type { TablePort, TableRecord } from './table-port.ts';

/** The store as table imports see it. */
export function tablePort(
  { db, log, projector }: Pick<Store, 'db' | 'log' | 'projector'>,
  newId: () => string,
): TablePort {
  return {
    newId,
    has(entity, id) {
      projector.catchUp();
      const found = projector.table(entity).get(id);
      return found !== undefined && found.fields['deleted'] !== true;
    },
    rows(entity, where = {}) {
      projector.catchUp();
      const names = Object.keys(where);
      const filter = names.map((name) => `"${name}" IS ?`).join(' AND ') || '1';
      const ids = db.prepare(`SELECT id FROM live_${entity} WHERE ${filter} ORDER BY id`).pluck();
      const table = projector.table(entity);
      return (ids.all(...Object.values(where)) as string[]).map((id): TableRecord => {
        const { fields = {}, conflicts = {} } = table.get(id) ?? {};
        return { id, fields, conflicts: Object.keys(conflicts) };
      });
    },
    write: (changes) => void log.write(changes),
  };
}
