import type { Facts } from '#shared/figures/facts.ts';
import type { ReportRows } from '#shared/figures/report-rows.ts';
import { model } from '#shared/model/model.ts';
import { codesFor, programColumns, siteColumns, wordFor, type Lookups } from '../lookups.ts';
import { tableOf, type Table } from '../sheet.ts';

type Row = Facts<ReportRows>['stores'][number];

export function storesSheet(facts: Facts<ReportRows>, lookups: Lookups): Table {
  const program = programColumns<Row>(lookups);
  const site = siteColumns<Row>(lookups, ({ row }) => row.site);
  const fields = model.store.fields;
  const shown = lookups.shown('stores');
  return tableOf<Row>({
    name: '점포',
    about:
      '점포마다 한 줄이에요. 같은 점포로 묶은 기록은 한 줄로 보여 주고, 두 사업에 걸친 점포는 사업마다 한 줄이에요.',
    rows: facts.stores,
    columns: [
      program.name,
      site.name,
      {
        key: 'name',
        header: '상호',
        width: 22,
        kind: 'text',
        meaning: '점포의 이름이에요.',
        value: ({ row }) => row.name,
      },
      {
        key: 'category',
        header: '업종',
        width: 12,
        kind: 'text',
        meaning: '점포의 업종이에요.',
        value: ({ row }) => row.category,
      },
      {
        key: 'status',
        header: '상태',
        width: 11,
        kind: 'text',
        meaning: '점포의 지금 상태예요. "참여 안 함"은 세지 않아요.',
        codes: codesFor(fields.status),
        value: ({ row }) => wordFor(fields.status, row.status),
      },
      {
        key: 'ownerName',
        header: '대표자',
        width: 9,
        kind: 'text',
        meaning: shown.meaning('대표자 이름이에요. ', '성만 보여요.'),
        value: ({ row }) => shown.name(row.ownerName),
      },
      {
        key: 'phone',
        header: '전화번호',
        width: 16,
        kind: 'text',
        meaning: shown.meaning('점포의 전화번호예요. ', '가운데를 가려요.'),
        value: ({ row }) => shown.phone(row.phone),
      },
      {
        key: 'businessNumber',
        header: '사업자등록번호',
        width: 15,
        kind: 'text',
        meaning: shown.meaning('사업자등록번호예요. ', '뒤를 가려요.'),
        value: ({ row }) => shown.businessNumber(row.businessNumber),
      },
      {
        key: 'address',
        header: '주소',
        width: 34,
        kind: 'text',
        meaning: '도로명주소예요. 없으면 지번주소예요.',
        value: ({ row }) => row.roadAddress ?? row.lotAddress,
      },
      {
        key: 'unit',
        header: '호수·위치',
        width: 12,
        kind: 'text',
        meaning: '건물이나 시장 안의 자리예요.',
        value: ({ row }) => row.unit,
      },
      {
        key: 'channelOpenedOn',
        header: '톡채널 개설일',
        width: 13,
        kind: 'day',
        meaning: '톡채널을 연 날이에요. 같은 점포로 묶은 기록 가운데 가장 이른 날이에요.',
        // What is no day counts for nothing, but stays in sight as it was typed.
        value: (fact) => fact.channelOpenedOn ?? fact.row.channelOpenedOn,
      },
      {
        key: 'mapRegisteredOn',
        header: '카카오맵 등록일',
        width: 14,
        kind: 'day',
        meaning: '카카오맵 매장관리에 등록한 날이에요. 같은 점포로 묶은 기록 가운데 가장 이른 날이에요.',
        value: (fact) => fact.mapRegisteredOn ?? fact.row.mapRegisteredOn,
      },
      {
        key: 'firstOnline',
        header: '온라인 처음',
        width: 11,
        kind: 'mark',
        meaning: '온라인 홍보가 이번에 처음이면 1, 아니면 0이에요. 비어 있으면 묻지 않았어요.',
        value: (fact) => fact.firstOnline,
      },
      {
        key: 'channelUrl',
        header: '톡채널 주소',
        width: 26,
        kind: 'text',
        meaning: '톡채널의 인터넷 주소예요.',
        screenOnly: true,
        value: ({ row }) => row.channelUrl,
      },
      {
        key: 'mapPlaceUrl',
        header: '카카오맵 주소',
        width: 26,
        kind: 'text',
        meaning: '카카오맵의 인터넷 주소예요.',
        screenOnly: true,
        value: ({ row }) => row.mapPlaceUrl,
      },
      program.number,
      site.number,
      {
        key: 'shopNumber',
        header: '점포 번호',
        width: 9,
        kind: 'whole',
        meaning: '이 보고서 안의 점포 번호예요. 두 사업에 걸친 같은 점포는 번호가 같아요.',
        screenOnly: true,
        value: ({ group }) => lookups.shopNumber(group),
      },
      {
        key: 'members',
        header: '묶은 기록',
        width: 9,
        kind: 'whole',
        meaning: '같은 점포로 묶은 기록의 수예요. 1이면 묶지 않은 점포이고, 0이면 세지 않는 점포예요.',
        screenOnly: true,
        value: ({ members }) => members,
      },
      {
        key: 'inTotal',
        header: '전체에서 셈',
        width: 11,
        kind: 'mark',
        meaning: '전체 점포 수에 넣으면 1이에요. 두 사업에 걸친 점포는 한 줄만 1이에요.',
        screenOnly: true,
        value: ({ inTotal }) => inTotal,
      },
      {
        key: 'inProgram',
        header: '사업에서 셈',
        width: 11,
        kind: 'mark',
        meaning: '그 사업의 점포 수에 넣으면 1이에요.',
        screenOnly: true,
        value: ({ inProgram }) => inProgram,
      },
    ],
  });
}
