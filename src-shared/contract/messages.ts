import type { ErrorCode, ErrorParams, ErrorReport } from './errors.ts';

export type Language = 'ko' | 'en';

type Sentence = readonly [ko: string, en: string];

/** For each code: what happened, what it means for the data, what to do next. `{name}` stands for a parameter. */
const sentences: Record<ErrorCode, Sentence> = {
  INTERNAL: [
    '프로그램에 문제가 생겼어요. 지금까지 적은 것은 그대로 있어요. 다시 해 보고, 계속되면 오류 번호 {id}를 알려 주세요.',
    'Something went wrong in the program. What was recorded is still there. Try again; if it goes on, report error {id}.',
  ],
  INVALID_INPUT: [
    '{at} 값을 쓸 수 없어요: {reason}. 아무것도 바뀌지 않았어요.',
    'The value of {at} cannot be used: {reason}. Nothing was changed.',
  ],
  UNKNOWN_METHOD: ['{method}(이)라는 기능은 없어요.', 'There is no call named {method}.'],
  NOT_FOUND: [
    '찾는 것이 여기에 없어요 ({entity} {id}). 지워졌거나 아직 합치지 않은 파일에 있을 수 있어요.',
    'It is not here ({entity} {id}). It may have been deleted, or stand in a file that was not imported yet.',
  ],
  STORE_MISSING: [
    '{dir}에 수첩이 없어요. 폴더를 확인하거나 init으로 새로 만들어 주세요.',
    'There is no store in {dir}. Check the folder, or make one with init.',
  ],
  STORE_EXISTS: [
    '{dir}에 이미 수첩이 있어요. 그대로 두었어요. 다른 폴더를 골라 주세요.',
    'There is a store in {dir} already. It was left as it is. Choose another folder.',
  ],
  STORE_NEWER: [
    '이 수첩은 더 새로운 프로그램(자료 판 {found})으로 쓴 것이라 열지 않았어요. 이 프로그램은 {known}판까지 알아요. 프로그램을 새로 받아 주세요.',
    'This store was written by a newer program (data version {found}) and was not opened; this one knows {known}. Update the program.',
  ],
  STORE_KEY_WRONG: [
    '열쇠가 맞지 않아 수첩을 열지 못했어요. 자료는 그대로예요. {dir}의 열쇠 파일을 확인해 주세요.',
    'The key does not fit, so the store was not opened. The data is as it was. Check the key file in {dir}.',
  ],
  STORE_DAMAGED: [
    '수첩 파일이 상했어요 ({detail}). 그대로 두었어요. 사본에서 되살려 주세요.',
    'The store file is damaged ({detail}). It was left as it is. Restore it from a copy.',
  ],
  STORE_DAMAGED_COPY: [
    '수첩 파일이 상했어요 ({detail}). 그대로 두었어요. {at}에 만든 온전한 사본이 있어요 (변경 {changes}건). 명령줄에서 restore "{file}"로 되살려 주세요. 상한 파일은 지우지 않고 따로 둬요.',
    'The store file is damaged ({detail}). It was left as it is. There is a sound copy of {at} with {changes} changes: restore "{file}" on the command line brings it back. The damaged file is set aside, not deleted.',
  ],
  STORE_BUSY: [
    '다른 창에서 이 수첩을 쓰고 있어요. 그 창을 닫고 다시 해 주세요.',
    'Another program is using this store. Close it and try again.',
  ],
  STORE_NOT_EMPTY: [
    '이미 기록이 있는 수첩에는 예시를 넣지 않아요. 새 폴더에서 해 주세요.',
    'The demo is not put into a store that holds records. Use a new folder.',
  ],
  DISK_FULL: [
    '디스크가 가득 차서 멈췄어요. 이미 적은 것은 그대로 있어요. 자리를 비우고 다시 해 주세요.',
    'The disk is full, so it stopped. What was recorded is still there. Free some space and try again.',
  ],
  DISK_FAILED: [
    '디스크가 읽거나 쓰지 못해서 멈췄어요 ({detail}). 이미 적은 것은 그대로 있어요. 다시 해 보고, 계속되면 사본을 다른 디스크에 옮기고 이 디스크를 점검해 주세요.',
    'The disk failed to read or to write, so it stopped ({detail}). What was recorded is still there. Try again; if it goes on, take a copy to another disk and have this one checked.',
  ],
  COPY_KEY_WRONG: [
    '{file} 파일은 이 노트북의 열쇠로 열리지 않아요. 다른 노트북의 사본이거나 수첩 사본이 아니에요. 지금 수첩은 그대로예요. 다른 사본을 골라 주세요.',
    'The key of this laptop does not open {file}: it is a copy of another laptop, or no copy of a store. The store was left as it is. Choose another copy.',
  ],
  COPY_DAMAGED: [
    '사본 {file} 파일이 상했어요 ({detail}). 지금 수첩은 그대로예요. 다른 사본을 골라 주세요.',
    'The copy {file} is damaged ({detail}). The store was left as it is. Choose another copy.',
  ],
  COPY_NEWER: [
    '사본 {file} 파일은 더 새로운 프로그램(자료 판 {found})으로 만든 것이에요. 이 프로그램은 {known}판까지 알아요. 지금 수첩은 그대로예요. 프로그램을 새로 받아 주세요.',
    'The copy {file} was made by a newer program (data version {found}); this one knows {known}. The store was left as it is. Update the program.',
  ],
  COPY_OTHER_LAPTOP: [
    '사본 {file} 파일은 다른 노트북({laptop})의 것이고 이 노트북은 {here}예요. 한 수첩을 두 노트북의 것으로 만들지 않도록 멈췄어요. 지금 수첩은 그대로예요. 기록을 합치려면 그 노트북에서 파일로 내보내 주세요.',
    'The copy {file} is of another laptop ({laptop}); this one is {here}. Two laptops must not write as one, so it stopped. The store was left as it is. To bring the records together, export them as a file on that laptop.',
  ],
  COPY_NOT_MADE: [
    '사본을 만들지 못했어요 ({reason}). 하던 일은 그대로 계속돼요. 디스크의 자리와 {folder} 폴더를 확인해 주세요.',
    'A copy could not be made ({reason}). The work goes on as it is. Check the room on the disk and the folder {folder}.',
  ],
  FILE_UNREADABLE: [
    '{file} 파일을 읽지 못했어요 ({reason}). 파일이 있는지, 열 수 있는지 확인해 주세요.',
    'The file {file} could not be read ({reason}). Check that it is there and can be opened.',
  ],
  FILE_UNWRITABLE: [
    '{file} 파일을 쓰지 못했어요 ({reason}). 다른 프로그램에서 열려 있으면 닫고, 폴더를 확인해 주세요.',
    'The file {file} could not be written ({reason}). Close it elsewhere if it is open, and check the folder.',
  ],
  FILE_TOO_LARGE: [
    '{file} 파일이 너무 커요 ({bytes}바이트, 최대 {limit}바이트). 아무것도 넣지 않았어요. 회차별로 나누어 받아 주세요.',
    'The file {file} is too large ({bytes} bytes, at most {limit}). Nothing was stored. Ask for it split by session.',
  ],
  FILE_EMPTY: [
    '{file}에는 아무것도 들어 있지 않아요 (0바이트). 복사나 내려받기가 끝나지 않은 파일일 수 있어요. 끝난 다음에 다시 고르거나, 보낸 사람에게 다시 받아 주세요.',
    '{file} is empty (0 bytes). It may still be being copied or downloaded. Choose it again when that is done, or ask the sender for it again.',
  ],
  FILE_NOT_ZIP: [
    '{file}은(는) 단골수첩 파일이 아니거나 깨졌어요 ({reason}). 아무것도 넣지 않았어요. 보낸 사람에게 다시 받아 주세요.',
    '{file} is not a Dangol file, or is broken ({reason}). Nothing was stored. Ask the sender for it again.',
  ],
  FILE_SEALED: [
    '{file}은(는) 봉해진 파일이에요. 이 프로그램은 아직 열지 못해요. 봉하지 않은 파일을 받아 주세요.',
    '{file} is sealed. This version cannot open it yet. Ask for an unsealed one.',
  ],
  FILE_CUT_SHORT: [
    '{file} 파일이 중간에 잘렸어요. 아무것도 넣지 않았어요. 다시 복사하거나 보낸 사람에게 다시 받아 주세요.',
    'The file {file} is cut short. Nothing was stored. Copy it again, or ask the sender for it again.',
  ],
  FILE_ENTRY_MISSING: [
    '{file} 안에 {entry}이(가) 없어요. 아무것도 넣지 않았어요. 보낸 사람에게 다시 받아 주세요.',
    '{entry} is missing in {file}. Nothing was stored. Ask the sender for it again.',
  ],
  FILE_ENTRY_REPEATED: [
    '{file} 안에 {entry}이(가) 두 번 있어요. 만든 뒤에 고친 파일이에요. 아무것도 넣지 않았어요.',
    '{entry} stands twice in {file}: it was altered after it was made. Nothing was stored.',
  ],
  FILE_ENTRY_FOREIGN: [
    '{file} 안에 있으면 안 되는 {entry}이(가) 있어요. 만든 뒤에 고친 파일이에요. 아무것도 넣지 않았어요.',
    '{file} holds {entry}, which does not belong there: it was altered after it was made. Nothing was stored.',
  ],
  FILE_ENTRY_BOMB: [
    '{file} 안의 {entry}이(가) 풀면 지나치게 커져요. 아무것도 넣지 않았어요. 이 파일은 쓰지 마세요.',
    '{entry} in {file} unpacks to an unreasonable size. Nothing was stored. Do not use this file.',
  ],
  FILE_MANIFEST_INVALID: [
    '{file}의 목록(manifest.json)을 읽을 수 없어요: {at}. 아무것도 넣지 않았어요. 보낸 사람에게 다시 받아 주세요.',
    'The manifest of {file} cannot be read: {at}. Nothing was stored. Ask the sender for it again.',
  ],
  FILE_VERSION_NEWER: [
    '{file}은(는) 더 새로운 프로그램(파일 판 {found})으로 만들었어요. 이 프로그램은 {known}판까지 읽어요. 아무것도 넣지 않았어요. 프로그램을 새로 받아 주세요.',
    '{file} was made by a newer program (file version {found}); this one reads up to {known}. Nothing was stored. Update the program.',
  ],
  FILE_SIGNATURE_WRONG: [
    '{file}의 서명이 맞지 않아요. 만든 뒤에 바뀌었어요. 아무것도 넣지 않았어요. 보낸 사람에게 다시 받아 주세요.',
    'The signature of {file} does not fit: it was altered after it was made. Nothing was stored. Ask the sender for it again.',
  ],
  FILE_HASH_WRONG: [
    '{file} 안의 {entry} 내용이 목록과 달라요. 아무것도 넣지 않았어요. 보낸 사람에게 다시 받아 주세요.',
    'The content of {entry} in {file} is not what its manifest says. Nothing was stored. Ask the sender for it again.',
  ],
  FILE_SIZE_WRONG: [
    '{file} 안의 {entry} 크기가 목록과 달라요. 아무것도 넣지 않았어요. 보낸 사람에게 다시 받아 주세요.',
    'The size of {entry} in {file} is not what its manifest says. Nothing was stored. Ask the sender for it again.',
  ],
  FILE_COUNT_WRONG: [
    '{file}의 기록 수가 목록과 달라요 ({at}). 아무것도 넣지 않았어요. 보낸 사람에게 다시 받아 주세요.',
    'The number of records in {file} is not what its manifest says ({at}). Nothing was stored. Ask the sender for it again.',
  ],
  FILE_LINE_TOO_LONG: [
    '{file}의 {line}번째 줄이 너무 길어요. 아무것도 넣지 않았어요.',
    'Line {line} of {file} is too long. Nothing was stored.',
  ],
  FILE_LINE_INVALID: [
    '{file}의 {line}번째 줄을 읽을 수 없어요 ({reason}). 아무것도 넣지 않았어요. 보낸 사람에게 다시 받아 주세요.',
    'Line {line} of {file} cannot be read ({reason}). Nothing was stored. Ask the sender for it again.',
  ],
  FILE_LINE_UNKNOWN: [
    '{file}의 {line}번째 줄은 이 프로그램이 아는 기록이 아니에요 ({rule}: {at}). 아무것도 넣지 않았어요.',
    'Line {line} of {file} is not a change that this program knows ({rule}: {at}). Nothing was stored.',
  ],
  FILE_ORDER_WRONG: [
    '{file}의 {line}번째 줄이 순서에 맞지 않아요. 아무것도 넣지 않았어요. 보낸 사람에게 다시 받아 주세요.',
    'Line {line} of {file} is out of order. Nothing was stored. Ask the sender for it again.',
  ],
  CHANGE_ALTERED: [
    '{file}의 {line}번째 줄은 이미 있는 기록 {change}과(와) 번호가 같은데 내용이 달라요. 아무것도 넣지 않았어요. 보낸 노트북을 확인해 주세요.',
    'Line {line} of {file} has the id of a change that is here ({change}) but another content. Nothing was stored. Check the laptop that it came from.',
  ],
  LAPTOP_KEY_CHANGED: [
    '{name} 노트북({laptop})의 열쇠가 전과 달라요 ({fingerprint}). 아무것도 넣지 않았어요. 트레이너에게 확인한 뒤에만 새 열쇠를 받아들여 주세요.',
    'The laptop {name} ({laptop}) has another key than before ({fingerprint}). Nothing was stored. Accept the new key only after asking the trainer.',
  ],
  LAPTOP_KEY_STALE: [
    '그사이 {name} 노트북의 열쇠가 바뀌었어요. 아무것도 적지 않았어요. 지금 보이는 지문을 다시 견줘 주세요.',
    'The key of the laptop {name} has changed meanwhile. Nothing was recorded. Compare the fingerprint that is shown now.',
  ],
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
  KIT_EMPTY: [
    '{name} 꾸러미에 담을 회차가 없어서 아무 꾸러미도 만들지 않았어요. 회차를 고르거나 그 줄을 빼 주세요.',
    'There is no session for the kit of {name}, so no kit was made. Choose a session, or leave that line out.',
  ],
  CANCELLED: [
    '멈춰서 {file}은(는) 넣거나 만들지 않았어요. 있던 것은 그대로예요. 다시 시작하면 돼요.',
    'It was stopped, so {file} was neither merged nor made. What was there is as it was. Start again to go on.',
  ],
  PHOTO_NOT_PICTURE: [
    '사진이 아니라서 넣지 않았어요. 다른 것은 그대로 있어요. 사진 파일(JPEG, PNG, WebP)을 골라 주세요.',
    'This is not a picture, so it was not added. Everything else is as it was. Choose a picture (JPEG, PNG, WebP).',
  ],
  PHOTO_FORMAT: [
    '{format} 형식은 이 노트북에서 열 수 없어서 넣지 않았어요. 휴대폰이나 사진 앱에서 JPEG로 바꾼 뒤 다시 넣어 주세요.',
    'This laptop cannot open {format} pictures, so it was not added. Save it as JPEG on the phone or in a photo app and add it again.',
  ],
  PHOTO_BROKEN: [
    '사진 파일이 깨졌거나 중간에 잘려서 넣지 않았어요. 다른 것은 그대로 있어요. 다시 복사하거나 새로 찍어 주세요.',
    'The picture is damaged or cut short, so it was not added. Everything else is as it was. Copy it again, or take a new one.',
  ],
  PHOTO_TOO_LARGE: [
    '사진이 너무 커서 넣지 않았어요 ({size}, 최대 {limit}). 더 작게 저장해서 다시 넣어 주세요.',
    'The picture is too large and was not added ({size}, at most {limit}). Save it smaller and add it again.',
  ],
  PHOTO_HAS_POSITION: [
    '사진 안에 찍은 곳의 위치가 들어 있거나 들어 있을 수 있어서 넣지 않았어요. 위치를 지우고 넣거나, 설정에서 위치를 남기도록 바꿔 주세요.',
    'The picture says, or may say, where it was taken, so it was not added. Remove the position, or choose in the settings to keep positions.',
  ],
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
  PIN_WRONG: [
    'PIN이 맞지 않아요. 답은 그대로 있어요. 다시 넣어 주세요.',
    'That is not the PIN. The answers are as they were. Try again.',
  ],
  PIN_WAIT: [
    'PIN을 여러 번 틀려서 {seconds}초 뒤에 다시 넣을 수 있어요. 답은 그대로 있어요.',
    'Too many wrong PINs: try again in {seconds} seconds. The answers are as they were.',
  ],
  PIN_NEEDED: [
    '먼저 설문에서 나올 때 쓸 PIN을 정하거나, PIN 없이 건네기로 정해 주세요. 아직 건네지 않았어요.',
    'First set the PIN that ends a hand-over, or choose to go without. Nothing was handed over yet.',
  ],
  HANDED_OVER: [
    '지금은 상인이 설문에 답하고 있어서 다른 일은 하지 않아요. 아무것도 바뀌지 않았어요. 설문에서 나온 뒤에 다시 해 주세요.',
    'A merchant is answering the survey, so nothing else is done. Nothing was changed. Try again after leaving the survey.',
  ],
  NOT_HANDED_OVER: [
    '설문을 건넨 상태가 아니에요. 이미 적은 답은 그대로 있어요. 회차에서 설문을 다시 건네 주세요.',
    'No survey is handed over. Answers that were written are still there. Hand it over again from its session.',
  ],
  COMMAND_LINE_ONLY: [
    '{method}은(는) 명령줄에서만 할 수 있어요. 아무것도 바뀌지 않았어요. 터미널에서 dangol call {method}(으)로 해 주세요.',
    '{method} works on the command line only. Nothing was changed. Run dangol call {method} in a terminal.',
  ],
  TEMPLATE_IN_USE: [
    '쓰고 있는 판이라 고치지 않았어요. 받은 답은 그대로예요. 다음 판을 만들어 고쳐 주세요.',
    'This version is in use, so it was not altered. The answers are as they were. Make the next version and change that.',
  ],
  TEMPLATE_NOT_READY: [
    '아직 고칠 곳이 {count}군데 있어서 내보내지 않았어요. 적은 것은 그대로 있어요. 표시된 곳을 고쳐 주세요.',
    'It was not published: {count} places must be mended first. What was written is still there. Mend the marked places.',
  ],
  VERIFY_FAILED: [
    '수첩을 확인했더니 맞지 않는 곳이 {count}군데 있어요.',
    'The store was checked and {count} places do not fit.',
  ],
};

/** The sentence for an error, with its parameters filled in. */
export function messageOf(error: ErrorReport, language: Language): string {
  const sentence = sentences[error.code] ?? sentences.INTERNAL;
  return fill(sentence[language === 'ko' ? 0 : 1], error.params);
}

function fill(sentence: string, params: ErrorParams): string {
  return sentence.replace(/\{(\w+)\}/g, (_whole, name: string) => shown(params[name] ?? '?'));
}

const MAX_SHOWN = 300;

/** A parameter may come from someone else's file: a terminal must not obey it, and it must not bury the sentence. */
function shown(param: string | number): string {
  const text = String(param).replace(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
