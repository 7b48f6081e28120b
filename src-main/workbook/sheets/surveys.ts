import type { Facts } from '#shared/figures/facts.ts';
import type { ReportRows, ReportSurveyTemplate } from '#shared/figures/report-rows.ts';
import { answersOf, isScore } from '#shared/figures/survey-score.ts';
import { model } from '#shared/model/model.ts';
import { surveyQuestions, type SurveyQuestion } from '#shared/model/templates.ts';
import { codesFor, programColumns, wordFor, type Lookups } from '../lookups.ts';
import { tableOf, type Column, type Table, type Value } from '../sheet.ts';
import type { AskedQuestion } from './questions.ts';

type Row = Facts<ReportRows>['surveyResponses'][number];

/**
 * One row a response, so that the mean can be followed to its rows, and nothing that says whose it is: no shop, session,
 * market or exact day, no free text, and no order of arrival.
 */
export function surveysSheet(
  facts: Facts<ReportRows>,
  lookups: Lookups,
  templates: readonly ReportSurveyTemplate[],
): { table: Table; asked: readonly AskedQuestion[] } {
  const program = programColumns<Row>(lookups);
  const { mode } = model.surveyResponse.fields;
  const used = new Set(facts.surveyResponses.map(({ row }) => row.template));
  const asked = questionsAsked(templates.filter(({ id }) => used.has(id)));
  const table = tableOf<Row>({
    name: '만족도',
    about:
      '제출한 만족도 응답마다 한 줄이에요. 누구의 응답인지 알 수 없게 점포와 회차, 날짜와 자유 의견은 싣지 않고 순서도 섞었어요.',
    rows: shuffled(facts.surveyResponses, lookups),
    columns: [
      {
        key: 'number',
        header: '번호',
        width: 7,
        kind: 'whole',
        meaning: '줄 번호예요.',
        value: (_row, index) => index + 1,
      },
      program.name,
      {
        key: 'month',
        header: '제출한 달',
        width: 11,
        kind: 'text',
        meaning: '제출한 달이에요(한국 시각).',
        value: ({ day }) => day?.slice(0, 7) ?? null,
      },
      {
        key: 'mode',
        header: '방식',
        width: 11,
        kind: 'text',
        meaning: '상인이 직접 입력했는지, 인터뷰나 종이로 받았는지예요.',
        codes: codesFor(mode),
        value: ({ row }) => wordFor(mode, row.mode),
      },
      ...asked.map(questionColumn),
      {
        key: 'mean',
        header: '응답 평균',
        width: 10,
        kind: 'mean',
        meaning: '그 응답의 5점 문항을 평균한 점수예요.',
        value: ({ mean }) => mean,
      },
      {
        key: 'helpful',
        header: '도움 됨',
        width: 9,
        kind: 'mark',
        meaning: '가게 운영에 도움이 되었다고 하면 1, 아니라고 하면 0이에요. 비어 있으면 답하지 않았어요.',
        value: ({ helpful }) => helpful,
      },
      program.number,
    ],
  });
  return { table, asked };
}

/** A question that was asked, in whichever versions of a form. */
interface Asked extends AskedQuestion {
  readonly templates: ReadonlySet<string>;
}

/** One column for each question that was asked; the same question in several versions of a form has one column. */
function questionsAsked(templates: readonly ReportSurveyTemplate[]): Asked[] {
  const questions = new Map<string, { question: SurveyQuestion; templates: Set<string> }>();
  for (const template of templates) {
    for (const question of surveyQuestions(template.questions)) {
      if (question.kind === 'text') continue;
      const name = [question.kind, question.key, question.label].join('\n');
      const known = questions.get(name);
      if (known) known.templates.add(template.id);
      else questions.set(name, { question, templates: new Set([template.id]) });
    }
  }
  // The 5-point questions first: the sheet of questions and its chart want them side by side.
  return [...questions.values()]
    .sort((a, b) => Number(b.question.kind === 'scale') - Number(a.question.kind === 'scale'))
    .map((one, index) => ({ ...one, key: `question${index + 1}` }));
}

function questionColumn({ key, question, templates: asked }: Asked): Column<Row> {
  return {
    key,
    header: question.label,
    width: question.kind === 'choice' ? 17 : 14,
    kind: question.kind === 'scale' ? 'score' : 'text',
    meaning: meanings[question.kind],
    value: ({ row }) =>
      row.template !== null && asked.has(row.template)
        ? shown(question, answersOf(row.answers)[question.key])
        : null,
  };
}

const meanings: Record<SurveyQuestion['kind'], string> = {
  scale: '1점에서 5점까지 답하는 문항이에요.',
  yesNo: '예와 아니요로 답하는 문항이에요.',
  choice: '하나를 고르는 문항이에요.',
  text: '자유롭게 적는 문항이에요.',
};

function shown({ kind, choices = [] }: SurveyQuestion, answer: unknown): Value {
  if (kind === 'scale') return isScore(answer) ? answer : null;
  if (kind === 'yesNo') return typeof answer === 'boolean' ? (answer ? '예' : '아니요') : null;
  // A choice that the form does not offer was typed by someone and may say anything.
  return typeof answer === 'string' && choices.includes(answer) ? answer : null;
}

/** By programme and month, then by content: an order that says nothing about who came when. */
function shuffled(facts: readonly Row[], lookups: Lookups): Row[] {
  return facts
    .map((fact) => ({
      fact,
      program: lookups.program(fact.program)?.number ?? Infinity,
      rest: `${fact.day?.slice(0, 7) ?? ''} ${fact.mean?.toFixed(4) ?? ''} ${JSON.stringify(fact.row.answers)}`,
    }))
    .sort((left, right) => left.program - right.program || (left.rest < right.rest ? -1 : 1))
    .map(({ fact }) => fact);
}
