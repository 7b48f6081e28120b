import { describe, expect, it } from 'vitest';
import type { Figures } from '#shared/contract/report.ts';
import { factsOf } from '#shared/figures/facts.ts';
import { kpisOf } from '#shared/figures/measure.ts';
import type { FigureRows } from '#shared/figures/rows.ts';
import type { Question } from '#shared/figures/scope.ts';

/** Some columns of some rows; what a case does not name is null. */
export type Given = {
  [T in keyof FigureRows]?: FigureRows[T] extends readonly (infer R)[] ? Partial<R>[] : never;
} & {
  gone?: { [T in keyof FigureRows['deleted']]?: string[] };
};

/** Rows with what a case does not care about filled in as null. Programme a is there unless the case brings its own. */
export function rows({ gone = {}, ...given }: Given): FigureRows {
  const fill = <R>(list: Partial<R>[] | undefined, empty: R): R[] =>
    (list ?? []).map((row) => ({ ...empty, ...row }));
  const program = { id: 'a', name: '가', kind: null, minimumRespondents: null };
  return {
    programs: fill(given.programs ?? [program], program),
    sites: fill(given.sites, { id: '', program: null, kind: null }),
    stores: fill(given.stores, {
      id: '',
      site: null,
      channelOpenedOn: null,
      mapRegisteredOn: null,
      firstOnline: null,
      status: null,
    }),
    matches: fill(given.matches, { left: '', right: '' }),
    sessions: fill(given.sessions, { id: '', program: null, site: null, kind: null, date: null }),
    people: fill(given.people, { id: '', kind: null }),
    attendance: fill(given.attendance, { session: null, person: null, status: null }),
    visits: fill(given.visits, { session: null, store: null, date: null }),
    surveyTemplates: fill(given.surveyTemplates, { id: '', questions: null }),
    surveyResponses: fill(given.surveyResponses, {
      session: null,
      store: null,
      template: null,
      submittedAt: null,
      answers: null,
    }),
    friendReadings: fill(given.friendReadings, { owner: null, ownerKind: null, date: null, friends: null }),
    grants: fill(given.grants, { program: null, store: null, amount: null, grantedOn: null }),
    awards: fill(given.awards, { program: null, store: null, awardedOn: null }),
    deleted: {
      sites: new Set(gone.sites),
      stores: new Set(gone.stores),
      sessions: new Set(gone.sessions),
      people: new Set(gone.people),
    },
  };
}

export function figures(
  given: Given,
  question: Question = {},
): { total: Figures; by: Record<string, Figures> } {
  const all = rows(given);
  const { total, programs } = kpisOf(factsOf(all, question), all.programs, question);
  return { total, by: Object.fromEntries(programs.map((program) => [program.id, program])) };
}

export interface Case {
  readonly says: string;
  readonly given: Given;
  readonly question?: Question;
  readonly total: Partial<Figures>;
  readonly a?: Partial<Figures>;
  readonly b?: Partial<Figures>;
}

export const two = [{ id: 'a' }, { id: 'b' }];
export const siteOfEach = [
  { id: 'sa', program: 'a' },
  { id: 'sb', program: 'b' },
];
/** One test for each case: the figures of the total and of programmes a and b. */
export function testFigures(cases: Readonly<Record<string, readonly Case[]>>): void {
  describe.each(Object.entries(cases))('%s', (_name, list) => {
    it.each(list)('$says', ({ given, question, total, a, b }) => {
      const found = figures(given, question);
      expect(found.total).toMatchObject(total);
      if (a) expect(found.by['a']).toMatchObject(a);
      if (b) expect(found.by['b']).toMatchObject(b);
    });
  });
}
