import type { Certificate } from '#shared/contract/retention.ts';
import { isEntityName, model } from '#shared/model/model.ts';
import { destroyedLabel } from '#shared/retention/personal.ts';
import { tableOf, type Book, type FreeSheet, type Table } from './sheet.ts';

interface Made {
  readonly laptop: { readonly id: string; readonly name: string };
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The record of destruction as a workbook: what it is, and one row for each decision. */
export function destructionBook(rows: readonly Certificate[], made: Made): Book {
  return { title: '단골수첩 파기 대장', now: made.now, sheets: [cover(rows, made), entries(rows)] };
}

function cover(rows: readonly Certificate[], { laptop, now }: Made): FreeSheet {
  const line = (
    value: string,
    style: 'title' | 'quiet' | 'body',
    height: number,
  ): FreeSheet['rows'][number] => ({
    height,
    cells: [{ column: 1, value, style }],
  });
  const made = new Date(now + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
  return {
    layout: 'free',
    name: '안내',
    widths: [112],
    frozenRows: 0,
    onePage: true,
    rows: [
      line('개인정보 파기 대장', 'title', 34),
      line(
        `${rows.length.toLocaleString('en-US')}건  ·  노트북 ${laptop.name || laptop.id}  ·  만든 때 ${made} (한국 시각)`,
        'quiet',
        20,
      ),
      line(
        '보관 기간이 지났거나 동의가 철회된 개인정보를 언제, 무엇을, 왜 파기했는지 적은 것이에요. 개인정보는 들어 있지 않아요.',
        'body',
        24,
      ),
      line(`파기 방법: ${METHOD}`, 'body', 24),
    ],
  };
}

const METHOD =
  '기록, 표, 사진·서명 파일에서 값을 지우고 그 자리를 덮어썼어요. 다른 노트북에는 파일을 주고받을 때 같은 파기가 가요.';

function entries(rows: readonly Certificate[]): Table {
  return tableOf<Certificate>({
    name: '파기 대장',
    about: '파기를 한 번 정할 때마다 한 줄이에요. 오래된 것부터 있어요.',
    rows,
    columns: [
      {
        key: 'at',
        header: '때',
        width: 17,
        kind: 'moment',
        meaning: '한국 시각이에요.',
        value: ({ at }) => at,
      },
      {
        ...{
          key: 'basis',
          header: '파기 사유',
          width: 18,
          kind: 'text',
          meaning: '무엇에 따른 파기인지예요.',
        },
        value: ({ basis }) =>
          basis === null ? null : (model.destruction.fields.basis.codes?.[basis].ko ?? basis),
      },
      {
        ...{ key: 'rules', header: '사업과 보관 기간', width: 44, kind: 'text' },
        meaning: '그때 정해져 있던 기간이에요.',
        value: ({ rules }) =>
          rules
            .map(({ name, endsOn, months, keptUntil }) =>
              months === null ? name : `${name} (${endsOn ?? ''} 끝, ${months}개월, ${keptUntil ?? ''}까지)`,
            )
            .join('; ') || null,
      },
      {
        ...{ key: 'kinds', header: '파기한 항목', width: 52, kind: 'text', meaning: '항목과 기록 수예요.' },
        value: ({ kinds }) =>
          kinds
            .map(
              ({ entity, field, records }) => `${labelOf(entity, field)} ${records.toLocaleString('en-US')}`,
            )
            .join(', '),
      },
      {
        key: 'records',
        header: '기록 수',
        width: 10,
        kind: 'whole',
        meaning: '값을 없앤 기록이에요.',
        value: ({ records }) => records,
      },
      {
        ...{ key: 'sent', header: '전에 나간 파일', width: 40, kind: 'text' },
        meaning: '파기하기 전에 보내서, 그 값이 들어 있을 수 있는 파일이에요.',
        value: ({ sent }) => sent.map(sentOf).join('; ') || null,
      },
      {
        key: 'reason',
        header: '까닭',
        width: 36,
        kind: 'text',
        meaning: '정한 사람이 적은 까닭이에요.',
        value: ({ reason }) => reason || null,
      },
      {
        ...{
          key: 'by',
          header: '파기한 사람',
          width: 14,
          kind: 'text',
          meaning: '그 노트북을 쓰던 사람이에요.',
        },
        value: ({ by }) => by && (by.name ?? by.id),
      },
      {
        ...{ key: 'laptop', header: '노트북', width: 18, kind: 'text', meaning: '파기를 정한 노트북이에요.' },
        value: ({ laptop }) => laptop.name ?? laptop.id,
      },
      {
        ...{
          key: 'altered',
          header: '확인',
          width: 16,
          kind: 'text',
          meaning: '나중에 고치려 한 흔적이에요.',
        },
        value: ({ altered }) => (altered ? '나중에 고쳐짐' : null),
      },
      {
        key: 'id',
        header: '번호',
        width: 38,
        kind: 'text',
        meaning: '기록의 번호예요.',
        screenOnly: true,
        value: ({ id }) => id,
      },
    ],
  });
}

function sentOf({ to, kind, files, from, until }: Certificate['sent'][number]): string {
  const days = from === until ? from : `${from}~${until}`;
  return `${to}: ${kind === 'kit' ? '꾸러미' : '세션 파일'} ${files.toLocaleString('en-US')}개 (${days})`;
}

function labelOf(entity: string, field: string): string {
  const kind = isEntityName(entity) ? model[entity].label.ko : entity;
  return `${kind} ${destroyedLabel(entity, field)?.ko ?? field}`;
}
