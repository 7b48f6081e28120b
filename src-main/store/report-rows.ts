import type { TracedRows } from '#shared/figures/counted.ts';
import type { DrawnRows } from '#shared/figures/dashboard.ts';
import type { ReportRows } from '#shared/figures/report-rows.ts';
import type { FigureRows } from '#shared/figures/rows.ts';
import type { EntityName } from '#shared/model/model.ts';
import type { Db } from './sqlite.ts';
import { COUNTED_ANSWERS } from './survey-queries.ts';

interface Selection {
  readonly entity: EntityName;
  /** What the figures need; `shown` is what a report shows beside them. */
  readonly counted: readonly string[];
  readonly shown?: readonly string[];
  /** What the charts on screen show beside the figures; these rows come in the order of a report. */
  readonly drawn?: readonly string[];
  /** What a person who follows a figure down to its rows needs besides. */
  readonly traced?: readonly string[];
  /** The order of a report; the figures do not depend on it, and sorting 66,000 shops takes time. */
  readonly reportOrder?: string;
  /** An order that always holds. */
  readonly order?: string;
  /** A deleted template still says what the answers under it mean. */
  readonly withDeleted?: true;
  /** No figure counts it: a report alone shows it. */
  readonly reportOnly?: true;
}

const selections = {
  programs: {
    entity: 'program',
    counted: ['id', 'name', 'kind', 'minimumRespondents'],
    shown: ['startsOn', 'endsOn', 'goalStores', 'goalFriends', 'checklistTemplate'],
    order: 'startsOn IS NULL, startsOn, name, id',
  },
  sites: {
    entity: 'site',
    counted: ['id', 'program', 'kind'],
    shown: [
      'name',
      'province',
      'district',
      'roadAddress',
      'lotAddress',
      'storeCount',
      'phone',
      'channelUrl',
      'indoorMapLinkedOn',
      'salesEventOn',
    ],
    drawn: ['name', 'province', 'district'],
    traced: ['name'],
    reportOrder: "kind IS 'nationwide', province, district, name, id",
  },
  stores: {
    entity: 'store',
    counted: ['id', 'site', 'channelOpenedOn', 'mapRegisteredOn', 'firstOnline', 'status'],
    shown: [
      'name',
      'category',
      'ownerName',
      'phone',
      'businessNumber',
      'roadAddress',
      'lotAddress',
      'unit',
      'channelUrl',
      'mapPlaceUrl',
    ],
    traced: ['name'],
    reportOrder: 'name, id',
  },
  sessions: {
    entity: 'session',
    counted: ['id', 'program', 'site', 'kind', 'date'],
    shown: ['title', 'place', 'status'],
    reportOrder: '"date" IS NULL, "date", startsAt, id',
  },
  people: {
    entity: 'person',
    counted: ['id', 'kind'],
    shown: ['name', 'store'],
    drawn: ['name'],
    reportOrder: 'id',
  },
  attendance: {
    entity: 'attendance',
    counted: ['session', 'person', 'status'],
    shown: ['signedAt'],
    reportOrder: 'person, id',
  },
  visits: {
    entity: 'visit',
    counted: ['session', 'store', 'date'],
    shown: ['id', 'trainer', 'startedAt', 'endedAt', 'outcome', 'checklistTemplate'],
    drawn: ['trainer', 'outcome'],
    traced: ['id', 'trainer'],
    reportOrder: '"date" IS NULL, "date", startedAt, id',
  },
  surveyTemplates: {
    entity: 'surveyTemplate',
    counted: ['id', 'questions'],
    shown: ['name'],
    reportOrder: 'id',
    withDeleted: true,
  },
  surveyResponses: {
    entity: 'surveyResponse',
    counted: ['session', 'store', 'template', 'submittedAt', 'answers'],
    shown: ['mode'],
    traced: ['id'],
  },
  friendReadings: {
    entity: 'friendReading',
    counted: ['owner', 'ownerKind', 'date', 'friends'],
    traced: ['id'],
    reportOrder: '"date", owner',
  },
  grants: {
    entity: 'grant',
    counted: ['program', 'store', 'amount', 'grantedOn'],
    shown: ['usedAmount'],
    traced: ['id'],
    reportOrder: 'grantedOn IS NULL, grantedOn, id',
  },
  awards: {
    entity: 'award',
    counted: ['program', 'store', 'awardedOn'],
    shown: ['site', 'person', 'title'],
    traced: ['id'],
    reportOrder: 'awardedOn IS NULL, awardedOn, id',
  },
  checks: { entity: 'check', counted: ['visit', 'item', 'state', 'value'], reportOnly: true },
  checklistTemplates: {
    entity: 'checklistTemplate',
    counted: ['id', 'name', 'version', 'items'],
    reportOrder: 'name, version, id',
    withDeleted: true,
    reportOnly: true,
  },
} as const satisfies Partial<Record<keyof ReportRows, Selection>>;

type Table = keyof typeof selections;
type What = 'counted' | 'drawn' | 'traced' | 'shown';

/** What `kpis` computes from: every live row that a figure may count, with the few columns that this takes. */
export function gatherFigureRows(db: Db): FigureRows {
  return gather(db, 'counted') as unknown as FigureRows;
}

/** The same rows with what the charts show, sites and visits in the order of the workbook. */
export function gatherDrawnRows(db: Db): DrawnRows {
  const rows = gather(db, 'drawn') as unknown as DrawnRows;
  const programRank = rankOf(rows.programs);
  return { ...rows, sites: sortedBy(rows.sites, ({ program }) => programRank(program)) };
}

/** The same rows with their ids and what tells them apart. */
export function gatherTracedRows(db: Db): TracedRows {
  return gather(db, 'traced') as unknown as TracedRows;
}

/** The same rows with what the workbook shows, in the order in which it shows them: by programme, site and name. */
export function gatherReportRows(db: Db): ReportRows {
  const rows = gather(db, 'shown') as unknown as ReportRows;
  const programRank = rankOf(rows.programs);
  const sites = sortedBy(rows.sites, ({ program }) => programRank(program));
  const siteRank = rankOf(sites);
  return { ...rows, sites, stores: sortedBy(rows.stores, ({ site }) => siteRank(site)) };
}

/** All tables in one read transaction: another process may be writing, and the figures must fit together. */
function gather(db: Db, what: What): Record<Table | 'matches' | 'deleted', unknown> {
  const read = db.transaction(() => {
    const tables: Partial<Record<Table, unknown>> = {};
    const keep = what === 'shown' ? keeper() : null;
    for (const table of Object.keys(selections) as Table[]) {
      const selection: Selection = selections[table];
      if (what === 'shown' || !selection.reportOnly) tables[table] = rowsOf(db, selection, what, keep);
    }
    return {
      ...(tables as Record<Table, unknown>),
      matches: db
        .prepare(
          `SELECT "left", "right" FROM live_match WHERE decision = 'same' AND "left" IS NOT NULL AND "right" IS NOT NULL`,
        )
        .all(),
      deleted: {
        sites: deletedOf(db, 'site'),
        stores: deletedOf(db, 'store'),
        sessions: deletedOf(db, 'session'),
        people: deletedOf(db, 'person'),
      },
    };
  });
  return read.deferred();
}

/**
 * Columns in which few texts stand many times, or those of another table: each text is kept once, for the rows of the
 * national programmes take 58 MB otherwise.
 */
const SHARED_COLUMNS: ReadonlySet<string> = new Set([
  ...['id', 'program', 'site', 'store', 'session', 'person', 'trainer', 'visit', 'owner', 'template'],
  ...['kind', 'ownerKind', 'status', 'state', 'outcome', 'mode', 'category', 'province', 'district', 'item'],
  ...['date', 'grantedOn', 'awardedOn', 'channelOpenedOn', 'mapRegisteredOn', 'checklistTemplate'],
]);

type Keep = (text: string) => string;

function keeper(): Keep {
  const texts = new Map<string, string>();
  return (text) => {
    const known = texts.get(text);
    if (known === undefined) texts.set(text, text);
    return known ?? text;
  };
}

const JSON_COLUMNS = ['questions', 'answers', 'items'];

function rowsOf(db: Db, selection: Selection, what: What, keep: Keep | null): unknown[] {
  const { entity, counted, withDeleted } = selection;
  const more = what === 'counted' ? undefined : selection[what];
  const columns = [...counted, ...(more ?? [])];
  const source = withDeleted ? `r_${entity}` : `live_${entity}`;
  const inOrder = what === 'shown' || (what === 'drawn' && more !== undefined);
  const order = selection.order ?? (inOrder ? selection.reportOrder : undefined);
  const sql = `SELECT ${columns.map(selected).join(', ')} FROM ${source}${order ? ` ORDER BY ${order}` : ''}`;
  const rows = keep ? keptRows(db, sql, columns, keep) : (db.prepare(sql).all() as Record<string, unknown>[]);
  const parsed = columns.filter((name) => JSON_COLUMNS.includes(name));
  for (const name of parsed) {
    for (const row of rows) if (typeof row[name] === 'string') row[name] = JSON.parse(row[name]) as unknown;
  }
  return rows;
}

const selected = (column: string): string => (column === 'answers' ? COUNTED_ANSWERS : `"${column}"`);

/** Row by row, so that no text is here twice for longer than a row. */
function keptRows(db: Db, sql: string, columns: readonly string[], keep: Keep): Record<string, unknown>[] {
  const shared = columns.filter((name) => SHARED_COLUMNS.has(name));
  const rows: Record<string, unknown>[] = [];
  for (const row of db.prepare(sql).iterate() as IterableIterator<Record<string, unknown>>) {
    for (const name of shared) {
      const value = row[name];
      if (typeof value === 'string') row[name] = keep(value);
    }
    rows.push(row);
  }
  return rows;
}

function deletedOf(db: Db, entity: EntityName): ReadonlySet<string> {
  return new Set(db.prepare(`SELECT id FROM r_${entity} WHERE deleted = 1`).pluck().all() as string[]);
}

/** The place of an id in a list; what is not in it comes last. */
function rankOf(list: readonly { id: string }[]): (id: string | null) => number {
  const places = new Map(list.map(({ id }, index) => [id, index]));
  return (id) => (id === null ? list.length : (places.get(id) ?? list.length));
}

function sortedBy<T>(list: readonly T[], rank: (item: T) => number): T[] {
  return list
    .map((item) => ({ item, at: rank(item) }))
    .sort((left, right) => left.at - right.at)
    .map(({ item }) => item);
}
