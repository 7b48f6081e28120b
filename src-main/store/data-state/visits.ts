import type { Finding } from '#shared/desk/data-lines.ts';
import { faultOfDay, faultOfSpan, type DateFault, type DayBounds } from '#shared/desk/dates.ts';
import { checklistItems } from '#shared/model/templates.ts';
import type { Db } from '../sqlite.ts';
import { listed, remembered, type DataQuestion, type Found, type Line } from './line.ts';

/**
 * Visits as the figures count them: those of a deleted session or shop are none, those of one that never arrived are. The
 * newest first.
 */
const FROM = `FROM live_visit v LEFT JOIN r_session e ON e.id = v.session LEFT JOIN r_store s ON s.id = v.store
  LEFT JOIN live_program g ON g.id = e.program
  WHERE e.deleted IS NOT 1 AND s.deleted IS NOT 1 AND (@program IS NULL OR g.id = @program)`;
const ORDER = `ORDER BY v."date" DESC, v.startedAt DESC, v.id DESC`;

interface VisitRow {
  readonly id: string;
  readonly date: string | null;
}

function visits(db: Db, { today, program }: DataQuestion, where: string): VisitRow[] {
  return db
    .prepare(`SELECT v.id, v."date" ${FROM} AND ${where} ${ORDER}`)
    .all({ program, today }) as VisitRow[];
}

function foundVisit(id: string, findings: readonly Finding[]): Found {
  return { entity: 'visit', id, findings, screen: { at: 'visit', id } };
}

/** A day that is past: what was begun today may still be under way. */
const PAST = '(v."date" < @today OR v."date" IS NULL)';

export const noOutcome: Line = listed(({ db }, question) =>
  visits(db, question, `v.outcome IS NULL AND ${PAST}`).map(({ id, date }) =>
    foundVisit(id, [{ what: 'openSince', day: date }]),
  ),
);

export const notEnded: Line = listed(({ db }, question) =>
  visits(
    db,
    question,
    `v.outcome IS NOT NULL AND v.startedAt IS NOT NULL AND v.endedAt IS NULL AND ${PAST}`,
  ).map(({ id, date }) => foundVisit(id, [{ what: 'noEnd', day: date }])),
);

/** Every visit is judged, so nothing is joined: what its session and programme say is looked up. */
export const visitDates: Line = listed(({ db }, { today, program }) => {
  const bounds = new Map(
    (
      db
        .prepare(
          `SELECT e.id, g.id AS program, g.startsOn, g.endsOn FROM live_session e JOIN live_program g ON g.id = e.program`,
        )
        .all() as { id: string; program: string; startsOn: string | null; endsOn: string | null }[]
    ).map(({ id, ...of }) => [id, { program: of.program, faultOf: judge(of, today) }]),
  );
  const elsewhere = { program: null, faultOf: judge({}, today) };
  const rows = db
    .prepare(`SELECT id, session, store, "date", startedAt, endedAt FROM live_visit v ${ORDER}`)
    .raw()
    .all() as [id: string, session: string | null, store: string | null, ...times: (string | null)[]][];
  const isGone = db.prepare(
    'SELECT 1 FROM r_session WHERE id = ? AND deleted = 1 UNION ALL SELECT 1 FROM r_store WHERE id = ? AND deleted = 1',
  );
  return rows.flatMap(([id, session, shop, date = null, startedAt = null, endedAt = null]) => {
    const of = bounds.get(session ?? '') ?? elsewhere;
    if (program !== null && of.program !== program) return [];
    const fault = date === null ? null : of.faultOf(date);
    const faults = [fault, faultOfSpan(startedAt, endedAt)].filter((one) => one !== null);
    if (faults.length === 0 || isGone.get(session, shop)) return [];
    return [
      foundVisit(
        id,
        faults.map((fault) => ({ what: 'date', fault, day: date ?? '' })),
      ),
    ];
  });
});

/** The visits of a session are of a day or two: each day is judged once. */
function judge(
  { startsOn, endsOn }: Omit<DayBounds, 'today'>,
  today: string,
): (day: string) => DateFault | null {
  return remembered((day) => faultOfDay(day, { today, startsOn, endsOn }));
}

/** The items of the checklist that a visit went by, which is the programme's where the visit names none. */
export const unanswered: Line = listed(({ db }, { program }) => {
  const items = itemsByTemplate(db);
  const done = (
    db
      .prepare(
        `SELECT v.id, coalesce(v.checklistTemplate, g.checklistTemplate) ${FROM} AND v.outcome = 'done' ${ORDER}`,
      )
      .raw()
      .all({ program }) as [id: string, template: string | null][]
  ).flatMap(([id, template]) => {
    const keys = items.get(template ?? '');
    return keys ? [{ id, keys, answered: 0 }] : [];
  });
  const byId = new Map(done.map((visit) => [visit.id, visit]));
  // A check's id is made of its visit and item: no item is answered twice.
  const answers = db.prepare('SELECT visit, item FROM live_check WHERE state IS NOT NULL').raw().all();
  for (const [id, item] of answers as [string, string][]) {
    const visit = byId.get(id);
    if (visit?.keys.has(item)) visit.answered += 1;
  }
  return done
    .filter(({ keys, answered }) => answered < keys.size)
    .map(({ id, keys, answered }) =>
      foundVisit(id, [{ what: 'itemsOpen', n: keys.size - answered, of: keys.size }]),
    );
});

/** Of deleted templates too: they still say what was asked. */
function itemsByTemplate(db: Db): Map<string, ReadonlySet<string>> {
  const rows = db.prepare('SELECT id, items FROM r_checklistTemplate').all() as {
    id: string;
    items: string | null;
  }[];
  return new Map(
    rows.map(({ id, items }) => {
      const asked = checklistItems(items === null ? null : (JSON.parse(items) as unknown));
      return [id, new Set(asked.map(({ key }) => key))];
    }),
  );
}
