import type { TemplateRow } from '#shared/contract/templates.ts';
import { checklistItems, surveyQuestions } from '#shared/model/templates.ts';
import { familyOf, stateOf, type TemplateKind, type TemplateLink } from '#shared/model/template-versions.ts';
import type { Db } from './sqlite.ts';
import type { Store } from './store.ts';

interface Stored extends TemplateLink {
  readonly name: string;
  readonly entries: string | null;
}

interface Answers {
  readonly template: string;
  /** Deleted ones too. */
  readonly given: number;
  readonly live: number;
}

/** A visit from before visits named their checklist goes by that of its programme. */
const answersUnder: Record<TemplateKind, string> = {
  checklist: `
SELECT coalesce(v.checklistTemplate, g.checklistTemplate) AS template, count(*) AS given,
  count(*) FILTER (WHERE v.deleted IS NOT 1) AS live
FROM r_visit v LEFT JOIN r_session e ON e.id = v.session LEFT JOIN r_program g ON g.id = e.program
GROUP BY 1 HAVING template IS NOT NULL`,
  survey: `
SELECT template, count(*) AS given, count(*) FILTER (WHERE deleted IS NOT 1 AND submittedAt IS NOT NULL) AS live
FROM r_surveyResponse WHERE template IS NOT NULL GROUP BY template`,
};

const columns: Record<TemplateKind, string> = { checklist: 'items', survey: 'questions' };

/** Every version of every template of a kind, newest first, with its state and what uses it. */
export function listTemplates(db: Db, kind: TemplateKind): TemplateRow[] {
  const all = storedTemplates(db, kind, 'live_');
  const answers = new Map(
    (db.prepare(answersUnder[kind]).all() as Answers[]).map((row) => [row.template, row]),
  );
  const programs = db
    .prepare(
      `SELECT id, coalesce(name, '') AS name, ${kind}Template AS template FROM live_program ORDER BY startsOn DESC, name, id`,
    )
    .all() as { id: string; name: string; template: string | null }[];
  return all.map(({ entries, ...template }) => {
    const using = programs.filter((program) => program.template === template.id);
    const given = answers.get(template.id);
    return {
      kind,
      ...template,
      state: stateOf(template.id, { programs: using.length, answered: (given?.given ?? 0) > 0 }, all),
      size: sizeOf(kind, entries),
      programs: using.map(({ id, name }) => ({ id, name })),
      answers: given?.live ?? 0,
    };
  });
}

/**
 * The labels of checklist items by their keys, as the other versions of a template have them, then as any other template
 * has them, then as the template itself once had them: an answer whose item is gone from its checklist still has words.
 * Deleted templates speak too.
 */
export function labelsBeside({ db, projector }: Store, template: string | null): Map<string, string> {
  const all = storedTemplates(db, 'checklist', 'r_');
  const family = template === null ? [] : familyOf(template, all).reverse();
  const once =
    template === null ? [] : projector.changesAt(projector.table('checklistTemplate').places(template));
  const lists = [
    ...[...family, ...all].map(({ entries }) => parsed(entries)),
    ...once.map(({ set }) => set?.['items']).reverse(),
  ];
  const labels = new Map<string, string>();
  for (const { key, label } of lists.flatMap(checklistItems)) {
    if (!labels.has(key)) labels.set(key, label);
  }
  return labels;
}

function storedTemplates(db: Db, kind: TemplateKind, prefix: 'live_' | 'r_'): Stored[] {
  return db
    .prepare(
      `SELECT id, coalesce(name, '') AS name, coalesce(version, 1) AS version, basedOn, ${columns[kind]} AS entries
       FROM ${prefix}${kind}Template ORDER BY version DESC, id DESC`,
    )
    .all() as Stored[];
}

function sizeOf(kind: TemplateKind, entries: string | null): number {
  return kind === 'checklist'
    ? checklistItems(parsed(entries)).length
    : surveyQuestions(parsed(entries)).length;
}

function parsed(entries: string | null): unknown {
  return entries === null ? null : JSON.parse(entries);
}
