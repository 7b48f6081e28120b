import type { Label } from '../model/field.ts';
import type { DateFault } from './dates.ts';

/**
 * The lines of the state of the data: what each counts and why it matters, declared once, for the screen and for the
 * workbook's sheet. What a row of a line is, is found by src-main/store/data-state.ts under the same id.
 */

export const dataLineIds = [
  'unanswered',
  'noOutcome',
  'notEnded',
  'visitDates',
  'noAttendance',
  'unmarked',
  'attendanceDates',
  'answersMissing',
  'responseDates',
  'underMinimum',
  'noSite',
  'closedButVisited',
  'dayWithoutUrl',
  'urlWithoutDay',
  'channelDates',
  'mapDates',
  'readingDates',
] as const;

export type DataLineId = (typeof dataLineIds)[number];

/** Lines whose rows have a screen of their own: they only lead there. */
export const elsewhereIds = ['late', 'conflicts', 'duplicates'] as const;

export type ElsewhereId = (typeof elsewhereIds)[number];

/** What is found of one row, with what it takes to say it. Days are YYYY-MM-DD. */
export type Finding =
  | { readonly what: 'itemsOpen'; readonly n: number; readonly of: number }
  | { readonly what: 'openSince'; readonly day: string | null }
  | { readonly what: 'noEnd'; readonly day: string | null }
  | { readonly what: 'nobodyMarked' | 'someUnmarked'; readonly n: number; readonly of: number }
  | { readonly what: 'answersOpen'; readonly n: number; readonly of: number }
  | { readonly what: 'responses'; readonly n: number; readonly least: number }
  | { readonly what: 'noSite' | 'unknownSite' }
  | { readonly what: 'visitedAfterClosing'; readonly closed: string; readonly visited: string }
  | { readonly what: 'openedOn'; readonly day: string }
  | { readonly what: 'hasUrl'; readonly url: string }
  | { readonly what: 'date'; readonly fault: DateFault; readonly day: string };

export type DataGroup = 'visits' | 'sessions' | 'surveys' | 'stores' | 'desk';

export interface DataLine {
  readonly id: DataLineId;
  readonly group: DataGroup;
  readonly label: Label;
  /** What it does to the figures or to the work, and what to do. */
  readonly why: Label;
}

export interface ElsewhereLine {
  readonly id: ElsewhereId;
  readonly group: 'desk';
  readonly label: Label;
  readonly why: Label;
}

export const dataLines: readonly DataLine[] = [
  {
    id: 'unanswered',
    group: 'visits',
    label: { ko: '답하지 않은 점검 항목이 있는 방문', en: 'Visits with checklist items left open' },
    why: {
      ko: '끝낸 방문인데 점검표 항목에 답이 비어 있어요. 했는지 안 했는지 알 수 없어요.',
      en: 'The visit was done, but items of its checklist have no answer: nobody knows whether they were seen to.',
    },
  },
  {
    id: 'noOutcome',
    group: 'visits',
    label: { ko: '결과가 없는 지난 방문', en: 'Past visits without an outcome' },
    why: {
      ko: '방문 수에는 들지만 어떻게 되었는지 몰라요. 트레이너에게 물어 결과를 적어 주세요.',
      en: 'They count as visits, and nobody knows what came of them. Ask the trainer and write it down.',
    },
  },
  {
    id: 'notEnded',
    group: 'visits',
    label: { ko: '끝낸 시각이 없는 지난 방문', en: 'Past visits that were begun and never ended' },
    why: {
      ko: '시작만 적혀 있어서 얼마나 걸렸는지 알 수 없어요.',
      en: 'Only their beginning stands there, so nobody knows how long they took.',
    },
  },
  {
    id: 'visitDates',
    group: 'visits',
    label: { ko: '날짜가 맞지 않는 방문', en: 'Visits with impossible dates' },
    why: {
      ko: '사업 기간 밖이거나, 아직 오지 않은 날이거나, 끝이 시작보다 빨라요. 기간을 정한 보고서에서 빠지거나 잘못 세어져요.',
      en: 'Outside the programme, in the future, or ended before they began: a report over a period leaves them out or counts them wrongly.',
    },
  },
  {
    id: 'noAttendance',
    group: 'sessions',
    label: { ko: '출석이 없는 지난 회차', en: 'Past sessions without attendance' },
    why: {
      ko: '교육이나 성과 공유회를 했는데 아무도 표시되지 않았어요. 교육받은 상인 수에 들지 않아요.',
      en: 'A class or a results-sharing event at which nobody was marked: no one there counts as trained.',
    },
  },
  {
    id: 'unmarked',
    group: 'sessions',
    label: { ko: '표시가 빠진 사람이 있는 지난 회차', en: 'Past sessions with people left unmarked' },
    why: {
      ko: '명단에 있는데 출석도 결석도 아닌 사람이 있어요. 왔어도 교육받은 상인에 들지 않아요.',
      en: 'People on the roster who are neither present nor absent: even if they came, they do not count as trained.',
    },
  },
  {
    id: 'attendanceDates',
    group: 'sessions',
    label: { ko: '날짜가 맞지 않는 출석', en: 'Attendance with impossible dates' },
    why: {
      ko: '사업 기간 밖이거나 아직 오지 않은 날에 표시했어요. 회차의 날짜부터 확인해 주세요.',
      en: 'Marked outside the programme or in the future. Look at the day of the session first.',
    },
  },
  {
    id: 'answersMissing',
    group: 'surveys',
    label: { ko: '5점 문항에 빈칸이 있는 응답', en: 'Responses with 5-point questions left open' },
    why: {
      ko: '답한 문항만으로 평균을 내요. 하나도 답하지 않은 응답은 평균에서 빠져요.',
      en: 'Their mean is of the answers given; a response without any has no part in the mean.',
    },
  },
  {
    id: 'responseDates',
    group: 'surveys',
    label: { ko: '날짜가 맞지 않는 응답', en: 'Responses with impossible dates' },
    why: {
      ko: '사업 기간 밖이거나 아직 오지 않은 날에 제출했어요. 노트북 시계가 틀렸을 수 있어요.',
      en: 'Handed in outside the programme or in the future: the clock of that laptop may be wrong.',
    },
  },
  {
    id: 'underMinimum',
    group: 'surveys',
    label: {
      ko: '응답이 최소 수에 못 미치는 사업과 시장',
      en: 'Programmes and sites under their minimum of responses',
    },
    why: {
      ko: '사업에 정한 최소 응답자 수보다 적어요. 이런 결과는 따로 내보이지 않아요.',
      en: 'Fewer than the minimum that the programme has set: their results are not shown by themselves.',
    },
  },
  {
    id: 'noSite',
    group: 'stores',
    label: { ko: '시장이 없는 점포', en: 'Shops without a site' },
    why: {
      ko: '시장·상권이 비었거나 여기에 없는 곳이에요. 어느 사업의 숫자에도 들지 않고 합계에만 들어요.',
      en: 'Their site is empty or not here: they count in the total and in no programme.',
    },
  },
  {
    id: 'closedButVisited',
    group: 'stores',
    label: { ko: '폐업인데 나중에 방문을 끝낸 점포', en: 'Shops marked closed that were visited later' },
    why: {
      ko: '폐업으로 적은 뒤에 ‘완료’ 방문이 있어요. 상태와 방문 가운데 하나가 틀렸어요.',
      en: 'A visit was done after they were marked closed: either the status or the visit is wrong.',
    },
  },
  {
    id: 'dayWithoutUrl',
    group: 'stores',
    label: { ko: '개설일은 있고 채널 주소가 없는 점포', en: 'Shops with a channel day and no address' },
    why: {
      ko: '톡채널 개설로 세지만 주소가 없어서 확인할 수도 QR을 줄 수도 없어요.',
      en: 'They count as opened, but without an address nobody can check it or hand out a QR code.',
    },
  },
  {
    id: 'urlWithoutDay',
    group: 'stores',
    label: { ko: '채널 주소는 있고 개설일이 없는 점포', en: 'Shops with a channel address and no day' },
    why: {
      ko: '개설일이 없어서 ‘톡채널을 연 점포’에 들지 않아요. 전부터 쓰던 채널이면 그대로 두세요.',
      en: 'Without the day they do not count as channels opened. A channel that they had before may stay as it is.',
    },
  },
  {
    id: 'channelDates',
    group: 'stores',
    label: { ko: '톡채널 개설일이 맞지 않는 점포', en: 'Shops with an impossible channel day' },
    why: {
      ko: '아직 오지 않은 날이거나 톡채널이 생기기 전이에요. 기간을 정한 숫자가 틀려져요.',
      en: 'In the future, or before there were channels: figures of a period come out wrong.',
    },
  },
  {
    id: 'mapDates',
    group: 'stores',
    label: { ko: '카카오맵 등록일이 맞지 않는 점포', en: 'Shops with an impossible KakaoMap day' },
    why: {
      ko: '아직 오지 않은 날이에요. 지금까지의 숫자에 미리 들어가요.',
      en: 'In the future, and counted already.',
    },
  },
  {
    id: 'readingDates',
    group: 'stores',
    label: { ko: '날짜가 맞지 않는 친구 수', en: 'Friend readings with impossible dates' },
    why: {
      ko: '가장 나중 친구 수를 더하기 때문에, 앞날의 숫자 하나가 합계를 바꿔요.',
      en: 'The latest reading is the one that counts: one from the future changes the sum.',
    },
  },
];

export const elsewhereLines: readonly ElsewhereLine[] = [
  {
    id: 'late',
    group: 'desk',
    label: { ko: '아직 오지 않은 기록', en: 'Records that have not come' },
    why: {
      ko: '날이 지났는데 마치지 않았거나 아무 기록도 오지 않은 회차예요. 숫자는 아직 그만큼 모자라요.',
      en: 'Sessions that are past and were not closed, or of which nothing came: the figures lack them.',
    },
  },
  {
    id: 'conflicts',
    group: 'desk',
    label: { ko: '서로 다른 값', en: 'Open conflicts' },
    why: {
      ko: '두 사람이 다르게 적은 값이에요. 정할 때까지 나중 값으로 세요.',
      en: 'Values on which two people disagree. Until they are settled, the later one counts.',
    },
  },
  {
    id: 'duplicates',
    group: 'desk',
    label: { ko: '같은 점포일 수 있는 쌍', en: 'Shops that may be one' },
    why: {
      ko: '한 점포가 둘로 적혀 있으면 두 번 세요. 모두 견주는 데 시간이 걸려서 그 화면에서 찾아요.',
      en: 'A shop that is written down twice counts twice. Comparing all takes a while, so it is done on that screen.',
    },
  },
];
