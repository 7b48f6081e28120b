import type { Facts } from '#shared/figures/facts.ts';
import type { ReportRows } from '#shared/figures/report-rows.ts';
import type { Question } from '#shared/figures/scope.ts';
import type { Disclosure } from '#shared/figures/survey-disclosure.ts';
import { questionsAsked, type AskedQuestion } from '#shared/figures/survey-questions.ts';
import { toldResponses, type ToldResponse } from '#shared/figures/survey-told.ts';
import { model } from '#shared/model/model.ts';
import type { SurveyQuestion } from '#shared/model/templates.ts';
import { codesFor, programColumns, wordFor, type Lookups } from '../lookups.ts';
import { tableOf, type Column, type Table } from '../sheet.ts';
import { reasonInWords } from '../withheld.ts';

type Row = ToldResponse<Facts<ReportRows>['surveyResponses'][number]['row']>;

/** The sheet of responses, and what it tells, for the sheet of questions. */
export interface Surveys {
  readonly table: Table;
  readonly asked: readonly AskedQuestion[];
  readonly told: readonly Row[];
  /** Of respondents, for the reasons. */
  readonly minimum: number;
}

/**
 * One row a response, so that the mean can be followed to its rows, and nothing that says whose it is: no shop, session,
 * market or exact day, no free text, and no order of arrival; nor what fewer than the minimum said.
 */
export function surveysSheet(
  facts: Facts<ReportRows>,
  lookups: Lookups,
  rows: ReportRows,
  disclosure: Disclosure,
  question: Question,
): Surveys {
  const program = programColumns<Row>(lookups);
  const { mode } = model.surveyResponse.fields;
  const asked = questionsAsked(
    rows.surveyTemplates,
    facts.surveyResponses.map(({ row }) => row),
  );
  const told = toldResponses(
    facts.surveyResponses,
    asked,
    disclosure,
    question,
    (id) => lookups.program(id)?.number ?? Infinity,
  );
  const isPooled = told.some(({ helpful }) => helpful !== null && !Number.isInteger(helpful));
  const table = tableOf<Row>({
    name: '만족도',
    about:
      '제출한 만족도 응답마다 한 줄이에요. 누구의 응답인지 알 수 없게 점포와 회차, 날짜와 자유 의견은 싣지 않고 순서도 섞었어요. 최소 응답자 수보다 적은 사업과 달의 답도 싣지 않아요.',
    rows: told,
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
        meaning: '제출한 달이에요(한국 시각). 한 사업에 그 달의 응답이 적으면 비워 둬요.',
        value: ({ month }) => month,
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
        meaning:
          '그 응답의 5점 문항을 평균한 점수예요. 답을 싣지 않은 사업의 줄에는 그런 줄 모두의 평균을 적어서, 전체 평균이 그대로예요.',
        value: ({ mean }) => mean,
      },
      {
        key: 'helpful',
        header: '도움 됨',
        width: 9,
        kind: isPooled ? 'mean' : 'mark',
        meaning:
          '가게 운영에 도움이 되었다고 하면 1, 아니라고 하면 0이에요. 비어 있으면 답하지 않았어요. 답을 싣지 않은 사업의 줄에는 그런 줄 모두의 평균을 적어요.',
        value: ({ helpful }) => helpful,
      },
      ...(told.some(({ withheld }) => Object.keys(withheld).length > 0) ? [reasonColumn(disclosure)] : []),
      program.number,
    ],
  });
  const minimum =
    question.program === undefined ? disclosure.minimum : disclosure.minimumOf(question.program);
  return { table, asked, told, minimum };
}

function reasonColumn(disclosure: Disclosure): Column<Row> {
  return {
    key: 'withheld',
    header: '비워 둔 까닭',
    width: 44,
    kind: 'text',
    meaning: '답이나 제출한 달을 비워 둔 까닭이에요.',
    value: ({ withheld: { month, answers }, program }) => {
      const minimum = disclosure.minimumOf(program);
      return (
        [
          ...(answers ? [`답: ${reasonInWords(answers, minimum)}`] : []),
          ...(month ? [`달: ${reasonInWords(month, minimum)}`] : []),
        ].join(' · ') || null
      );
    },
  };
}

function questionColumn({ key, question }: AskedQuestion, at: number): Column<Row> {
  return {
    key,
    header: question.label,
    width: question.kind === 'choice' ? 17 : 14,
    kind: question.kind === 'scale' ? 'score' : 'text',
    meaning: meanings[question.kind],
    value: ({ answers }) => {
      const answer = answers[at] ?? null;
      return typeof answer === 'boolean' ? (answer ? '예' : '아니요') : answer;
    },
  };
}

const meanings: Record<SurveyQuestion['kind'], string> = {
  scale: '1점에서 5점까지 답하는 문항이에요.',
  yesNo: '예와 아니요로 답하는 문항이에요.',
  choice: '하나를 고르는 문항이에요.',
  text: '자유롭게 적는 문항이에요.',
};
