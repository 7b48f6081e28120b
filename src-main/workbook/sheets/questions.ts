import { questionTallies, GOOD_SCORE, SCORES, type QuestionTally } from '#shared/figures/survey-tally.ts';
import type { SurveyQuestion } from '#shared/model/templates.ts';
import {
  FIRST_ROW,
  live,
  letters,
  rangeOf,
  tableOf,
  type Column,
  type Formula,
  type Table,
} from '../sheet.ts';
import { reasonInWords } from '../withheld.ts';
import type { Surveys } from './surveys.ts';

type Row = QuestionTally;

const KINDS: Readonly<Record<SurveyQuestion['kind'], string>> = {
  scale: '5점 문항',
  yesNo: '예·아니요',
  choice: '고르기',
  text: '자유 의견',
};

/**
 * Each question with how it was answered: how often each answer, of how many, mean and share. Formulas over the responses,
 * which do not have the answers that are withheld.
 */
export function questionsSheet({ table: responses, asked, told, minimum }: Surveys): Table {
  const rows = questionTallies(asked, told);
  const range = (row: Row): string => rangeOf(responses, row.asked.key);

  const counting = (
    key: string,
    header: string,
    answer: string | number,
    countOf: (row: Row) => number | null,
  ): Column<Row> => ({
    key,
    header,
    width: 9,
    kind: 'whole',
    meaning: `"${header}"${typeof answer === 'number' ? '이라고' : '라고'} 답한 응답의 수예요.`,
    value: (row) => {
      const count = countOf(row);
      const test = typeof answer === 'number' ? answer : `"${answer}"`;
      return count === null ? null : live(`COUNTIFS(${range(row)},${test})`, count);
    },
  });
  const scores = SCORES.map((score, at) =>
    counting(`score${score}`, `${score}점`, score, (row) => row.scores?.[at] ?? null),
  );
  const columns: Column<Row>[] = [
    {
      key: 'number',
      header: '번호',
      width: 7,
      kind: 'whole',
      meaning: '줄 번호예요.',
      value: (_row, index) => index + 1,
    },
    {
      key: 'question',
      header: '문항',
      width: 44,
      kind: 'text',
      meaning: '설문지에 적힌 문항이에요.',
      value: ({ asked: { question } }) => question.label,
    },
    {
      key: 'kind',
      header: '종류',
      width: 12,
      kind: 'text',
      meaning: '5점 문항, 예·아니요, 고르기 가운데 하나예요.',
      value: ({ asked: { question } }) => KINDS[question.kind],
    },
    {
      key: 'choice',
      header: '보기',
      width: 20,
      kind: 'text',
      meaning: '고르기 문항이면 이 줄이 세는 보기예요.',
      value: ({ choice }) => choice,
    },
    {
      key: 'answered',
      header: '응답 수',
      width: 9,
      kind: 'whole',
      meaning: '이 문항에 답한 응답의 수예요. 답을 싣지 않은 응답은 빼고 세요.',
      value: (row) => live(`COUNTIFS(${range(row)},"<>")`, row.answered),
    },
    ...scores,
    counting('yes', '예', '예', ({ yes }) => yes),
    counting('no', '아니요', '아니요', ({ no }) => no),
    {
      key: 'chosen',
      header: '고른 수',
      width: 9,
      kind: 'whole',
      meaning: '고르기 문항에서 이 보기를 고른 응답의 수예요.',
      value: (row) =>
        row.choice === null
          ? null
          : live(
              // Exactly this text: a condition would read = < > * and ? in it.
              `SUMPRODUCT(--EXACT(${range(row)},$D${rowNumber(rows, row)}))`,
              row.chosen,
            ),
    },
    {
      key: 'mean',
      header: '평균',
      width: 9,
      kind: 'mean',
      meaning: '5점 문항의 평균이에요.',
      value: (row) => (row.asked.question.kind === 'scale' ? meanOf(row) : null),
    },
    {
      key: 'share',
      header: '좋은 답의 비율',
      width: 12,
      kind: 'share',
      meaning:
        '5점 문항은 4점과 5점, 예·아니요는 "예", 고르기는 이 보기의 비율이에요. 그 문항에 답한 응답 가운데서 봐요.',
      value: (row) => shareOf(row),
    },
    ...(rows.some(({ withheld }) => withheld !== null) ? [reasonColumn(minimum)] : []),
  ];

  function meanOf(row: Row): Formula {
    return live(`IFERROR(AVERAGE(${range(row)}),"")`, row.mean ?? '');
  }

  function shareOf(row: Row): Formula {
    const at = rowNumber(rows, row);
    const cell = (key: string): string => `${letters(columns.findIndex((one) => one.key === key) + 1)}${at}`;
    const parts =
      row.choice !== null
        ? [cell('chosen')]
        : row.scores !== null
          ? SCORES.filter((score) => score >= GOOD_SCORE).map((score) => cell(`score${score}`))
          : [cell('yes')];
    return live(`IF(${cell('answered')}=0,"",(${parts.join('+')})/${cell('answered')})`, row.share ?? '');
  }

  return tableOf<Row>({
    name: '만족도 문항',
    about:
      '설문 문항마다 한 줄이에요. 고르기 문항은 보기마다 한 줄이에요. 숫자는 "만족도" 시트를 세는 수식이에요.',
    rows,
    columns,
  });
}

function reasonColumn(minimum: number): Column<Row> {
  return {
    key: 'withheld',
    header: '비워 둔 까닭',
    width: 44,
    kind: 'text',
    meaning: '답한 응답 가운데 싣지 않은 것이 있으면 그 까닭이에요.',
    value: ({ withheld, answered }) => {
      if (withheld === null) return null;
      const words = reasonInWords(withheld, minimum);
      return answered > 0 ? `일부 응답: ${words}` : words;
    },
  };
}

function rowNumber(rows: readonly Row[], row: Row): number {
  return FIRST_ROW + rows.indexOf(row);
}
