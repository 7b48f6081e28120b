import type { CheckFact, CheckedItem } from '#shared/figures/check-facts.ts';
import { model } from '#shared/model/model.ts';
import { addressState } from '#shared/visiting/addresses.ts';
import { codesFor, programColumns, siteColumns, wordFor, type Lookups } from '../lookups.ts';
import { FIRST_ROW, letters, live, rangeOf, tableOf, type Column, type Table } from '../sheet.ts';

const { state: stateField } = model.check.fields;
/** The word for what a visit left open: a formula counts words, not empty cells. */
const UNANSWERED = '답 없음';

/** One row a check, and one for each item that a visit which was done left open: what the sheet of items counts. */
export function checkRecordsSheet(
  facts: readonly CheckFact[],
  items: readonly CheckedItem[],
  lookups: Lookups,
  siteOf: (visit: CheckFact['visit']) => string | null,
): Table {
  const program = programColumns<CheckFact>(lookups);
  const site = siteColumns<CheckFact>(lookups, ({ visit }) => siteOf(visit));
  const numbers = new Map(items.map((item, index) => [item, index + 1]));
  return tableOf<CheckFact>({
    name: '점검 기록',
    about:
      '방문에서 점검한 항목마다 한 줄이에요. 끝낸 방문에서 답하지 않은 항목도 한 줄씩이에요. 메모와 주소가 아닌 증빙은 개인정보가 있을 수 있어 싣지 않아요.',
    rows: facts,
    columns: [
      {
        key: 'date',
        header: '날짜',
        width: 12,
        kind: 'day',
        meaning: '방문한 날이에요.',
        value: ({ visit }) => visit.row.date,
      },
      program.name,
      site.name,
      {
        key: 'item',
        header: '항목',
        width: 40,
        kind: 'text',
        meaning: '점검표에 적힌 항목이에요. 점검표에 없는 항목은 코드가 그대로 보여요.',
        value: ({ item }) => item.label,
      },
      {
        key: 'state',
        header: '상태',
        width: 12,
        kind: 'text',
        meaning: '점검한 결과예요. "답 없음"은 끝낸 방문에서 답하지 않은 항목이에요.',
        codes: [...codesFor(stateField), { code: '', label: UNANSWERED }],
        value: ({ state }) => (state === null ? UNANSWERED : wordFor(stateField, state)),
      },
      {
        key: 'address',
        header: '확인한 주소',
        width: 30,
        kind: 'text',
        meaning: '톡채널이나 카카오맵 주소를 증빙으로 적었으면 그 주소예요. 다른 증빙은 싣지 않아요.',
        value: addressOf,
      },
      program.number,
      site.number,
      {
        key: 'shopNumber',
        header: '점포 번호',
        width: 9,
        kind: 'whole',
        meaning: '점포 시트의 번호예요.',
        screenOnly: true,
        value: ({ visit: { row } }) =>
          lookups.shopNumber(row.store === null ? null : lookups.groupOf(row.store)),
      },
      {
        key: 'trainerNumber',
        header: '트레이너 번호',
        width: 12,
        kind: 'whole',
        meaning: '이 보고서 안의 사람 번호예요.',
        screenOnly: true,
        value: ({ visit }) => lookups.personNumber(visit.row.trainer),
      },
      {
        key: 'itemNumber',
        header: '항목 번호',
        width: 9,
        kind: 'whole',
        meaning: '점검 시트의 번호예요. 수식이 이 번호로 항목을 찾아요.',
        screenOnly: true,
        value: ({ item }) => numbers.get(item) ?? null,
      },
    ],
  });
}

/** A right address of the kind that the item asks for, and nothing else: people write names and numbers everywhere. */
function addressOf({ item: { evidence }, value }: CheckFact): string | null {
  if (value === null || (evidence !== 'channelUrl' && evidence !== 'mapPlaceUrl')) return null;
  return addressState(evidence, value) === 'right' && !/\s/.test(value.trim()) ? value : null;
}

const STATES = [
  ['done', '한 방문'],
  ['notDone', '아직인 방문'],
  ['notApplicable', '해당 없는 방문'],
  [null, '답 없는 방문'],
] as const;

/** Each item of each version of a checklist with how it was answered. Formulas over the records. */
export function checksSheet(
  records: Table,
  facts: readonly CheckFact[],
  items: readonly CheckedItem[],
): Table {
  const counts = new Map(items.map((item) => [item, new Map<string | null, number>()]));
  for (const { item, state } of facts) {
    const of = counts.get(item)!;
    of.set(state, (of.get(state) ?? 0) + 1);
  }
  const count = (item: CheckedItem, state: string | null): number => counts.get(item)!.get(state) ?? 0;
  const itemRange = rangeOf(records, 'itemNumber');
  const stateRange = rangeOf(records, 'state');
  const cell = (key: string, index: number): string =>
    `${letters(columns.findIndex((column) => column.key === key) + 1)}${FIRST_ROW + index}`;

  const columns: Column<CheckedItem>[] = [
    {
      key: 'number',
      header: '번호',
      width: 7,
      kind: 'whole',
      meaning: '항목의 번호예요. "점검 기록" 시트의 항목 번호와 같아요.',
      value: (_item, index) => index + 1,
    },
    {
      key: 'template',
      header: '점검표',
      width: 22,
      kind: 'text',
      meaning: '점검표의 이름이에요. 비어 있으면 점검표에 없는 항목이에요.',
      value: ({ template }) => template?.name ?? null,
    },
    {
      key: 'version',
      header: '판',
      width: 6,
      kind: 'whole',
      meaning: '점검표의 판이에요.',
      value: ({ template }) => template?.version ?? null,
    },
    {
      key: 'item',
      header: '항목',
      width: 44,
      kind: 'text',
      meaning: '점검표에 적힌 항목이에요.',
      value: ({ label }) => label,
    },
    {
      key: 'asked',
      header: '물은 방문',
      width: 10,
      kind: 'whole',
      meaning: '이 항목을 물은 방문의 수예요. 끝낸 방문과, 끝내지 않았어도 답한 방문이에요.',
      value: (item, index) =>
        live(
          `COUNTIFS(${itemRange},${cell('number', index)})`,
          [...counts.get(item)!.values()].reduce((sum, n) => sum + n, 0),
        ),
    },
    ...STATES.map(([state, header]): Column<CheckedItem> => {
      const word = state === null ? UNANSWERED : wordFor(stateField, state)!;
      return {
        key: state ?? 'unanswered',
        header,
        width: 11,
        kind: 'whole',
        meaning: `상태가 "${word}"인 방문의 수예요.`,
        value: (item, index) =>
          live(`COUNTIFS(${itemRange},${cell('number', index)},${stateRange},"${word}")`, count(item, state)),
      };
    }),
    {
      key: 'base',
      header: '비율의 기준',
      width: 11,
      kind: 'whole',
      meaning: '비율을 본 방문의 수예요. 한 방문과 아직인 방문을 더했어요.',
      value: (item, index) =>
        live(
          `SUM(${cell('done', index)}:${cell('notDone', index)})`,
          count(item, 'done') + count(item, 'notDone'),
        ),
    },
    {
      key: 'share',
      header: '한 비율',
      width: 9,
      kind: 'share',
      meaning: '한 방문의 비율이에요. 해당 없는 방문과 답 없는 방문은 기준에서 빼요.',
      value: (item, index) => {
        const base = count(item, 'done') + count(item, 'notDone');
        const at = cell('base', index);
        return live(`IF(${at}=0,"",${cell('done', index)}/${at})`, base ? count(item, 'done') / base : '');
      },
    },
    {
      key: 'itemKey',
      header: '항목 코드',
      width: 14,
      kind: 'text',
      meaning: '점검표 안에서 항목을 가리키는 코드예요.',
      screenOnly: true,
      value: ({ key }) => key,
    },
  ];
  return tableOf<CheckedItem>({
    name: '점검',
    about: '점검표의 판과 항목마다 한 줄이에요. 숫자는 "점검 기록" 시트를 세는 수식이에요.',
    rows: items,
    columns,
  });
}
