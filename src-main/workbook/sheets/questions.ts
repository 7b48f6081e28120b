import { SCALE_MAX, SCALE_MIN, type SurveyQuestion } from '#shared/model/templates.ts';
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

/** A question as a column of the sheet of responses; `key` is the column's. */
export interface AskedQuestion {
  readonly key: string;
  readonly question: SurveyQuestion;
}

interface Row {
  readonly asked: AskedQuestion;
  /** Of a choice, the answer that this row counts. */
  readonly choice: string | null;
}

const SCORES = Array.from({ length: SCALE_MAX - SCALE_MIN + 1 }, (_, at) => SCALE_MIN + at);
const GOOD = SCALE_MAX - 1;
const KINDS: Readonly<Record<SurveyQuestion['kind'], string>> = {
  scale: '5점 문항',
  yesNo: '예·아니요',
  choice: '고르기',
  text: '자유 의견',
};

/** Each question with how it was answered: how often each answer, of how many, mean and share. Formulas over the responses. */
export function questionsSheet(responses: Table, asked: readonly AskedQuestion[]): Table {
  const rows = asked.flatMap((one): Row[] =>
    one.question.kind === 'choice'
      ? (one.question.choices ?? []).map((choice) => ({ asked: one, choice }))
      : [{ asked: one, choice: null }],
  );
  const answers = new Map(asked.map(({ key }) => [key, responses.values(key)]));
  const how = (row: Row, is: (answer: unknown) => boolean): number =>
    answers.get(row.asked.key)!.filter((answer) => is(answer)).length;
  const range = (row: Row): string => rangeOf(responses, row.asked.key);
  const given = (row: Row): number => how(row, (answer) => answer !== null);

  const counting = (
    key: string,
    header: string,
    kind: SurveyQuestion['kind'],
    answer: string | number,
  ): Column<Row> => ({
    key,
    header,
    width: 9,
    kind: 'whole',
    meaning: `"${header}"${typeof answer === 'number' ? '이라고' : '라고'} 답한 응답의 수예요.`,
    value: (row) =>
      row.asked.question.kind === kind
        ? live(
            `COUNTIFS(${range(row)},${typeof answer === 'number' ? answer : `"${answer}"`})`,
            how(row, (found) => found === answer),
          )
        : null,
  });
  const scores = SCORES.map((score) => counting(`score${score}`, `${score}점`, 'scale', score));
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
      meaning: '이 문항에 답한 응답의 수예요.',
      value: (row) => live(`COUNTIFS(${range(row)},"<>")`, given(row)),
    },
    ...scores,
    counting('yes', '예', 'yesNo', '예'),
    counting('no', '아니요', 'yesNo', '아니요'),
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
              how(row, (found) => found === row.choice),
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
  ];

  function meanOf(row: Row): Formula {
    const numbers = answers.get(row.asked.key)!.filter((answer) => typeof answer === 'number');
    const sum = numbers.reduce((total: number, number) => total + number, 0);
    return live(`IFERROR(AVERAGE(${range(row)}),"")`, numbers.length > 0 ? sum / numbers.length : '');
  }

  function shareOf(row: Row): Formula {
    const at = rowNumber(rows, row);
    const cell = (key: string): string => `${letters(columns.findIndex((one) => one.key === key) + 1)}${at}`;
    const n = given(row);
    const [parts, good] =
      row.choice !== null
        ? [[cell('chosen')], how(row, (answer) => answer === row.choice)]
        : row.asked.question.kind === 'scale'
          ? [
              SCORES.filter((score) => score >= GOOD).map((score) => cell(`score${score}`)),
              how(row, (answer) => typeof answer === 'number' && answer >= GOOD),
            ]
          : [[cell('yes')], how(row, (answer) => answer === '예')];
    return live(
      `IF(${cell('answered')}=0,"",(${parts.join('+')})/${cell('answered')})`,
      n > 0 ? good / n : '',
    );
  }

  return tableOf<Row>({
    name: '만족도 문항',
    about:
      '설문 문항마다 한 줄이에요. 고르기 문항은 보기마다 한 줄이에요. 숫자는 "만족도" 시트를 세는 수식이에요.',
    rows,
    columns,
  });
}

function rowNumber(rows: readonly Row[], row: Row): number {
  return FIRST_ROW + rows.indexOf(row);
}
