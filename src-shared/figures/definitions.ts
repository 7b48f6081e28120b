import type { FigureName } from '../contract/report.ts';
import type { Label } from '../model/field.ts';
import type { FactOf, FactTable } from './facts.ts';

/**
 * How a figure is read off its fact table. The computation (measure.ts) and the workbook's formulas both follow it, so
 * that the two cannot mean different things.
 */
export type Measure = { [T in FactTable]: MeasureOver<T> }[FactTable];

interface MeasureOver<T extends FactTable> {
  readonly table: T;
  /** The columns whose 1 says that a row counts: in the total, and in its programme. Without them every row counts. */
  readonly once?: { readonly total: ColumnOf<T>; readonly program: ColumnOf<T> };
  /** What a row must have besides: a 1 in a column, or a day in the period asked for (any day without a period). */
  readonly where?: { readonly column: ColumnOf<T>; readonly is: 'yes' | 'dayInPeriod' };
  /** Rows are counted, or a column of them is added or averaged; a null in the column is left out. */
  readonly take: 'count' | { readonly sum: ColumnOf<T> } | { readonly mean: ColumnOf<T> };
}

type ColumnOf<T extends FactTable> = Extract<keyof FactOf<T>, string>;

export interface Definition {
  readonly label: Label;
  readonly unit: Label;
  /** How a value is written: with thousands separated, with two decimals, or as per cent. */
  readonly format: 'whole' | 'won' | 'mean' | 'share';
  /** What exactly is counted: for the dictionary of the workbook and the help on screen. */
  readonly meaning: Label;
  readonly measure: Measure;
  /** The figure that this one is a part of, for a share with its base. */
  readonly partOf?: FigureName;
}

const shops = { total: 'inTotal', program: 'inProgram' } as const;
const places: Label = { ko: '곳', en: 'places' };
const people: Label = { ko: '명', en: 'people' };

/** Every figure of the report: its name, its meaning and its measure, here and nowhere else. */
export const definitions: Readonly<Record<FigureName, Definition>> = {
  sites: {
    label: { ko: '시장·상권', en: 'Sites' },
    unit: places,
    format: 'whole',
    meaning: {
      ko: '사업에 등록된 시장과 거리의 수예요. "전국"은 빼요. 날짜가 없어서 기간을 정해도 그대로예요.',
      en: 'Markets and streets of the programme, without the one that stands for the whole country. It has no date, so a period does not limit it.',
    },
    measure: { table: 'sites', where: { column: 'isPlace', is: 'yes' }, take: 'count' },
  },
  stores: {
    label: { ko: '점포', en: 'Stores' },
    unit: places,
    format: 'whole',
    meaning: {
      ko: '사업의 시장·상권에 있는 점포의 수예요. 같은 점포로 묶은 것은 한 번만 세고, 참여하지 않는 점포와 지운 점포는 빼요. 날짜가 없어서 기간을 정해도 그대로예요.',
      en: "Shops of the programme's sites. Shops joined as the same count once; declined and deleted ones do not count. It has no date, so a period does not limit it.",
    },
    measure: { table: 'stores', once: shops, take: 'count' },
  },
  channelsOpened: {
    label: { ko: '톡채널을 연 점포', en: 'Channels opened' },
    unit: places,
    format: 'whole',
    meaning: {
      ko: '톡채널 개설일이 적힌 점포의 수예요. 같은 점포로 묶은 것은 가장 이른 날로 세요. 기간을 정하면 그 안에 연 점포만 세요.',
      en: 'Stores with the day on which their channel was opened; of same shops the earliest day. With a period, those opened in it.',
    },
    measure: {
      table: 'stores',
      once: shops,
      where: { column: 'channelOpenedOn', is: 'dayInPeriod' },
      take: 'count',
    },
    partOf: 'stores',
  },
  mapRegistered: {
    label: { ko: '카카오맵에 등록한 점포', en: 'Registered on KakaoMap' },
    unit: places,
    format: 'whole',
    meaning: {
      ko: '카카오맵 등록일이 적힌 점포의 수예요. 같은 점포로 묶은 것은 가장 이른 날로 세요. 기간을 정하면 그 안에 등록한 점포만 세요.',
      en: 'Stores with the day on which they were registered on KakaoMap; of same shops the earliest day. With a period, those registered in it.',
    },
    measure: {
      table: 'stores',
      once: shops,
      where: { column: 'mapRegisteredOn', is: 'dayInPeriod' },
      take: 'count',
    },
    partOf: 'stores',
  },
  firstOnlineStores: {
    label: { ko: '온라인 홍보가 처음인 점포', en: 'First time online' },
    unit: places,
    format: 'whole',
    meaning: {
      ko: '이번에 처음으로 온라인에 가게를 알렸다고 답한 점포의 수예요. 날짜가 없어서 기간을 정해도 그대로예요.',
      en: 'Stores that promoted themselves online for the first time. It has no date, so a period does not limit it.',
    },
    measure: { table: 'stores', once: shops, where: { column: 'firstOnline', is: 'yes' }, take: 'count' },
    partOf: 'stores',
  },
  sessions: {
    label: { ko: '교육 회차', en: 'Sessions' },
    unit: { ko: '회', en: 'sessions' },
    format: 'whole',
    meaning: {
      ko: '교육, 방문의 날, 성과 공유회를 모두 더한 회차 수예요. 날짜가 기간에 드는 회차를 세요.',
      en: 'Classes, visit days and results-sharing events together, by their date.',
    },
    measure: {
      table: 'attendance',
      once: { total: 'sessionOnce', program: 'sessionOnce' },
      take: 'count',
    },
  },
  visits: {
    label: { ko: '점포 방문', en: 'Visits' },
    unit: { ko: '건', en: 'visits' },
    format: 'whole',
    meaning: {
      ko: '트레이너가 점포를 찾아간 횟수예요. 문이 닫혔거나 거절한 방문도 세고, 같은 점포에 여러 번 가면 모두 세요.',
      en: 'Calls at a shop by a trainer, whatever the outcome; each call counts.',
    },
    measure: { table: 'visits', take: 'count' },
  },
  merchantsTrained: {
    label: { ko: '교육받은 상인', en: 'Merchants trained' },
    unit: people,
    format: 'whole',
    meaning: {
      ko: '교육 회차에 출석하거나 지각한 상인의 수예요. 여러 번 들은 사람도 한 번만 세요.',
      en: 'Different merchants who were present or late at a class.',
    },
    measure: {
      table: 'attendance',
      once: { total: 'merchantInTotal', program: 'merchantInProgram' },
      take: 'count',
    },
  },
  surveyResponses: {
    label: { ko: '만족도 응답', en: 'Survey responses' },
    unit: { ko: '건', en: 'responses' },
    format: 'whole',
    meaning: {
      ko: '제출까지 마친 만족도 응답의 수예요. 제출한 날(한국 시각)로 기간을 따져요.',
      en: 'Survey responses that were handed in, by the day in Korea on which that was.',
    },
    measure: { table: 'surveyResponses', take: 'count' },
  },
  surveyMean: {
    label: { ko: '만족도 평균', en: 'Survey mean' },
    unit: { ko: '점', en: 'of 5' },
    format: 'mean',
    meaning: {
      ko: '응답마다 5점 문항의 평균을 내고, 그 평균들을 다시 평균한 점수예요. 5점 만점이에요.',
      en: "Mean over the responses of each response's mean of its 5-point answers, out of 5.",
    },
    measure: { table: 'surveyResponses', take: { mean: 'mean' } },
  },
  surveyHelpfulShare: {
    label: { ko: '도움이 되었다는 응답', en: 'Found it helpful' },
    unit: { ko: '', en: '' },
    format: 'share',
    meaning: {
      ko: '가게 운영에 도움이 되었는지 묻는 문항에 답한 사람 가운데 "예"라고 한 비율이에요.',
      en: 'Share of yes among those who answered whether it helped them run their shop.',
    },
    measure: { table: 'surveyResponses', take: { mean: 'helpful' } },
  },
  friends: {
    label: { ko: '톡채널 친구', en: 'Channel friends' },
    unit: people,
    format: 'whole',
    meaning: {
      ko: '시장·상권과 점포마다 기간 끝까지의 가장 나중 친구 수를 더한 값이에요. 같은 점포로 묶은 것은 한 번만 더해요.',
      en: 'The latest reading of each site and shop up to the end of the period, added; same shops once.',
    },
    measure: {
      table: 'friendReadings',
      once: { total: 'latestInTotal', program: 'latestInProgram' },
      take: { sum: 'friends' },
    },
  },
  grantHolders: {
    label: { ko: '메시지 지원금을 받은 점포', en: 'Grant holders' },
    unit: places,
    format: 'whole',
    meaning: {
      ko: '메시지 지원금이 지급된 점포의 수예요. 여러 번 받은 점포도 한 번만 세요.',
      en: 'Shops that a grant was paid to; a shop counts once.',
    },
    measure: {
      table: 'grants',
      once: { total: 'holderInTotal', program: 'holderInProgram' },
      take: 'count',
    },
  },
  grantsPaid: {
    label: { ko: '지급한 메시지 지원금', en: 'Grants paid' },
    unit: { ko: '원', en: 'won' },
    format: 'won',
    meaning: {
      ko: '지급일이 기간에 드는 메시지 지원금을 모두 더한 금액이에요.',
      en: 'Message grants paid in the period, added, in won.',
    },
    measure: { table: 'grants', take: { sum: 'amount' } },
  },
  awards: {
    label: { ko: '포상', en: 'Awards' },
    unit: { ko: '건', en: 'awards' },
    format: 'whole',
    meaning: {
      ko: '성과 공유회에서 준 상의 수예요. 포상일로 기간을 따져요.',
      en: 'Awards given at results-sharing events, by the day of the award.',
    },
    measure: { table: 'awards', take: 'count' },
  },
};
