import { writtenValue } from '../cell-values.ts';
import type { BookRow, MadeBy } from '../conflict-rows.ts';
import type { FreeCell, FreeSheet } from '../sheet.ts';

/** How to fill in the workbook. */
export function guideSheet(rows: readonly BookRow[], { laptop, now }: MadeBy): FreeSheet {
  const made = writtenValue(new Date(now).toISOString(), 'moment') as Date;
  const moment = made.toISOString().slice(0, 16).replace('T', ' ');
  const line = (value: string, style: FreeCell['style'], height: number): FreeSheet['rows'][number] => ({
    height,
    cells: [{ column: 1, until: 2, value, style }],
  });
  const pair = (label: string, value: string, height = 34): FreeSheet['rows'][number] => ({
    height,
    cells: [
      { column: 1, value: label, style: 'label' },
      { column: 2, value, style: 'body' },
    ],
  });
  return {
    layout: 'free',
    name: '안내',
    widths: [24, 96],
    frozenRows: 0,
    onePage: true,
    rows: [
      line('다른 값을 엑셀에서 정하기', 'title', 34),
      line(`정할 것 ${rows.length.toLocaleString('ko-KR')}개`, 'subtitle', 22),
      line(`만든 노트북 ${laptop.name || laptop.id}  ·  만든 때 ${moment} (한국 시각)`, 'quiet', 18),
      { height: 8, cells: [] },
      line('채우는 법', 'heading', 24),
      pair(
        '1. 고르기',
        '‘정할 것’ 시트의 채택값 칸에서 목록을 열어 하나를 골라요. ‘값 1’, ‘값 2’라고 적어도 돼요.',
      ),
      pair(
        '2. 다른 값 적기',
        '둘 다 틀렸으면 맞는 값을 적어요. 날짜는 2024-11-24처럼 적고, 비우려면 ‘비어 있음’이라고 적어요. 사람·점포처럼 다른 기록을 가리키는 값과 사진은 목록에서만 골라요.',
      ),
      pair('3. 나중에', '채택값을 비워 두면 그대로 남아요. 줄을 지워도 괜찮아요.'),
      pair(
        '4. 다시 넣기',
        '저장한 파일을 단골수첩의 ‘다른 값’ 화면이나 dangol resolve 명령으로 넣어요. 같은 파일을 두 번 넣어도 괜찮아요.',
      ),
      { height: 8, cells: [] },
      line('알아 두기', 'heading', 24),
      pair(
        '바꾸면 안 되는 칸',
        '채택값과 메모만 채워 주세요. 다른 칸이 바뀐 줄은 정하지 않고 까닭을 알려 줘요. 줄의 순서를 바꾸거나 걸러 보는 것은 괜찮아요.',
      ),
      pair(
        '그 사이에 바뀐 것',
        '이 파일을 만든 뒤에 값이 바뀌었거나 다른 곳에서 정한 줄은 정하지 않고 까닭을 알려 줘요.',
      ),
      pair(
        '사라지는 값은 없어요',
        '고르지 않은 값도 기록의 변경 내역에 남아요. 넣은 뒤에는 되돌리기 한 번으로 모두 되돌릴 수 있어요.',
      ),
      pair(
        '개인정보',
        '이름과 전화번호가 그대로 들어 있을 수 있어요. 필요한 사람에게만 보내고, 다 쓰면 지워 주세요. 설문에 답한 내용은 넣지 않았어요.',
      ),
    ],
  };
}
