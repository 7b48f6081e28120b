import type { Facts } from '#shared/figures/facts.ts';
import type { ReportRows } from '#shared/figures/report-rows.ts';
import { model } from '#shared/model/model.ts';
import { codesFor, programColumns, siteColumns, wordFor, type Lookups } from '../lookups.ts';
import { tableOf, type Column, type Table } from '../sheet.ts';

type Friend = Facts<ReportRows>['friendReadings'][number];
type Grant = Facts<ReportRows>['grants'][number];
type Award = Facts<ReportRows>['awards'][number];

export function friendsSheet(facts: Facts<ReportRows>, lookups: Lookups): Table {
  const program = programColumns<Friend>(lookups);
  const isSite = ({ row }: Friend): boolean => row.ownerKind === 'site';
  const site = siteColumns<Friend>(lookups, (fact) => fact.site);
  return tableOf<Friend>({
    name: '친구 수',
    about: '톡채널 친구 수를 적은 기록마다 한 줄이에요. 기간 끝까지의 기록이 모두 있어요.',
    rows: facts.friendReadings,
    columns: [
      {
        key: 'date',
        header: '날짜',
        width: 12,
        kind: 'day',
        meaning: '친구 수를 본 날이에요.',
        value: ({ row }) => row.date,
      },
      program.name,
      site.name,
      {
        key: 'ownerKind',
        header: '대상',
        width: 11,
        kind: 'text',
        meaning: '시장·상권의 채널인지, 점포의 채널인지예요.',
        codes: codesFor(model.friendReading.fields.ownerKind),
        value: ({ row }) => wordFor(model.friendReading.fields.ownerKind, row.ownerKind),
      },
      {
        key: 'storeName',
        header: '상호',
        width: 22,
        kind: 'text',
        meaning: '점포의 채널이면 그 점포예요.',
        value: (fact) => (isSite(fact) ? null : (lookups.store(fact.row.owner)?.name ?? null)),
      },
      {
        key: 'friends',
        header: '친구 수',
        width: 11,
        kind: 'whole',
        meaning: '그날의 친구 수예요.',
        value: ({ friends }) => friends,
      },
      {
        key: 'gained',
        header: '늘어난 친구',
        width: 11,
        kind: 'whole',
        meaning:
          '같은 대상의 바로 앞 기록보다 늘어난 수예요. 처음 기록은 그 수 모두예요. 어느 날까지 더하면 그날의 친구 수예요.',
        value: ({ gained }) => gained,
      },
      program.number,
      site.number,
      shopNumber((fact) => (isSite(fact) ? null : fact.owner), lookups),
      {
        key: 'latestInTotal',
        header: '전체에서 셈',
        width: 11,
        kind: 'mark',
        meaning: '대상마다 가장 나중 기록만 1이에요. 1인 줄의 친구 수를 더하면 전체 친구 수예요.',
        screenOnly: true,
        value: ({ latestInTotal }) => latestInTotal,
      },
      {
        key: 'latestInProgram',
        header: '사업에서 셈',
        width: 11,
        kind: 'mark',
        meaning: '그 사업의 대상마다 가장 나중 기록만 1이에요.',
        screenOnly: true,
        value: ({ latestInProgram }) => latestInProgram,
      },
    ],
  });
}

export function grantsSheet(facts: Facts<ReportRows>, lookups: Lookups): Table {
  const program = programColumns<Grant>(lookups);
  const site = siteColumns<Grant>(lookups, ({ row }) => lookups.store(row.store)?.site ?? null);
  return tableOf<Grant>({
    name: '지원금',
    about: '지급한 메시지 지원금마다 한 줄이에요.',
    rows: facts.grants,
    columns: [
      {
        key: 'grantedOn',
        header: '지급일',
        width: 12,
        kind: 'day',
        meaning: '지원금을 지급한 날이에요.',
        value: ({ row }) => row.grantedOn,
      },
      program.name,
      site.name,
      {
        key: 'storeName',
        header: '상호',
        width: 22,
        kind: 'text',
        meaning: '지원금을 받은 점포예요.',
        value: ({ row }) => lookups.store(row.store)?.name ?? null,
      },
      {
        key: 'amount',
        header: '지원 금액(원)',
        width: 15,
        kind: 'won',
        meaning: '지급한 금액이에요.',
        value: ({ amount }) => amount,
      },
      {
        key: 'usedAmount',
        header: '사용 금액(원)',
        width: 15,
        kind: 'won',
        meaning: '점포가 메시지를 보내는 데 쓴 금액이에요.',
        value: ({ row }) => row.usedAmount,
      },
      program.number,
      site.number,
      shopNumber(({ group }) => group, lookups),
      {
        key: 'holderInTotal',
        header: '전체에서 셈',
        width: 11,
        kind: 'mark',
        meaning: '점포마다 처음 받은 줄만 1이에요. 더하면 지원금을 받은 점포 수예요.',
        screenOnly: true,
        value: ({ holderInTotal }) => holderInTotal,
      },
      {
        key: 'holderInProgram',
        header: '사업에서 셈',
        width: 11,
        kind: 'mark',
        meaning: '그 사업에서 점포마다 처음 받은 줄만 1이에요.',
        screenOnly: true,
        value: ({ holderInProgram }) => holderInProgram,
      },
    ],
  });
}

export function awardsSheet(facts: Facts<ReportRows>, lookups: Lookups): Table {
  const program = programColumns<Award>(lookups);
  const shown = lookups.shown('awards');
  const site = siteColumns<Award>(lookups, ({ row }) => row.site ?? lookups.store(row.store)?.site ?? null);
  return tableOf<Award>({
    name: '포상',
    about: '성과 공유회에서 준 상마다 한 줄이에요.',
    rows: facts.awards,
    columns: [
      {
        key: 'number',
        header: '번호',
        width: 7,
        kind: 'whole',
        meaning: '줄 번호예요.',
        value: (_row, index) => index + 1,
      },
      {
        key: 'awardedOn',
        header: '포상일',
        width: 12,
        kind: 'day',
        meaning: '상을 준 날이에요.',
        value: ({ row }) => row.awardedOn,
      },
      program.name,
      site.name,
      {
        key: 'storeName',
        header: '상호',
        width: 22,
        kind: 'text',
        meaning: '상을 받은 점포예요.',
        value: ({ row }) => lookups.store(row.store)?.name ?? null,
      },
      {
        key: 'personName',
        header: '받은 사람',
        width: 10,
        kind: 'text',
        meaning: shown.meaning('상을 받은 사람이에요. ', '성만 보여요.'),
        value: ({ row }) => shown.name(lookups.person(row.person)?.name ?? null),
      },
      {
        key: 'title',
        header: '상 이름',
        width: 26,
        kind: 'text',
        meaning: '상의 이름이에요.',
        value: ({ row }) => row.title,
      },
      program.number,
      site.number,
      shopNumber(({ row }) => (row.store === null ? null : lookups.groupOf(row.store)), lookups),
    ],
  });
}

function shopNumber<R>(groupOf: (row: R) => string | null, lookups: Lookups): Column<R> {
  return {
    key: 'shopNumber',
    header: '점포 번호',
    width: 9,
    kind: 'whole',
    meaning: '점포 시트의 번호예요.',
    screenOnly: true,
    value: (row) => lookups.shopNumber(groupOf(row)),
  };
}
