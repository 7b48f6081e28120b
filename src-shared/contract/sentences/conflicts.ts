import type { Sentences } from './sentence.ts';

/** Errors of settling conflicts by Excel. */
export const conflictsSentences = {
  CONFLICT_STALE: [
    '그 사이에 값이 바뀌었어요. 새 값을 보고 다시 골라 주세요.',
    'The values have changed meanwhile. Look at the new ones and choose again.',
  ],
  CONFLICT_BOOK_OTHER: [
    '{file}에 ‘{sheet}’ 시트가 없어요. 아무것도 바뀌지 않았어요. 단골수첩에서 받은 엑셀 파일인지 확인해 주세요.',
    'There is no sheet "{sheet}" in {file}. Nothing was changed. Check that it is a workbook of conflicts from this program.',
  ],
  CONFLICT_ROW_EDITED: [
    '채택값이 아닌 칸이 바뀌었거나 다른 줄과 섞여서 이 줄은 정하지 않았어요. 두 값은 그대로 있어요. 엑셀을 새로 받아 채택값만 채워 주세요.',
    'Cells other than the chosen value were altered or mixed with another row, so this row was not settled. The values are as they were. Get a new workbook and fill in the chosen value only.',
  ],
  CONFLICT_ROW_UNKNOWN: [
    '이 수첩에 없는 기록이에요. 다른 수첩에서 만든 줄이거나 그 파일을 아직 합치지 않았어요. 아무것도 바뀌지 않았어요. 먼저 파일을 합쳐 주세요.',
    'This record is not in this store: the row is from another store, or its file was not imported yet. Nothing was changed. Import the file first.',
  ],
  CONFLICT_ROW_TWICE: [
    '같은 것이 여러 줄에 있고 채택값이 서로 달라서 정하지 않았어요. 두 값은 그대로 있어요. 한 줄만 남겨 주세요.',
    'The same conflict stands in several rows with different choices, so it was not settled. The values are as they were. Leave one row.',
  ],
  CONFLICT_ROW_FORMULA: [
    '채택값에 수식이 있어서 정하지 않았어요. 두 값은 그대로 있어요. 목록에서 고르거나 값을 적어 주세요.',
    'The chosen value is a formula, so it was not settled. The values are as they were. Choose from the list or type a value.',
  ],
  CONFLICT_ROW_CHOICE: [
    '채택값 ‘{value}’은(는) 고를 수 있는 값이 아니에요. 두 값은 그대로 있어요. {expected} 가운데 하나를 골라 주세요.',
    'The chosen value "{value}" cannot be chosen here. The values are as they were. Choose one of: {expected}.',
  ],
  CONFLICT_ROW_DAY: [
    '채택값 ‘{value}’은(는) 달력에 없는 날짜예요. 두 값은 그대로 있어요. 2024-11-24처럼 적어 주세요.',
    'The chosen value "{value}" is no date of the calendar. The values are as they were. Write it like 2024-11-24.',
  ],
  CONFLICT_ROW_TIME: [
    '채택값 ‘{value}’은(는) 시각이 아니에요. 두 값은 그대로 있어요. 2024-11-24 14:05처럼 적어 주세요.',
    'The chosen value "{value}" is no time. The values are as they were. Write it like 2024-11-24 14:05.',
  ],
  CONFLICT_ROW_WHOLE: [
    '채택값 ‘{value}’은(는) 0 이상의 정수가 아니에요. 두 값은 그대로 있어요. 숫자만 적어 주세요.',
    'The chosen value "{value}" is no whole number from 0 on. The values are as they were. Write digits only.',
  ],
  CONFLICT_ROW_NUMBER: [
    '채택값 ‘{value}’은(는) 이 칸에 맞는 숫자가 아니에요. 두 값은 그대로 있어요. 37.5563처럼 적어 주세요.',
    'The chosen value "{value}" is no number that fits here. The values are as they were. Write it like 37.5563.',
  ],
  CONFLICT_ROW_LONG: [
    '채택값이 {limit}자가 넘어서 정하지 않았어요. 두 값은 그대로 있어요. 줄여 주세요.',
    'The chosen value has more than {limit} characters, so it was not settled. The values are as they were. Shorten it.',
  ],
  CONFLICT_ROW_SCREEN: [
    '엑셀에서는 정할 수 없는 줄이에요. 두 값은 그대로 있어요. ‘다른 값’ 화면에서 정해 주세요.',
    'This one cannot be settled in Excel. The values are as they were. Settle it on the screen of conflicts.',
  ],
  CONFLICT_ROW_LIMIT: [
    '한 번에 되돌릴 수 있게 {limit}줄까지만 정했어요. 이 줄의 두 값은 그대로 있어요. 같은 파일을 한 번 더 넣어 주세요.',
    'Only {limit} rows are settled at once, so that undo takes them back at once. The values of this row are as they were. Read the same file once more.',
  ],
} as const satisfies Sentences;
