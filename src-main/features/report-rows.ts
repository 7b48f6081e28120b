import type { CheckedOf, OutputOf } from '#shared/contract/contract.ts';
import type { CountedRows } from '#shared/contract/report.ts';
import { countedRows, type CountedRow } from '#shared/figures/counted.ts';
import { maskName } from '#shared/model/mask.ts';
import { lookOnce } from '../store/look.ts';
import { gatherTracedRows } from '../store/report-rows.ts';
import type { Db } from '../store/sqlite.ts';
import { titleFrom, type Look } from '../store/titles.ts';
import { checkQuestion, type ReportDeps } from './report-question.ts';
import { whileUnchanged } from './unchanged.ts';

type Asked = CheckedOf<'report.rows'>;
type Row = CountedRows['rows'][number];

/** A page of the rows behind a figure; which rows those are is found once for as long as the log is as it was. */
export function rowsBehind({ store }: Pick<ReportDeps, 'store'>): (input: Asked) => OutputOf<'report.rows'> {
  const unchanged = whileUnchanged(store);
  return ({ after, limit, ...asked }) => {
    const found = unchanged.once(JSON.stringify(asked), () => {
      const { figure, site, trainer, month, ...question } = asked;
      const rows = gatherTracedRows(store.db);
      checkQuestion(question, rows);
      return countedRows(rows, figure, question, { site, trainer, month });
    });
    const from = Number(after ?? 0);
    const end = Math.min(from + limit, found.length);
    const named = namer(store.db);
    return {
      total: found.length,
      rows: found.slice(from, end).map(named),
      next: end < found.length ? String(end) : null,
    };
  };
}

function namer(db: Db): (row: CountedRow) => Row {
  const plain = lookOnce(db);
  const look: Look = (entity, id) => {
    const fields = plain(entity, id);
    return fields && entity === 'person'
      ? { ...fields, name: maskName(typeof fields['name'] === 'string' ? fields['name'] : null) }
      : fields;
  };
  const visited = db.prepare(
    'SELECT v.outcome, p.name FROM r_visit v LEFT JOIN live_person p ON p.id = v.trainer WHERE v.id = ?',
  );
  return ({ session, ...row }) => {
    const fields = look(row.entity, row.id) ?? {};
    const { title, context } = nameOf(row, session, fields, look);
    const visit =
      row.entity === 'visit'
        ? (visited.get(row.id) as { outcome: Row['outcome']; name: string | null } | undefined)
        : undefined;
    return {
      ...row,
      entity: row.entity as Row['entity'],
      title,
      context: [context, maskName(visit?.name ?? null)].filter(Boolean).join(' · '),
      outcome: visit?.outcome ?? null,
      lead: leadOf(row, session, fields),
    };
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** By what a person knows it; a day is told beside it, and a shop says in which market it is. */
function nameOf(
  { entity, id }: Pick<CountedRow, 'entity' | 'id'>,
  session: string | null,
  fields: Fields,
  look: Look,
): { title: string; context: string } {
  if (entity === 'surveyResponse') {
    const { title, context } = session ? named('session', session, look) : { title: '', context: '' };
    return { title, context };
  }
  const own = titleFrom(entity, { ...fields, date: undefined }, look);
  const shop = fields['store'] ?? (fields['ownerKind'] === 'store' ? fields['owner'] : undefined);
  const market = typeof shop === 'string' ? named('store', shop, look).context : '';
  const at = entity === 'person' && session ? named('session', session, look).title : '';
  const parts = entity === 'visit' ? [market || own.context] : [own.context, market, at];
  // A market may be named by the record itself and by its shop.
  const told = new Set(parts.flatMap((part) => part.split(' · ')).filter(Boolean));
  return { title: own.title || id.slice(0, 8), context: [...told].join(' · ') };
}

function named(entity: string, id: string, look: Look): { title: string; context: string } {
  const fields = look(entity, id);
  return fields ? titleFrom(entity, fields, look) : { title: '', context: '' };
}

function leadOf(
  { entity, id }: Pick<CountedRow, 'entity' | 'id'>,
  session: string | null,
  fields: Fields,
): Row['lead'] {
  switch (entity) {
    case 'site':
    case 'store':
    case 'session':
    case 'visit':
      return { to: entity, id };
    case 'person':
      return session === null ? null : { to: 'attendance', id: session };
    case 'surveyResponse':
      return session === null ? null : { to: 'survey', id: session };
    default: {
      const isSite = fields['ownerKind'] === 'site' || (entity === 'award' && !fields['store']);
      const to = entity === 'friendReading' ? fields['owner'] : isSite ? fields['site'] : fields['store'];
      return typeof to === 'string' ? { to: isSite ? 'site' : 'store', id: to } : null;
    }
  }
}
