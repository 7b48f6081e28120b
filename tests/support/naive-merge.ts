import type { Change } from '#shared/merge/change.ts';

/**
 * The rules of the merge a second time, as plainly as the text says them and without a thought for speed. Nothing here is
 * shared with src-shared/merge: the two are held against each other.
 */
type Value = unknown;

/** The dump of a set of changes: one line a record, sorted by entity and id. */
export function naiveDump(changes: readonly Change[]): string {
  const once = new Map(changes.map((change) => [change.id, change]));
  const records = new Map<string, Change[]>();
  for (const change of once.values()) {
    const key = JSON.stringify([change.entity, change.record]);
    records.set(key, [...(records.get(key) ?? []), change]);
  }
  const lines = [...records].map(([key, own]) => {
    const [entity, id] = JSON.parse(key) as [string, string];
    return { entity, id, text: naiveLine(entity, id, own) };
  });
  lines.sort((a, b) => order(a.entity, b.entity) || order(a.id, b.id));
  return lines.map(({ text }) => `${text}\n`).join('');
}

/** One record of the dump. */
export function naiveLine(entity: string, id: string, changes: readonly Change[]): string {
  const names = [...new Set(changes.flatMap((change) => Object.keys(change.set ?? {})))];
  const fields: Record<string, Value> = {};
  const conflicts: Record<string, Value[]> = {};
  for (const name of names) {
    const heads = naiveHeads(changes, name);
    if (heads.length === 0) continue;
    const values = heads.map((head) => valueOf(changes, head, name));
    const last = heads.reduce((a, b) => (a.id > b.id ? a : b));
    const shown = valueOf(changes, last, name);
    if (shown !== null) fields[name] = shown;
    const texts = [...new Set(values.map(sortedJson))].sort();
    if (texts.length > 1) conflicts[name] = texts.map((text) => JSON.parse(text) as Value);
  }
  if (fields['deleted'] === true && isEditedToo(changes, names)) conflicts['deleted'] = [false, true];
  return sortedJson({ entity, id, fields, ...(Object.keys(conflicts).length > 0 ? { conflicts } : {}) });
}

/** "The changes which set it and which no other change that sets it names as prior." */
export function naiveHeads(changes: readonly Change[], name: string): Change[] {
  const setting = changes.filter((change) => change.set && name in change.set);
  return setting.filter(
    (change) => !setting.some((other) => other !== change && (other.prior?.[name] ?? []).includes(change.id)),
  );
}

/** Blank where an erasure of the field is here that the author of the value did not name. */
function valueOf(changes: readonly Change[], head: Change, name: string): Value {
  const erasures = changes.filter((change) => change.erase?.includes(name));
  const erased = erasures.some((erasure) => !(head.prior?.[name] ?? []).includes(erasure.id));
  return erased ? null : head.set![name];
}

/** "A head of another field that no head of deleted saw and that saw no head of deleted." */
function isEditedToo(changes: readonly Change[], names: readonly string[]): boolean {
  const deletions = naiveHeads(changes, 'deleted');
  return names
    .filter((name) => name !== 'deleted')
    .some((name) =>
      naiveHeads(changes, name).some(
        (edit) =>
          !deletions.some((deletion) => deletion === edit) &&
          !deletions.some((deletion) => (deletion.prior?.[name] ?? []).includes(edit.id)) &&
          !deletions.some((deletion) => (edit.prior?.['deleted'] ?? []).includes(deletion.id)),
      ),
    );
}

function sortedJson(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => order(a, b));
  return `{${members.map(([key, item]) => `${JSON.stringify(key)}:${sortedJson(item)}`).join(',')}}`;
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
