import { faultOfDay, FIRST_CHANNELS, type DateFault, type DayBounds } from '#shared/desk/dates.ts';
import type { Finding } from '#shared/desk/data-lines.ts';
import { parseChangeId } from '#shared/merge/clock.ts';
import { headsOf } from '#shared/merge/register.ts';
import { listed, perQuestion, type Found, type Line, type Reading } from './line.ts';

/** Shops as the figures count them: declined ones take no part. */
const WHERE = `WHERE s.status IS NOT 'declined'
  AND (@program IS NULL OR s.site IN (SELECT id FROM live_site WHERE program = @program))`;

/** What makes a shop a row of a line. */
const CONDITIONS = {
  noSite: '(s.site IS NULL OR s.site IN (SELECT value FROM json_each(@unknown)))',
  dayWithoutUrl: "s.channelOpenedOn IS NOT NULL AND (s.channelUrl > '') IS NOT 1",
  urlWithoutDay: "s.channelOpenedOn IS NULL AND s.channelUrl > ''",
} as const;

type Condition = keyof typeof CONDITIONS;
type Row = Record<string, string | null> & { id: string };

/** Sites that shops name and that are not here, or deleted: found by the index, not shop by shop. */
const unknownSites = perQuestion(({ db }): string => {
  const named = db.prepare('SELECT DISTINCT site FROM r_store WHERE site IS NOT NULL').pluck().all();
  const known = new Set(db.prepare('SELECT id FROM live_site').pluck().all());
  return JSON.stringify(named.filter((id) => !known.has(id)));
});

type DayField = 'channelOpenedOn' | 'mapRegisteredOn';

/**
 * How many shops each condition finds, and which days are written: one walk over the shops, which is what takes the time.
 * Nearly never is a site unknown: its shops are asked for by the index, and only then.
 */
const walked = perQuestion((store, question): Record<Condition, number> & Record<DayField, string[]> => {
  const { program } = question;
  const conditions = { ...CONDITIONS, noSite: 's.site IS NULL' };
  const columns = [
    ...Object.entries(conditions).map(([name, where]) => `coalesce(sum(${where}), 0) AS ${name}`),
    ...['channelOpenedOn', 'mapRegisteredOn'].map(
      (field) => `json_group_array(DISTINCT s.${field}) FILTER (WHERE s.${field} IS NOT NULL) AS ${field}`,
    ),
  ];
  const found = store.db.prepare(`SELECT ${columns.join(', ')} FROM live_store s ${WHERE}`).get({
    program,
  }) as Record<Condition, number> & Record<DayField, string>;
  const unknown = unknownSites(store, question);
  const astray = store.db
    .prepare(
      `SELECT count(*) FROM live_store s ${WHERE} AND s.site IN (SELECT value FROM json_each(@unknown))`,
    )
    .pluck();
  return {
    ...found,
    noSite: found.noSite + (unknown === '[]' ? 0 : (astray.get({ program, unknown }) as number)),
    channelOpenedOn: JSON.parse(found.channelOpenedOn) as string[],
    mapRegisteredOn: JSON.parse(found.mapRegisteredOn) as string[],
  };
});

/** A line that a condition finds: of however many rows, only those of a page are read. */
function conditioned(name: Condition, findingOf: (row: Row) => Finding): Line {
  const where = CONDITIONS[name];
  return {
    count: (store, question) => walked(store, question)[name],
    rows(store, question, from, limit) {
      const rows = store.db
        .prepare(
          `SELECT s.id, s.site, s.channelOpenedOn, s.channelUrl FROM live_store s ${WHERE} AND ${where}
           ORDER BY s.id LIMIT @limit OFFSET @from`,
        )
        .all({
          program: question.program,
          from,
          limit,
          ...(name === 'noSite' ? { unknown: unknownSites(store, question) } : {}),
        }) as Row[];
      return rows.map((row) => foundShop(row.id, findingOf(row)));
    },
  };
}

function foundShop(id: string, finding: Finding): Found {
  return { entity: 'store', id, findings: [finding], screen: { at: 'store', id } };
}

export const noSite = conditioned('noSite', ({ site }) => ({
  what: site === null ? 'noSite' : 'unknownSite',
}));

export const dayWithoutUrl = conditioned('dayWithoutUrl', ({ channelOpenedOn }) => ({
  what: 'openedOn',
  day: channelOpenedOn!,
}));

export const urlWithoutDay = conditioned('urlWithoutDay', ({ channelUrl }) => ({
  what: 'hasUrl',
  url: channelUrl!,
}));

export const channelDates = shopDates('channelOpenedOn', FIRST_CHANNELS);
export const mapDates = shopDates('mapRegisteredOn');

/** There are few days and many shops: each day is judged once. */
function shopDates(field: DayField, earliest?: string): Line {
  return listed((store, question) => {
    const { today, program } = question;
    const faults = faultsOf(walked(store, question)[field], {
      today,
      ...(earliest === undefined ? {} : { earliest }),
    });
    if (faults.size === 0) return [];
    const rows = store.db
      .prepare(
        `SELECT s.id, s."${field}" AS day FROM live_store s ${WHERE}
           AND s."${field}" IN (SELECT value FROM json_each(@days)) ORDER BY day DESC, s.id`,
      )
      .all({ program, days: JSON.stringify([...faults.keys()]) }) as { id: string; day: string }[];
    return rows.map(({ id, day }) => foundShop(id, { what: 'date', fault: faults.get(day)!, day }));
  });
}

/** The days that cannot be, with what is wrong with them. */
function faultsOf(days: readonly string[], bounds: DayBounds): Map<string, DateFault> {
  return new Map(
    days.flatMap((day) => {
      const fault = faultOfDay(day, bounds);
      return fault === null ? [] : [[day, fault] as const];
    }),
  );
}

/** The day on which a shop was marked closed is that of the change, in Seoul: the record itself does not say. */
export const closedButVisited: Line = listed((store, { program }) => {
  const rows = store.db
    .prepare(
      `SELECT s.id, max(v."date") AS visited FROM live_store s
       JOIN live_visit v ON v.store = s.id AND v.outcome = 'done' ${WHERE} AND s.status = 'closed'
       GROUP BY s.id ORDER BY visited DESC, s.id`,
    )
    .all({ program }) as { id: string; visited: string | null }[];
  return rows.flatMap(({ id, visited }) => {
    const closed = closedOn(store, id);
    if (visited === null || closed === null || visited <= closed) return [];
    return [foundShop(id, { what: 'visitedAfterClosing', closed, visited })];
  });
});

function closedOn({ projector }: Reading, id: string): string | null {
  const changes = projector.changesAt(projector.table('store').places(id));
  const heads = headsOf(changes).get('status') ?? [];
  const shown = heads
    .map(({ change }) => change.id)
    .sort()
    .at(-1);
  return shown === undefined ? null : dayOfClock(parseChangeId(shown).ms);
}

const SEOUL_AHEAD = 9 * 3_600_000;

function dayOfClock(ms: number): string {
  return new Date(ms + SEOUL_AHEAD).toISOString().slice(0, 10);
}

/** Readings of shops and sites; those of deleted ones do not count. A site has no screen: its history is read instead. */
export const readingDates: Line = listed(({ db }, { today, program }) => {
  const faults = faultsOf(
    db
      .prepare('SELECT DISTINCT "date" FROM live_friendReading WHERE "date" IS NOT NULL')
      .pluck()
      .all() as string[],
    { today },
  );
  if (faults.size === 0) return [];
  const rows = db
    .prepare(
      `SELECT f.id, f.owner, f.ownerKind, f."date" AS day
       FROM live_friendReading f
       LEFT JOIN r_store s ON f.ownerKind = 'store' AND s.id = f.owner
       LEFT JOIN r_site t ON t.id = CASE f.ownerKind WHEN 'site' THEN f.owner ELSE s.site END
       WHERE f.friends IS NOT NULL AND s.deleted IS NOT 1 AND t.deleted IS NOT 1
         AND f."date" IN (SELECT value FROM json_each(@days)) AND (@program IS NULL OR t.program = @program)
       ORDER BY day DESC, f.id`,
    )
    .all({ program, days: JSON.stringify([...faults.keys()]) }) as {
    id: string;
    owner: string | null;
    ownerKind: string | null;
    day: string;
  }[];
  return rows.map(({ id, owner, ownerKind, day }): Found => ({
    entity: 'friendReading',
    id,
    findings: [{ what: 'date', fault: faults.get(day)!, day }],
    screen: ownerKind === 'store' && owner !== null ? { at: 'store', id: owner } : null,
  }));
});
