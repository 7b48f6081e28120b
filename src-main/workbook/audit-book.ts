import type { AuditCode, AuditRow, AuditSubject } from '#shared/contract/audit.ts';
import { fieldOf, isEntityName, model } from '#shared/model/model.ts';
import { personalSheets } from '#shared/contract/report.ts';
import type { Book, FreeCell, FreeSheet } from './sheet.ts';
import { tableOf, type Table } from './sheet.ts';

const words: Record<AuditCode, string> = {
  exported: '내보내기',
  printed: '인쇄용으로 보기',
  unmasked: '가리지 않고 보기',
  erased: '파기',
  imported: '가져오기',
  importUndone: '합치기 되돌림',
  restored: '사본으로 되살림',
  backedUp: '사본 만들기',
  keyJudged: '노트북 열쇠 확인',
  keyAccepted: '노트북의 새 열쇠 받음',
  pinReset: 'PIN 없앰',
  reported: '보고서(가림)',
  reportedInFull: '보고서(개인정보 포함)',
  conflictBook: '정할 것 엑셀',
  auditExported: '접속기록 내보내기',
  sealed: '보관 기간 지난 기록 정리',
};

/** What stands in `form`; what a newer program wrote there is shown as it is. */
const forms: Readonly<Record<string, string>> = {
  rescue: '상한 수첩을 프로그램이 스스로 되살림',
  session: '세션 파일',
  kit: '꾸러미',
  kits: '꾸러미 여러 개',
  dump: '모든 기록(dump)',
  file: '합친 파일',
  sites: '시장 목록',
  stores: '점포 목록',
  people: '사람 목록',
  photos: '사진',
  conflicts: '다른 값',
  duplicates: '같은 점포 후보',
  changes: '합쳐서 달라진 것',
  signIn: '출석부',
  store: '점포 결과지',
  awards: '상장',
  waiting: '확인 안 함',
  confirmed: '맞음',
  unknown: '모르는 열쇠',
  retention: '보관 기간이 지난 개인정보',
  person: '한 사람의 개인정보',
};

interface Made {
  readonly head: { readonly n: number; readonly hash: string };
  readonly laptop: { readonly id: string; readonly name: string };
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The record of access as a workbook: what it is, and its entries with their hashes. */
export function auditBook(rows: readonly AuditRow[], made: Made): Book {
  return { title: '단골수첩 접속기록', now: made.now, sheets: [cover(rows, made), entries(rows)] };
}

function cover(rows: readonly AuditRow[], { head, laptop, now, from, to }: Made): FreeSheet {
  const line = (value: string, style: FreeCell['style'], height: number): FreeSheet['rows'][number] => ({
    height,
    cells: [{ column: 1, until: 2, value, style }],
  });
  const pair = (label: string, value: string): FreeSheet['rows'][number] => ({
    height: 34,
    cells: [
      { column: 1, value: label, style: 'label' },
      { column: 2, value, style: 'body' },
    ],
  });
  const span = from || to ? `${from ?? '처음'} ~ ${to ?? '지금'}` : '전체 기간';
  return {
    layout: 'free',
    name: '안내',
    widths: [20, 96],
    frozenRows: 0,
    onePage: true,
    rows: [
      line('접속기록', 'title', 34),
      line(`${span}  ·  ${rows.length.toLocaleString('en-US')}건`, 'subtitle', 22),
      line(`노트북 ${laptop.name || laptop.id}  ·  만든 때 ${seoulMinute(now)} (한국 시각)`, 'quiet', 18),
      { height: 8, cells: [] },
      pair(
        '무엇인가요',
        '이 노트북에서 누가 언제 개인정보를 내보내고, 인쇄하고, 가리지 않고 보고, 파기했는지 적은 것이에요.',
      ),
      pair('끝 번호와 해시', `${head.n}  ${head.hash}`),
      pair(
        '확인하는 법',
        '앞 기록의 해시가 다음 기록에 들어 있어요. dangol verify가 처음부터 다시 계산해서, 빠지거나 고쳐진 기록을 알려 줘요.',
      ),
    ],
  };
}

function entries(rows: readonly AuditRow[]): Table {
  return tableOf<AuditRow>({
    name: '접속기록',
    about: '한 일마다 한 줄이에요. 오래된 것부터 있어요.',
    rows,
    columns: [
      { key: 'n', header: '번호', width: 8, kind: 'whole', meaning: '순서예요.', value: ({ n }) => n },
      {
        ...{ key: 'at', header: '때', width: 17, kind: 'moment', meaning: '한국 시각이에요.' },
        value: ({ at }) => at,
      },
      {
        ...{ key: 'what', header: '한 일', width: 22, kind: 'text', meaning: '무엇을 했는지예요.' },
        value: ({ what }) => words[what] ?? what,
      },
      {
        ...{ key: 'person', header: '사용자', width: 12, kind: 'text' },
        meaning: '그때 이 노트북을 쓴다고 적혀 있던 사람이에요.',
        value: ({ person }) => person && (person.name ?? person.id),
      },
      {
        ...{ key: 'via', header: '어디서', width: 9, kind: 'text', meaning: '창이나 명령줄이에요.' },
        value: ({ via }) => (via === 'window' ? '창' : '명령줄'),
      },
      {
        ...{ key: 'subject', header: '대상', width: 40, kind: 'text', meaning: '무엇에 대한 일인지예요.' },
        value: ({ subject, title }) => aboutOf(subject, title),
      },
      {
        ...{ key: 'why', header: '까닭', width: 36, kind: 'text', meaning: '물었을 때 적은 까닭이에요.' },
        value: ({ why }) => why,
      },
      {
        ...{ key: 'record', header: '대상 번호', width: 38, kind: 'text', meaning: '기록의 번호예요.' },
        screenOnly: true,
        value: ({ subject }) => subject.record ?? null,
      },
      {
        ...{ key: 'laptop', header: '노트북', width: 18, kind: 'text', meaning: '노트북의 번호예요.' },
        screenOnly: true,
        value: ({ laptop }) => laptop,
      },
      {
        ...{ key: 'code', header: '코드', width: 16, kind: 'text', meaning: '한 일의 코드예요.' },
        screenOnly: true,
        value: ({ what }) => what,
      },
      {
        ...{ key: 'hash', header: '해시', width: 68, kind: 'text', meaning: '이 기록까지의 SHA-256이에요.' },
        screenOnly: true,
        value: ({ hash }) => hash,
      },
    ],
  });
}

/** What it was about in a few words; ids have a column of their own. */
function aboutOf({ entity, file, form, count, parts, full }: AuditSubject, title: string): string {
  const kind = entity !== undefined && isEntityName(entity) ? model[entity].label.ko : undefined;
  const named = parts?.map(
    (part) =>
      (personalSheets as Readonly<Record<string, string>>)[part] ??
      (entity === undefined ? undefined : fieldOf(entity, part)?.label.ko) ??
      part,
  );
  const told = [
    file,
    form && (forms[form] ?? form),
    [kind, title].filter(Boolean).join(' '),
    named?.join(', '),
    count === undefined ? undefined : `${count.toLocaleString('en-US')}건`,
    full === undefined ? undefined : full ? '가리지 않음' : '가림',
  ];
  return told.filter(Boolean).join(' · ');
}

/** YYYY-MM-DD HH:MM in Asia/Seoul. */
function seoulMinute(ms: number): string {
  return new Date(ms + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}
