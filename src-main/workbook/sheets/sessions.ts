import type { Facts } from '#shared/figures/facts.ts';
import type { ReportRows } from '#shared/figures/report-rows.ts';
import { model } from '#shared/model/model.ts';
import { codesFor, programColumns, siteColumns, wordFor, type Lookups } from '../lookups.ts';
import { tableOf, type Table } from '../sheet.ts';

type Row = Facts<ReportRows>['attendance'][number];

export function sessionsSheet(facts: Facts<ReportRows>, lookups: Lookups): Table {
  const program = programColumns<Row>(lookups);
  const site = siteColumns<Row>(lookups, ({ session }) => session.site);
  const { kind, status } = model.session.fields;
  const shown = lookups.shown('attendance');
  const numbers = new Map<string, number>();
  for (const { session } of facts.attendance) {
    if (!numbers.has(session.id)) numbers.set(session.id, numbers.size + 1);
  }
  return tableOf<Row>({
    name: '교육·출석',
    about: '회차마다 명단의 사람이 한 줄씩이에요. 명단이 없는 회차도 한 줄 있어요.',
    rows: facts.attendance,
    columns: [
      {
        key: 'date',
        header: '날짜',
        width: 12,
        kind: 'day',
        meaning: '회차의 날짜예요.',
        value: ({ session }) => session.date,
      },
      program.name,
      site.name,
      {
        key: 'sessionKind',
        header: '회차 종류',
        width: 12,
        kind: 'text',
        meaning: '교육, 방문의 날, 성과 공유회 가운데 하나예요.',
        codes: codesFor(kind),
        value: ({ session }) => wordFor(kind, session.kind),
      },
      {
        key: 'title',
        header: '회차 제목',
        width: 30,
        kind: 'text',
        meaning: '회차의 제목이에요.',
        value: ({ session }) => session.title,
      },
      {
        key: 'place',
        header: '장소',
        width: 18,
        kind: 'text',
        meaning: '회차를 연 곳이에요.',
        value: ({ session }) => session.place,
      },
      {
        key: 'sessionStatus',
        header: '회차 상태',
        width: 10,
        kind: 'text',
        meaning: '회차가 예정인지, 진행 중인지, 마쳤는지예요.',
        codes: codesFor(status),
        value: ({ session }) => wordFor(status, session.status),
      },
      {
        key: 'personName',
        header: '이름',
        width: 9,
        kind: 'text',
        meaning: shown.meaning('명단에 있는 사람이에요. ', '성만 보여요.'),
        value: ({ person }) => shown.name(person?.name ?? null),
      },
      {
        key: 'personKind',
        header: '역할',
        width: 9,
        kind: 'text',
        meaning: '상인, 트레이너, 코디네이터 가운데 하나예요.',
        codes: codesFor(model.person.fields.kind),
        value: ({ person }) => wordFor(model.person.fields.kind, person?.kind ?? null),
      },
      {
        key: 'storeName',
        header: '상호',
        width: 20,
        kind: 'text',
        meaning: '그 사람의 점포예요.',
        value: ({ person }) => lookups.store(person?.store ?? null)?.name ?? null,
      },
      {
        key: 'attendanceStatus',
        header: '출석',
        width: 8,
        kind: 'text',
        meaning: '출석, 지각, 결석 가운데 하나예요. 비어 있으면 아직 표시하지 않았어요.',
        codes: codesFor(model.attendance.fields.status),
        value: ({ attendance }) => wordFor(model.attendance.fields.status, attendance?.status ?? null),
      },
      {
        key: 'signedAt',
        header: '서명한 때',
        width: 17,
        kind: 'moment',
        meaning: '서명한 때예요(한국 시각).',
        value: ({ attendance }) => attendance?.signedAt ?? null,
      },
      program.number,
      site.number,
      {
        key: 'sessionNumber',
        header: '회차 번호',
        width: 9,
        kind: 'whole',
        meaning: '이 보고서 안의 회차 번호예요.',
        screenOnly: true,
        value: ({ session }) => numbers.get(session.id) ?? null,
      },
      {
        key: 'personNumber',
        header: '사람 번호',
        width: 9,
        kind: 'whole',
        meaning: '이 보고서 안의 사람 번호예요. 이름을 가려도 같은 사람을 알아볼 수 있어요.',
        screenOnly: true,
        value: ({ person }) => lookups.personNumber(person?.id ?? null),
      },
      {
        key: 'sessionOnce',
        header: '회차에서 셈',
        width: 11,
        kind: 'mark',
        meaning: '회차마다 첫 줄만 1이에요. 더하면 회차 수예요.',
        screenOnly: true,
        value: ({ sessionOnce }) => sessionOnce,
      },
      {
        key: 'merchantInTotal',
        header: '상인: 전체에서 셈',
        width: 16,
        kind: 'mark',
        meaning: '교육에 출석하거나 지각한 상인의 첫 줄만 1이에요. 더하면 교육받은 상인 수예요.',
        screenOnly: true,
        value: ({ merchantInTotal }) => merchantInTotal,
      },
      {
        key: 'merchantInProgram',
        header: '상인: 사업에서 셈',
        width: 16,
        kind: 'mark',
        meaning: '그 사업의 교육에 출석하거나 지각한 상인의 첫 줄만 1이에요.',
        screenOnly: true,
        value: ({ merchantInProgram }) => merchantInProgram,
      },
    ],
  });
}
