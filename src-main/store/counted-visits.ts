import type { CountedVisits } from '#shared/contract/report.ts';
import type { Db } from './sqlite.ts';

/** Which of the visits that the figures count. */
export interface CountedBy {
  readonly program?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly site?: string | undefined;
  readonly trainer?: string | undefined;
  readonly month?: string | undefined;
}

/**
 * The rules of `visitFacts`, in SQL, since a list wants a page of rows and not all facts: a visit of a deleted session or
 * shop does not count, one whose session or shop never arrived does; a period counts real days alone.
 */
const SOURCE = `FROM live_visit v
  LEFT JOIN r_session e ON e.id = v.session
  LEFT JOIN r_store s ON s.id = v.store
  LEFT JOIN live_program g ON g.id = e.program
  LEFT JOIN live_site t ON t.id = coalesce(e.site, s.site)
  LEFT JOIN live_person p ON p.id = v.trainer
  WHERE e.deleted IS NOT 1 AND s.deleted IS NOT 1
    AND (@program IS NULL OR g.id = @program)
    AND (@site IS NULL OR coalesce(e.site, s.site) = @site)
    AND (@trainer IS NULL OR v.trainer = @trainer)
    AND ((@from IS NULL AND @to IS NULL AND @month IS NULL) OR (date(v."date") = v."date" AND v."date" >= '1900-03-01'))
    AND (@from IS NULL OR v."date" >= @from) AND (@to IS NULL OR v."date" <= @to)
    AND (@month IS NULL OR substr(v."date", 1, 7) = @month)`;

export function countedVisits(
  db: Db,
  by: CountedBy,
  offset: number,
  limit: number,
): Pick<CountedVisits, 'total' | 'rows'> {
  const given = {
    program: by.program ?? null,
    from: by.from ?? null,
    to: by.to ?? null,
    site: by.site ?? null,
    trainer: by.trainer ?? null,
    month: by.month ?? null,
  };
  return {
    total: db.prepare(`SELECT count(*) ${SOURCE}`).pluck().get(given) as number,
    rows: db
      .prepare(
        `SELECT v.id, v."date" AS date, coalesce(s.name, '') AS store, coalesce(t.name, '') AS site,
           p.name AS trainer, v.outcome ${SOURCE}
         ORDER BY v."date" DESC, v.startedAt DESC, v.id LIMIT @limit OFFSET @offset`,
      )
      .all({ ...given, limit, offset }) as CountedVisits['rows'],
  };
}
