import type { FigureRows, ProgramRow } from './rows.ts';
import { scopeOf, type Question } from './scope.ts';
import { responseFacts, type ResponseFact } from './session-facts.ts';
import { answerTo, questionsAsked, type AskedQuestion } from './survey-questions.ts';
import { ALL, crossOf, groupKey, MINIMUM_RESPONDENTS, withheldIn, type WithheldReason } from './withhold.ts';

/** The figures that tell what people answered, and the column of a response that each is the mean of. */
export const surveyFigures = { surveyMean: 'mean', surveyHelpfulShare: 'helpful' } as const;
export type SurveyFigure = keyof typeof surveyFigures;

type Program = string | null;

/**
 * What may be told of the responses of a period, programme by programme. It is decided over all programmes, whichever is
 * asked for: or the report of one would give away what the report of all withholds.
 */
export interface Disclosure {
  readonly minimumOf: (program: Program) => number;
  /** Of the responses of all programmes together. */
  readonly minimum: number;
  readonly total: (figure: SurveyFigure) => WithheldReason | undefined;
  readonly program: (figure: SurveyFigure, program: Program) => WithheldReason | undefined;
  /** Why the month of a response is not told. */
  readonly month: (fact: ResponseFact) => WithheldReason | undefined;
  /** Whether a response tells none of its 5-point answers; its mean is that of all of its programme that do not. */
  readonly isSilent: (fact: ResponseFact) => boolean;
  /** Why a response does not tell its answer to a question, though it may have none. */
  readonly answer: (fact: ResponseFact, asked: AskedQuestion) => WithheldReason | undefined;
}

export function disclosureOf(rows: FigureRows, { from, to }: Question): Disclosure {
  const facts = responseFacts(rows, scopeOf(rows, { from, to }));
  const minimums = new Map(rows.programs.map((program) => [program.id, minimumIn(program)]));
  const minimumOf = (program: Program): number =>
    (program === null ? undefined : minimums.get(program)) ?? MINIMUM_RESPONDENTS;
  const byProgram = grouped(facts);
  const isFew = (program: Program): boolean => (byProgram.get(program)?.length ?? 0) < minimumOf(program);

  const minimum = Math.max(0, ...[...byProgram.keys()].map(minimumOf)) || MINIMUM_RESPONDENTS;
  const figures = Object.fromEntries(
    Object.entries(surveyFigures).map(([figure, column]) => {
      const withheld = withheldFigure(
        facts.filter((fact) => fact[column] !== null),
        minimumOf,
      );
      // Who are too few are too few for every figure, if none of them answered its question.
      for (const program of byProgram.keys()) if (isFew(program)) withheld.set(groupKey(program), 'few');
      if (facts.length > 0 && facts.length < minimum) withheld.set(groupKey(ALL), 'few');
      return [figure, withheld];
    }),
  ) as Record<SurveyFigure, Map<string, WithheldReason>>;
  const program: Disclosure['program'] = (figure, id) => figures[figure].get(groupKey(id));
  const months = monthsWithheld(byProgram, minimumOf);
  const asked = questionsAsked(
    rows.surveyTemplates,
    facts.map(({ row }) => row),
  );
  const tight = tightQuestions(byProgram, asked, minimumOf);
  const silent = silentScales(byProgram, asked, tight, minimumOf);
  return {
    minimumOf,
    minimum,
    total: (figure) => figures[figure].get(groupKey(ALL)),
    program,
    month: ({ program: of, day }) =>
      program('surveyMean', of) ?? program('surveyHelpfulShare', of) ?? months(of).get(monthKey(day)),
    isSilent: ({ row }) => silent.has(row),
    answer: (fact, one) => {
      const of = fact.program;
      if (isFew(of)) return 'few';
      if (tight.get(of)?.has(one.name)) return 'few';
      if (one.question.kind === 'scale')
        return program('surveyMean', of) ?? (silent.has(fact.row) ? 'subtraction' : undefined);
      return one.question.role === 'helpful' ? program('surveyHelpfulShare', of) : undefined;
    },
  };
}

function minimumIn({ minimumRespondents }: ProgramRow): number {
  return minimumRespondents !== null && minimumRespondents >= 1 ? minimumRespondents : MINIMUM_RESPONDENTS;
}

/** Programmes of which a figure is withheld; where the total is, all are, for what adds up to it would give it away. */
function withheldFigure(
  facts: readonly ResponseFact[],
  minimumOf: Disclosure['minimumOf'],
): Map<string, WithheldReason> {
  const table = crossOf(facts, [({ program }) => program], ({ program }) => minimumOf(program));
  const withheld = withheldIn(table);
  if (withheld.has(groupKey(ALL))) {
    for (const key of table.groups.keys()) if (!withheld.has(key)) withheld.set(key, 'subtraction');
  }
  return withheld;
}

type ByProgram = ReadonlyMap<Program, readonly ResponseFact[]>;

function grouped(facts: readonly ResponseFact[]): ByProgram {
  const groups = new Map<Program, ResponseFact[]>();
  for (const fact of facts) {
    const group = groups.get(fact.program);
    if (group) group.push(fact);
    else groups.set(fact.program, [fact]);
  }
  return groups;
}

/** Months within each programme. */
function monthsWithheld(
  byProgram: ByProgram,
  minimumOf: Disclosure['minimumOf'],
): (program: Program) => ReadonlyMap<string, WithheldReason> {
  const months = new Map(
    [...byProgram].map(([program, facts]) => [
      program,
      withheldIn(crossOf(facts, [({ day }) => day?.slice(0, 7) ?? null], () => minimumOf(program))),
    ]),
  );
  return (program) => months.get(program) ?? new Map<string, WithheldReason>();
}

function monthKey(day: string | null): string {
  return groupKey(day?.slice(0, 7) ?? null);
}

/**
 * Questions that too few people of a programme answered. Their answers are told nowhere, not in a sum over programmes
 * either, so that there is nothing to subtract from.
 */
function tightQuestions(
  byProgram: ByProgram,
  asked: readonly AskedQuestion[],
  minimumOf: Disclosure['minimumOf'],
): Map<Program, Set<string>> {
  return new Map(
    [...byProgram].map(([program, facts]) => [
      program,
      new Set(
        asked.filter((one) => isTight(countOf(one, facts), minimumOf(program))).map(({ name }) => name),
      ),
    ]),
  );
}

function isTight(n: number, minimum: number): boolean {
  return n > 0 && n < minimum;
}

function countOf(one: AskedQuestion, facts: readonly ResponseFact[]): number {
  return facts.filter(({ row }) => answerTo(one, row) !== null).length;
}

/**
 * Responses that tell none of their 5-point answers: with their mean and the other answers, one to a question of too few
 * could be computed. They come to the minimum together, since the mean of all of them is told. That leaves fewer answers
 * to the other questions; again, until all that are told are enough.
 */
function silentScales(
  byProgram: ByProgram,
  asked: readonly AskedQuestion[],
  tight: Map<Program, Set<string>>,
  minimumOf: Disclosure['minimumOf'],
): Set<unknown> {
  const scales = asked.filter(({ question }) => question.kind === 'scale');
  const silent = new Set<unknown>();
  for (const [program, facts] of byProgram) {
    const hidden = tight.get(program)!;
    const minimum = minimumOf(program);
    const own = new Set<unknown>();
    for (let changed = true; changed;) {
      const before = own.size;
      const isHidden = ({ row }: ResponseFact): boolean =>
        scales.some((one) => hidden.has(one.name) && answerTo(one, row) !== null);
      for (const fact of facts) if (isHidden(fact)) own.add(fact.row);
      for (const { row, mean } of facts) {
        if (own.size === 0 || own.size >= minimum) break;
        if (mean !== null) own.add(row);
      }
      const telling = facts.filter(({ row }) => !own.has(row));
      const fewer = scales.filter((one) => !hidden.has(one.name) && isTight(countOf(one, telling), minimum));
      for (const { name } of fewer) hidden.add(name);
      changed = own.size > before || fewer.length > 0;
    }
    for (const row of own) silent.add(row);
  }
  return silent;
}
