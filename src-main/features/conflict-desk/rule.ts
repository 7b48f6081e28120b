import { decide, type Rule, type RuleSide } from '#shared/conflicts/rules.ts';
import type { CheckedOf } from '#shared/contract/contract.ts';
import type { RuleChoice, RuleLeft, RulePreview } from '#shared/contract/conflicts.ts';
import { canonical, type Json } from '#shared/merge/canonical.ts';
import { isFuture, parseChangeId } from '#shared/merge/clock.ts';
import { changesAbout } from '../../store/conflict-queries.ts';
import type { Imports } from '../../store/imports.ts';
import type { Db } from '../../store/sqlite.ts';
import { LARGEST } from '../../store/steps.ts';
import type { Deps } from '../deps.ts';
import { addNames, gather, type Gathered } from './gather.ts';
import { changesFrom, sidesOf, type Side } from './sides.ts';

type Input = CheckedOf<'conflicts.preview'>;

/** Progress is told this often. */
const STRIDE = 250;

/** The sides of conflicts that were looked at last: whoever tries one rule after another reads them from the log once. */
export type SeenSides = Map<string, { readonly places: string; readonly fields: Map<string, Side[]> }>;

/** What a rule would settle and what it would leave, in the order of the list. */
export function preview(deps: Deps, input: Input, seen: SeenSides): RulePreview {
  const { store, tell } = deps;
  const { rows, groups, look } = gather(store);
  const wanted = rows.filter((row) => isOver(input.over, row));
  readAhead(store.db, wanted, seen);
  const judge = judgeFor(deps, input, seen);
  const settles: RuleChoice[] = [];
  const stays: RuleLeft[] = [];
  const names: Record<string, string> = {};
  const met = new Set<string>();
  for (const [at, row] of wanted.entries()) {
    if (at > 0 && at % STRIDE === 0) tell({ kind: 'progress', job: 'rule', done: at, total: wanted.length });
    const { entity, record, field, group, title, conflict } = row;
    met.add(group);
    const about = { entity, record, field, group, title };
    const judged = judge(row);
    if ('why' in judged) stays.push({ ...about, why: judged.why });
    else if (settles.length === LARGEST) stays.push({ ...about, why: 'limit' });
    else {
      const shown = conflict.row.fields[field] ?? null;
      const text = canonical(judged.value);
      const others = conflict.values.filter((value) => canonical(value) !== text);
      settles.push({ ...about, shown, value: judged.value, others, seen: judged.seen });
      addNames(names, look, conflict, [...others, judged.value]);
    }
  }
  return { settles, stays, groups: groups.filter(({ key }) => met.has(key)), names };
}

function isOver(over: Input['over'], row: Gathered): boolean {
  switch (over.over) {
    case 'field':
      return row.entity === over.entity && row.field === over.field;
    case 'entity':
      return row.entity === over.entity;
    case 'group':
      return row.group === over.group;
    case 'all':
      return true;
  }
}

type Ruling = { readonly value: Json; readonly seen: string[] } | { readonly why: RuleLeft['why'] };

function judgeFor(
  { store, now }: Deps,
  { rule, deleted, later }: Input,
  seen: SeenSides,
): (row: Gathered) => Ruling {
  const at = now();
  const filesOf = filesFor(store.imports, rule);
  return (row) => {
    if (row.kind === 'editedAndDeleted' && !deleted) return { why: 'deleted' };
    if (row.later && !later) return { why: 'later' };
    const sides = seen.get(`${row.entity} ${row.record}`)!.fields.get(row.field)!;
    const decision = decide(
      rule,
      sides.flatMap((side) => ruleSides(side, at, filesOf)),
    );
    return 'why' in decision ? decision : { ...decision, seen: sides.map(({ head }) => head.change.id) };
  };
}

/** Reads all that is not known yet in one go. A record that has other changes by now has them at other places. */
function readAhead(db: Db, rows: readonly Gathered[], seen: SeenSides): void {
  const records = new Map<string, Gathered['conflict']['row']>();
  const wanted = new Map<number, readonly string[] | null>();
  for (const { entity, record, conflict } of rows) {
    const key = `${entity} ${record}`;
    if (records.has(key) || seen.get(key)?.places === conflict.row.n.join()) continue;
    records.set(key, conflict.row);
    const fields = Object.keys(conflict.row.conflicts);
    // What a deletion did not know of may be any field.
    for (const n of conflict.row.n) wanted.set(n, fields.includes('deleted') ? null : fields);
  }
  const found = changesAbout(db, wanted);
  for (const [key, { n, conflicts }] of records) {
    const places = n.filter((place) => found.has(place));
    const changes = changesFrom(
      places.map((place) => found.get(place)!),
      places,
    );
    const fields = Object.keys(conflicts).map((field): [string, Side[]] => [field, sidesOf(changes, field)]);
    seen.set(key, { places: n.join(), fields: new Map(fields) });
  }
}

/** One for each who wrote the value. */
function ruleSides({ head, written }: Side, now: number, filesOf: (place: number) => string[]): RuleSide[] {
  return written.map(({ change, place }) => {
    // The order of laptops is no order of time, so the id counts without its laptop.
    const clock = parseChangeId(change.id);
    return {
      value: head.value,
      at: change.id.slice(0, -1 - clock.laptop.length),
      clockSuspect: isFuture(clock, now),
      laptop: clock.laptop,
      author: change.author ?? null,
      files: filesOf(place),
    };
  });
}

/** Only the file that the rule names is looked for. */
function filesFor(imports: Imports, rule: Rule): (place: number) => string[] {
  if (rule.by !== 'file') return () => [];
  const brought = imports.broughtBy(rule.file);
  return (place) => (brought(place) ? [rule.file] : []);
}
