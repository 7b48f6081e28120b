import type { Sentences } from './sentence.ts';

/** Errors of lists and workbooks that are read. */
export const tablesSentences = {
  TABLE_ENCODING: [
    '{file}의 글자를 읽을 수 없어요. CSV를 UTF-8이나 CP949로 저장해서 다시 넣어 주세요.',
    'The text of {file} cannot be read. Save the CSV as UTF-8 or CP949 and try again.',
  ],
  TABLE_COLUMNS_MISSING: [
    '{file}에 꼭 있어야 할 열이 없어요: {columns}. 첫 줄의 열 이름을 확인해 주세요.',
    '{file} lacks columns that are needed: {columns}. Check the names in the first row.',
  ],
  TABLE_UNREADABLE: [
    '{file}을(를) 표로 읽을 수 없어요 ({reason}). 아무것도 넣지 않았어요. CSV나 xlsx로 다시 저장해 주세요.',
    '{file} cannot be read as a table ({reason}). Nothing was stored. Save it again as CSV or xlsx.',
  ],
  TABLE_TOO_LARGE: [
    '{file}이(가) 너무 커요. 아무것도 넣지 않았어요. 나누어서 넣어 주세요.',
    '{file} is too large. Nothing was stored. Split it and try again.',
  ],
  TEMPLATE_UNREADABLE: [
    '{file}을(를) 엑셀 파일로 읽을 수 없어요 ({reason}). 보고서는 만들지 않았어요. 엑셀에서 열어 xlsx로 다시 저장해 주세요.',
    '{file} cannot be read as a workbook ({reason}). No report was made. Open it in Excel and save it as xlsx again.',
  ],
  TEMPLATE_SEALED: [
    '{file}에 암호가 걸려 있거나 아주 오래된 형식이에요. 보고서는 만들지 않았어요. 암호를 풀고 xlsx로 저장해 주세요.',
    '{file} has a password or is of a very old format. No report was made. Take the password off and save it as xlsx.',
  ],
  TEMPLATE_MACROS: [
    '{file}에 매크로가 들어 있어서 채우지 않았어요. 매크로 없는 xlsx로 저장해서 다시 골라 주세요.',
    '{file} holds macros, so it was not filled. Save it as xlsx without macros and choose it again.',
  ],
  TEMPLATE_TOO_LARGE: [
    '{file}이(가) 너무 커서 채우지 않았어요. 양식은 64MB, 풀었을 때 256MB까지예요. 사진을 줄이거나 안 쓰는 시트를 지워 주세요.',
    '{file} is too large to be filled. A template may have 64 MB, 256 MB unpacked. Make its pictures smaller or take unused sheets out.',
  ],
  TEMPLATE_WITHOUT_SHEETS: [
    '{file}에 채울 시트가 없어요. 시트 이름이 보고서와 같아야 해요: {sheets}. 보고서를 하나 만들어 그 시트를 양식에 복사해 주세요.',
    '{file} has no sheet to fill. Sheets must be named as in the report: {sheets}. Make a report and copy these sheets into your template.',
  ],
  TEMPLATE_TABLE_DIFFERS: [
    '{file}의 “{sheet}” 시트에 있는 표의 열이 보고서와 달라요. 보고서는 만들지 않았어요. 그 표를 범위로 바꾸거나, 새 보고서의 시트를 복사해 주세요.',
    'The table on the sheet "{sheet}" of {file} has other columns than the report. No report was made. Turn it into a range, or copy the sheet of a new report.',
  ],
} as const satisfies Sentences;
