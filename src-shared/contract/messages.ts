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
    '이 수첩은 더 새로운 프로그램(자료 판 {found})으로 쓴 것이라 열지 않았어요. 자료는 그대로예요. 이 프로그램은 {known}판까지 알아요. 프로그램을 새로 받아 주세요.',
    'This store was written by a newer program (data version {found}) and was not opened; its data is as it was. This program knows {known}. Update the program.',
  ],
  STORE_KEY_WRONG: [
    '열쇠가 맞지 않아 수첩을 열지 못했어요. 자료는 그대로예요. {dir}의 열쇠 파일을 확인해 주세요.',
    'The key does not fit, so the store was not opened. The data is as it was. Check the key file in {dir}.',
  ],
  STORE_LOCKED: [
    '{dir}의 수첩은 암호로 잠겨 있어요. 자료는 그대로예요. 명령줄에서는 DANGOL_PASSPHRASE에 암호나 복구 코드를 넣어 주세요.',
    'The store in {dir} is locked. The data is as it was. On the command line, set DANGOL_PASSPHRASE to its passphrase or recovery code.',
  ],
  STORE_DAMAGED: [
    '수첩 파일 한 곳이 상했어요 ({detail}). 나머지 기록은 그대로예요. 프로그램을 닫고 다시 열면 전체를 살펴보고, 정말 상했으면 온전한 사본으로 스스로 되살려요.',
    'A part of the store file is damaged ({detail}). The rest is as it was. Close the program and open it again: it then looks at all of it and, where it is damaged, restores a sound copy by itself.',
  ],
  STORE_DAMAGED_ALONE: [
    '수첩 파일이 상했는데 ({detail}), 되살릴 온전한 사본을 {dir} 폴더에서 찾지 못했어요 (본 사본 {copies}개). 파일은 모두 그대로 두었어요. 이 폴더를 통째로 다른 곳에 복사해 두고, 따로 둔 사본이 있으면 명령줄에서 restore로 되살려 주세요.',
    'The store file is damaged ({detail}), and no sound copy was found in {dir} ({copies} looked at). All files were left as they are. Copy this folder to another place as it is, and if you keep a copy elsewhere, bring it back with restore on the command line.',
  ],
  STORE_LOG_GONE: [
    '지난번에 갑자기 꺼졌는데, 마지막에 적은 것을 담은 파일(store.db-wal)이 {dir}에 없어요. 나머지 기록은 온전해요. 꺼지기 바로 앞에 적은 것이 있는지 확인해 주세요.',
    'The program was cut short, and the file with what was recorded last (store.db-wal) is not in {dir} any more. All else is sound. Check what was recorded just before.',
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
    '{file}은(는) 이 프로그램이 열 수 없는 방법으로 봉해져 있어요 ({reason}). 아무것도 넣지 않았어요. 보낸 사람에게 이 노트북만 열 수 있게 다시 만들어 달라고 하거나, 봉하지 않은 파일을 받아 주세요.',
    '{file} is sealed in a way that cannot be opened here ({reason}). Nothing was stored. Ask the sender to seal it for this laptop, or for an unsealed one.',
  ],
  FILE_SEALED_FOR_OTHERS: [
    '{file}은(는) 다른 노트북만 열 수 있게 봉한 파일이에요. 아무것도 넣지 않았어요. 보낸 사람에게 이 노트북({name}, 지문 {fingerprint})도 열 수 있게 다시 만들어 달라고 하세요.',
    '{file} is sealed for other laptops. Nothing was stored. Ask the sender to seal it for this laptop too ({name}, fingerprint {fingerprint}).',
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
  SEAL_NO_COORDINATOR: [
    '합쳐 둔 꾸러미가 없어서, 누구만 열 수 있게 봉할지 몰라요. 파일은 만들지 않았어요. 코디네이터의 꾸러미를 먼저 합치거나, 봉하지 않고 만들어 주세요.',
    'No kit was merged here, so it is not known for whom to seal. No file was made. Merge a kit of the coordinator first, or make the file unsealed.',
  ],
  SEAL_LAPTOP_UNKNOWN: [
    '노트북 {laptop}의 열쇠를 몰라서 봉할 수 없어요. 파일은 만들지 않았어요. 그 노트북에서 만든 파일을 한 번 합치면 알게 돼요.',
    'The key of laptop {laptop} is not known here. No file was made. It is known once a file of that laptop was merged.',
  ],
  SEAL_KEY_REFUSED: [
    '{name} 노트북의 열쇠는 모르는 열쇠라고 표시해 두었어요. 그래서 봉하지 않았고, 파일도 만들지 않았어요. 노트북 화면에서 지문을 다시 맞춰 보세요.',
    'The key of {name} was marked as not known, so nothing is sealed for it. No file was made. Compare its fingerprint again on the laptops screen.',
  ],
  SEAL_KEY_UNUSABLE: [
    '지문이 {fingerprint}인 열쇠로는 봉할 수 없어요. 파일은 만들지 않았어요. 그 노트북에서 새 파일을 받아 지문을 다시 맞춰 보세요.',
    'Nothing can be sealed for the key with the fingerprint {fingerprint}. No file was made. Get a new file of that laptop and compare the fingerprint again.',
  ],
  SEAL_TOO_LARGE: [
    '봉하기에는 너무 커요 ({bytes}바이트, 최대 {limit}바이트). 파일은 만들지 않았어요. 회차별로 나누어 만들어 주세요.',
    'It is too large to be sealed ({bytes} bytes, at most {limit}). No file was made. Make one for each session.',
  ],
  CANCELLED: [
    '멈춰서 {file}은(는) 넣거나 만들지 않았어요. 있던 것은 그대로예요. 다시 시작하면 돼요.',
    'It was stopped, so {file} was neither merged nor made. What was there is as it was. Start again to go on.',
  ],
  REASON_MISSING: [
    '개인정보를 그대로 담으려면 까닭이 있어야 해요. 아무것도 만들지 않았어요. 무엇에 쓰는지 짧게 적고 다시 해 주세요.',
    'Personal data in full needs a reason. Nothing was made. Say briefly what it is for and try again.',
  ],
  RETENTION_REASON: [
    '파기하려면 까닭이 있어야 해요. 아무것도 없애지 않았어요. 왜 파기하는지 짧게 적고 다시 해 주세요.',
    'Destroying needs a reason. Nothing was destroyed. Say briefly why and try again.',
  ],
  RETENTION_CHANGED: [
    '미리 본 뒤에 자료가 달라졌어요. 아무것도 없애지 않았어요. 무엇이 없어지는지 다시 보고 정해 주세요.',
    'The data is another one than was shown. Nothing was destroyed. Look again at what would go, and decide then.',
  ],
  RETENTION_NOTHING: [
    '파기할 개인정보가 없어요. 아무것도 바뀌지 않았어요. 보관 기간이나 고른 사업을 확인해 주세요.',
    'There is no personal data to destroy. Nothing was changed. Check the period or the programme that was chosen.',
  ],
  CERTIFICATE_FIXED: [
    '파기 대장은 고치거나 지울 수 없어요. 아무것도 바뀌지 않았어요. 잘못 적은 것은 다음 파기의 까닭에 적어 주세요.',
    'The record of destruction cannot be changed or deleted. Nothing was changed. Mention a mistake in the next entry.',
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
  PASSPHRASE_WRONG: [
    '암호나 복구 코드가 맞지 않아요. 자료는 그대로예요. 한글·영문과 대소문자를 확인하고 다시 넣어 주세요.',
    'That is neither the passphrase nor the recovery code. The data is as it was. Check the keyboard and the capitals, and try again.',
  ],
  PASSPHRASE_WEAK: [
    '암호가 짧거나 같은 글자뿐이에요. 바뀐 것은 없어요. {least}자 이상으로, 기억하기 쉬운 낱말 몇 개를 이어 적어 주세요.',
    'The passphrase is too short or of one letter only. Nothing was changed. Use {least} characters or more, such as a few words that are easy to remember.',
  ],
  RECOVERY_MISTYPED: [
    '복구 코드에 잘못 적은 글자가 있어요. 자료는 그대로예요. 종이와 한 글자씩 견주어 보고 다시 넣어 주세요.',
    'A letter of the recovery code is mistyped. The data is as it was. Compare it with the paper letter by letter and try again.',
  ],
  VAULT_UNREADABLE: [
    '열쇠를 담은 {file} 파일을 읽을 수 없어요 ({reason}). 자료는 그대로예요. 새로 받은 프로그램으로 열거나, 이 파일을 다른 곳에 치우고 사본으로 되살려 주세요.',
    'The file {file}, which holds the wrapped key, cannot be read ({reason}). The data is as it was. Open it with a newer program, or move that file away and restore a copy.',
  ],
  VAULT_PROOF: [
    '지금 쓰는 암호나 복구 코드를 함께 넣어 주세요. 아직 바뀐 것은 없어요.',
    'Give the present passphrase or the recovery code too. Nothing was changed yet.',
  ],
  VAULT_LAST_WAY: [
    '수첩을 여는 마지막 방법이라 없애지 않았어요. 먼저 다른 암호나 열쇠고리를 정해 주세요.',
    'This is the last way to open the store every day, so it was kept. Set a passphrase or use the keyring first.',
  ],
  VAULT_UNPROTECTED: [
    '아직 암호로 지키지 않는 수첩이라 복구 코드가 필요 없어요. 바뀐 것은 없어요. 먼저 암호를 정해 주세요.',
    'The store is not protected by a passphrase yet, so it needs no recovery code. Nothing was changed. Set a passphrase first.',
  ],
  KEYRING_NONE: [
    '이 컴퓨터의 열쇠고리를 쓸 수 없어요 ({reason}). 바뀐 것은 없어요. 대신 암호로 지켜 주세요.',
    'The keyring of this computer cannot be used ({reason}). Nothing was changed. Protect the store with a passphrase instead.',
  ],
  APP_LOCKED: [
    '화면이 잠겨 있어서 하지 않았어요. 아무것도 바뀌지 않았어요. PIN이나 암호로 열고 다시 해 주세요.',
    'The window is locked, so this was not done. Nothing was changed. Open it with the PIN or the passphrase and try again.',
  ],
  PIN_WRONG: [
    'PIN이 맞지 않아요. 적은 것은 그대로 있어요. 다시 넣어 주세요.',
    'That is not the PIN. What was written is as it was. Try again.',
  ],
  PIN_WAIT: [
    '여러 번 틀려서 {seconds}초 뒤에 다시 넣을 수 있어요. 적은 것은 그대로 있어요.',
    'Too many wrong tries: try again in {seconds} seconds. What was written is as it was.',
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
  DELIVERY_GONE: [
    '‘{title}’은(는) 이미 보냈어요. 아무것도 바뀌지 않았어요. 다시 보내려면 새로 만들어 보내 주세요.',
    '"{title}" was sent already. Nothing was changed. To send it once more, make it anew.',
  ],
  DELIVERY_ERASED: [
    '‘{title}’ 파일에 파기한 값이 들어 있을 수 있어서 지웠어요. 기록은 수첩에 그대로 있어요. 이 항목을 빼고 다시 보내 주세요.',
    '"{title}" may have held values that were destroyed since, so the file is gone. The records are in the notebook as ever. Take this entry out and send it anew.',
  ],
  DELIVERY_SENDING: [
    '‘{title}’을(를) 지금 보내고 있어요. 아무것도 바뀌지 않았어요. 끝난 다음에 다시 해 주세요.',
    '"{title}" is being sent right now. Nothing was changed. Try again when that is over.',
  ],
  DELIVERY_SLOW: [
    '{seconds}초 안에 끝나지 않아서 멈췄어요. 보낼 파일은 그대로 있고, 저절로 다시 보내요. 계속되면 받는 곳이나 네트워크를 확인해 주세요.',
    'It did not end within {seconds} seconds and was stopped. The file is still here and is sent again by itself. If it goes on, check the destination or the network.',
  ],
  DELIVERY_FOLDER_TAKEN: [
    '{folder} 폴더에 {file}이(가) 이미 있는데 내용이 달라요. 그 파일은 그대로 두었고, 보낼 파일도 여기 있어요. 그 폴더의 파일을 옮기거나 지운 뒤 다시 보내 주세요.',
    'There is a file {file} in the folder {folder} already, with another content. It was left as it is, and the file to send is still here. Move or delete the one there, then send again.',
  ],
  DELIVERY_FOLDER_DIFFERS: [
    '{folder} 폴더에 보낸 {file}을(를) 다시 읽어 보니 내용이 달라서 지웠어요. 보낼 파일은 그대로 있고, 저절로 다시 보내요. 계속되면 그 폴더의 디스크를 확인해 주세요.',
    'The file {file} was read back from the folder {folder} with another content, so it was taken away. The file to send is still here and is sent again by itself. If it goes on, check the disk of that folder.',
  ],
  DELIVERY_FOLDER_MISSING: [
    '{folder} 폴더에 닿지 않아요. 보낼 파일은 그대로 있고, 폴더가 보이면 저절로 보내요. USB를 꽂았는지, 공유 폴더에 연결됐는지 확인해 주세요.',
    'The folder {folder} is not there. The file is still here and is sent by itself once the folder is back. Check that the stick is plugged in or the share is connected.',
  ],
  DELIVERY_FOLDER_FORBIDDEN: [
    '{folder} 폴더에 쓸 권한이 없어요. 보낼 파일은 그대로 있어요. 폴더 주인에게 쓰기 권한을 받거나 다른 곳으로 보내 주세요.',
    'You may not write into the folder {folder}. The file is still here. Ask its owner for the right to write, or send it elsewhere.',
  ],
  DELIVERY_FOLDER_READ_ONLY: [
    '{folder} 폴더는 읽기 전용이에요. 보낼 파일은 그대로 있어요. USB의 잠금을 풀거나 다른 곳으로 보내 주세요.',
    'The folder {folder} is read-only. The file is still here. Unlock the stick, or send it elsewhere.',
  ],
  DELIVERY_FOLDER_FULL: [
    '{folder} 폴더에 자리가 없어요. 보낼 파일은 그대로 있고, 자리가 나면 저절로 보내요. 자리를 비우거나 다른 곳으로 보내 주세요.',
    'There is no room left in the folder {folder}. The file is still here and is sent by itself once there is room. Free some space, or send it elsewhere.',
  ],
  DELIVERY_FOLDER_FAILED: [
    '{folder} 폴더에 쓰지 못했어요 ({reason}). 보낼 파일은 그대로 있고, 저절로 다시 보내요. 계속되면 폴더를 확인해 주세요.',
    'The folder {folder} could not be written to ({reason}). The file is still here and is sent again by itself. If it goes on, check the folder.',
  ],
  DESTINATION_IN_USE: [
    '‘{name}’(으)로 보낼 것이 {count}건 있어서 지우지 않았어요. 먼저 보내거나, 받는 곳을 바꾸거나, 빼 주세요.',
    '{count} deliveries wait for "{name}", so it was not removed. Send them, send them elsewhere, or take them out first.',
  ],
  DELIVERY_OFFLINE: [
    '{where}에 닿지 못했어요 ({reason}). 보낼 것은 그대로 기다리고 있고, 연결되면 저절로 다시 보내요. 계속되면 인터넷 연결과 보낼 곳의 주소를 확인해 주세요.',
    '{where} could not be reached ({reason}). What is to be sent waits and goes by itself when there is a connection. If it goes on, check the network and the address of the destination.',
  ],
  DELIVERY_TIMEOUT: [
    '{where}에서 제때 답이 오지 않았어요. 보낼 것은 그대로 기다리고 있고, 저절로 다시 보내요. 계속되면 인터넷 연결을 확인해 주세요.',
    '{where} did not answer in time. What is to be sent waits and is tried again by itself. If it goes on, check the network.',
  ],
  DELIVERY_CUT: [
    '{where}와(과) 이어진 연결이 보내는 중에 끊겼어요 ({reason}). 반쪽 파일은 남기지 않았고, 처음부터 저절로 다시 보내요.',
    'The connection to {where} broke while it was being sent ({reason}). No half file stands there under its name; it is sent again from the start by itself.',
  ],
  DELIVERY_STOPPED: [
    '{where}(으)로 보내다가 멈췄어요. 보낼 것은 그대로 있어요. 다시 보내기를 누르거나 다음 차례를 기다려 주세요.',
    'Sending to {where} was stopped. What is to be sent is still here. Send it again, or wait for its next turn.',
  ],
  DELIVERY_CERTIFICATE: [
    '{where}의 인증서를 믿을 수 없어서 보내지 않았어요 ({reason}). 암호도 보내지 않았어요. 카페나 시장의 와이파이라면 먼저 로그인하거나 다른 인터넷으로 바꾸고, 노트북의 날짜가 맞는지 보세요. 계속되면 서버 담당자에게 알려 주세요.',
    'The certificate of {where} cannot be trusted ({reason}), so nothing was sent, no password either. On a public Wi-Fi, sign in to it first or use another network, and check the date of the laptop. If it goes on, tell whoever runs the server.',
  ],
  DELIVERY_TLS: [
    '{where}와(과) 보안 연결(TLS)을 맺지 못해서 보내지 않았어요 ({reason}). 암호도 보내지 않았어요. 포트와 보안 방식을 확인하거나, 다른 인터넷으로 바꾸어 보세요.',
    'No secure connection (TLS) with {where} could be made ({reason}), so nothing was sent, no password either. Check the port and the kind of security, or try another network.',
  ],
  DELIVERY_PLAIN: [
    '{where}의 주소가 http로 시작해서 보내지 않았어요. 암호와 자료가 남에게 보일 수 있어요. https로 시작하는 주소를 넣어 주세요.',
    'The address of {where} begins with http, so nothing was sent: others could read the password and the data. Enter an address that begins with https.',
  ],
  DELIVERY_SIGN_IN: [
    '{where}에 로그인하지 못했어요. 보낼 것은 그대로 있어요. 사용자 이름과 암호를 다시 넣어 주세요. 2단계 인증을 쓴다면 앱 암호가 필요할 수 있어요.',
    '{where} did not accept the sign-in. What is to be sent is still here. Enter the user and the password again. With two-step sign-in an app password may be needed.',
  ],
  DELIVERY_KEYS: [
    '{where}에서 액세스 키나 비밀 키를 받아들이지 않았어요 ({reason}). 보낼 것은 그대로 있어요. 두 키를 다시 넣어 주세요.',
    '{where} did not accept the access key or the secret key ({reason}). What is to be sent is still here. Enter both keys again.',
  ],
  DELIVERY_FORBIDDEN: [
    '{where}에 이 계정으로 쓸 권한이 없어요. 보낼 것은 그대로 있어요. 담당자에게 쓰기 권한을 부탁하거나 보낼 곳을 바꿔 주세요.',
    'This account may not write to {where}. What is to be sent is still here. Ask for the right to write, or choose another destination.',
  ],
  DELIVERY_NO_FOLDER: [
    '{where}에 보낼 폴더가 없어요. 보낼 것은 그대로 있어요. 폴더를 만들거나 주소를 고쳐 주세요.',
    'The folder is not there on {where}. What is to be sent is still here. Make the folder, or mend the address.',
  ],
  DELIVERY_NO_BUCKET: [
    '{where}에 {bucket} 버킷이 없어요. 보낼 것은 그대로 있어요. 버킷 이름과 주소를 확인해 주세요.',
    'There is no bucket {bucket} on {where}. What is to be sent is still here. Check the name of the bucket and the address.',
  ],
  DELIVERY_REGION: [
    '{where}의 버킷은 다른 지역({region})에 있어요. 보낼 것은 그대로 있어요. 보낼 곳의 지역과 주소를 고쳐 주세요.',
    'The bucket on {where} is in another region ({region}). What is to be sent is still here. Mend the region and the address of the destination.',
  ],
  DELIVERY_CLOCK: [
    '노트북의 시계가 {where}의 시계와 너무 달라서 받아 주지 않았어요. 보낼 것은 그대로 있어요. 노트북의 날짜와 시간을 맞추면 저절로 다시 보내요.',
    'The clock of this laptop differs too much from that of {where}, so it was not accepted. What is to be sent is still here. Set the date and time of the laptop; it is then sent by itself.',
  ],
  DELIVERY_NOT_WEBDAV: [
    '{where}의 주소에서는 WebDAV로 파일을 올리고 이름을 바꿀 수 없어요 ({method}: {status}). 보낼 것은 그대로 있어요. WebDAV 주소가 맞는지 확인해 주세요.',
    'At this address {where} does not let files be put and renamed by WebDAV ({method}: {status}). What is to be sent is still here. Check that it is the WebDAV address.',
  ],
  DELIVERY_MOVED: [
    '{where}에서 다른 주소({to})로 가라고 해요. 암호를 지키려고 따라가지 않았어요. 보낼 것은 그대로 있어요. 새 주소가 맞는지 확인하고 보낼 곳의 주소를 고쳐 주세요.',
    '{where} points to another address ({to}). To keep the password safe it was not followed. What is to be sent is still here. Check the new address, and mend that of the destination.',
  ],
  DELIVERY_NAME_TAKEN: [
    '{where}에 이름은 같고 내용이 다른 {file} 파일이 이미 있어요. 덮어쓰지 않았어요. 그곳의 파일을 살펴보고 옮기거나 지운 뒤 다시 보내 주세요.',
    '{where} already has a file {file} with other content. It was not overwritten. Look at it there, move or delete it, and send again.',
  ],
  DELIVERY_NOT_WHOLE: [
    '{where}에 올린 {file} 파일을 다시 읽어 보니 보낸 것과 달라요. 도착한 것으로 치지 않고 저절로 다시 보내요. 계속되면 서버 담당자에게 알려 주세요.',
    'Read back from {where}, {file} is not what was sent. It does not count as arrived and is sent again by itself. If it goes on, tell whoever runs the server.',
  ],
  DELIVERY_TOO_LARGE: [
    '{where}에서 받기에는 파일이 너무 커요 ({bytes}바이트). 보낼 것은 그대로 있어요. 기간이나 회차를 나누어 보내거나 다른 곳으로 보내 주세요.',
    'The file is too large for {where} ({bytes} bytes). What is to be sent is still here. Send it split by period or session, or to another destination.',
  ],
  DELIVERY_NO_ROOM: [
    '{where}에 남은 자리가 없어요. 보낼 것은 그대로 기다리고 있어요. 그곳의 자리를 비우면 저절로 다시 보내요.',
    'There is no room left on {where}. What is to be sent waits. Make room there; it is then sent by itself.',
  ],
  DELIVERY_LOCKED: [
    '{where}의 {file} 파일이 지금 잠겨 있어요. 보낼 것은 그대로 기다리고 있고, 저절로 다시 보내요.',
    'The file {file} on {where} is locked just now. What is to be sent waits and is tried again by itself.',
  ],
  DELIVERY_BUSY: [
    '{where}에서 조금 뒤에 다시 보내 달라고 해요 ({status}). 보낼 것은 그대로 기다리고 있고, 저절로 다시 보내요.',
    '{where} asks for it later ({status}). What is to be sent waits and is tried again by itself.',
  ],
  DELIVERY_SERVER: [
    '{where}에 문제가 생겼어요 ({status}). 보낼 것은 그대로 기다리고 있고, 저절로 다시 보내요. 계속되면 서버 담당자에게 알려 주세요.',
    'Something is wrong on {where} ({status}). What is to be sent waits and is tried again by itself. If it goes on, tell whoever runs the server.',
  ],
  DELIVERY_ANSWER: [
    '{where}에서 알 수 없는 답이 왔어요 ({status}). 보낼 것은 그대로 있어요. 보낼 곳의 주소를 확인하고, 맞으면 서버 담당자에게 알려 주세요.',
    '{where} gave an answer that is not understood ({status}). What is to be sent is still here. Check the address of the destination; if it is right, tell whoever runs the server.',
  ],
  DELIVERY_SENDER: [
    '{where}에서 보내는 주소 {address}을(를) 받아들이지 않았어요 ({status}). 보낼 것은 그대로 있어요. 이 계정의 메일 주소를 보내는 주소로 넣어 주세요.',
    '{where} did not accept {address} as the sender ({status}). What is to be sent is still here. Enter the address of this account as the sender.',
  ],
  DELIVERY_RECIPIENT: [
    '{where}에서 받는 주소 {address}을(를) 받아들이지 않았어요 ({status}). 메일은 나가지 않았고 보낼 것은 그대로 있어요. 받는 주소를 고쳐 주세요.',
    '{where} did not accept {address} as a recipient ({status}). No mail went out, and what is to be sent is still here. Mend the address.',
  ],
  DELIVERY_RECIPIENT_SOME: [
    '받는 주소 {address}을(를) {where}에서 받아들이지 않았어요. 다른 분들께는 메일이 갔어요. 주소를 고친 뒤 빠진 분께만 따로 보내거나, 다시 보내 주세요. 다시 보내면 다른 분들은 같은 메일을 한 번 더 받을 수 있어요.',
    '{where} did not accept the recipient {address}. The mail went to the others. Mend the address and send to that person apart, or send again; the others may then get the same mail once more.',
  ],
  DELIVERY_MAIL_REFUSED: [
    '{where}에서 메일을 받아 주지 않았어요 ({status}). 보낼 것은 그대로 있어요. 첨부를 막는 곳일 수 있으니 메일 담당자에게 알리거나 다른 곳으로 보내 주세요.',
    '{where} refused the mail ({status}). What is to be sent is still here. It may block attachments: ask whoever runs the mail, or choose another destination.',
  ],
  HUB_URL: [
    '허브 주소 {where}을(를) 쓸 수 없어요: {at} 부분을 확인해 주세요. postgres://로그인:암호@서버:5432/데이터베이스처럼 적어요. 아무것도 바뀌지 않았어요.',
    'The address of the hub, {where}, cannot be used: see its part {at}. It reads postgres://login:password@server:5432/database. Nothing was changed.',
  ],
  HUB_PLAIN: [
    '{where}에 암호화하지 않고 연결하려고 해서({mode}) 멈췄어요. 다른 컴퓨터의 허브에는 인증서를 확인하는 연결만 써요. 주소에서 sslmode를 빼 주세요.',
    'The address asks for {where} with {mode}, so it stopped: a hub on another machine is only reached with a certificate that was checked. Take sslmode out of the address.',
  ],
  HUB_UNREACHABLE: [
    '허브 {where}에 닿지 못했어요 ({reason}). 적은 것은 그대로 있고 계속 쓸 수 있어요. 네트워크와 주소를 확인하고 나중에 다시 해 주세요.',
    'The hub {where} could not be reached ({reason}). What was recorded is still here, and work goes on. Check network and address, and try again later.',
  ],
  HUB_SLOW: [
    '허브 {where}에서 제때 답이 없어요. 이미 오간 꾸러미는 그대로 남아 있어요. 나중에 다시 하면 이어서 해요.',
    'The hub {where} did not answer in time. Parcels that came through stay. Try again later; it goes on from there.',
  ],
  HUB_GONE: [
    '허브 {where}와(과) 연결이 끊어졌어요 ({reason}). 이미 오간 꾸러미는 그대로 남아 있고 잃은 것은 없어요. 다시 하면 이어서 해요.',
    'The connection to the hub {where} broke off ({reason}). Parcels that came through stay, and nothing is lost. Try again; it goes on from there.',
  ],
  HUB_BUSY: [
    '허브 {where}이(가) 지금 바빠요 ({reason}). 잃은 것은 없어요. 잠시 뒤에 다시 해 주세요.',
    'The hub {where} is busy just now ({reason}). Nothing is lost. Try again in a moment.',
  ],
  HUB_CERTIFICATE: [
    '허브 {where}의 인증서를 믿을 수 없어서 ({reason}) 아무것도 보내지 않았어요. 주소의 이름이 맞는지 보고, 회사 인증 기관이면 그 파일을 --ca로 주세요.',
    'The certificate of the hub {where} cannot be trusted ({reason}), so nothing was sent. See that the name in the address is right; for an authority of your own give its file with --ca.',
  ],
  HUB_NO_TLS: [
    '허브 {where}이(가) 암호화된 연결을 받지 않아서 아무것도 보내지 않았어요. 데이터베이스 관리자에게 TLS를 켜 달라고 해 주세요.',
    'The hub {where} takes no encrypted connection, so nothing was sent. Ask its database administrator to turn TLS on.',
  ],
  HUB_SIGN_IN: [
    '허브 {where}에서 로그인을 받아 주지 않았어요. 아무것도 바뀌지 않았어요. 로그인 이름과 암호를 확인해 주세요.',
    'The hub {where} did not accept the login. Nothing was changed. Check login and password.',
  ],
  HUB_NO_DATABASE: [
    '{where}에 그런 데이터베이스가 없어요. 주소 끝의 이름을 확인해 주세요.',
    'There is no such database at {where}. Check the name at the end of the address.',
  ],
  HUB_RIGHTS: [
    '이 로그인은 허브 {where}에서 그 일을 할 권한이 없어요 ({reason}). 아무것도 바뀌지 않았어요. 데이터베이스 관리자에게 권한(hub roles)을 확인해 달라고 해 주세요.',
    'This login may not do that on the hub {where} ({reason}). Nothing was changed. Ask the database administrator to check its rights (hub roles).',
  ],
  HUB_MISSING: [
    '{where} 데이터베이스에는 허브가 없어요. 주소를 확인하거나, 처음이라면 hub init으로 만들어 주세요.',
    'There is no hub in the database {where}. Check the address; if it is to be a new one, make it with hub init.',
  ],
  HUB_FULL: [
    '허브 {where}의 디스크가 가득 찼어요 ({reason}). 보내던 꾸러미는 허브에 남지 않았고 여기 그대로 있어요. 관리자가 자리를 비우면 다시 해 주세요.',
    'The disk of the hub {where} is full ({reason}). The parcel at hand was not kept there and is still here. Ask its administrator to make room, and try again.',
  ],
  HUB_SERVER_OLD: [
    '허브 {where}의 서버는 PostgreSQL {found}판이라 쓸 수 없어요. {least}판부터 돼요. 관리자에게 새로 올려 달라고 해 주세요.',
    'The server of the hub {where} is PostgreSQL {found}; it takes {least} or newer. Ask its administrator to update it.',
  ],
  HUB_EXISTS: [
    '{where}에는 이미 허브가 있어요. 그대로 두었어요. 그 허브를 쓰려면 hub push와 hub pull을 하면 돼요.',
    'There is a hub at {where} already. It was left as it is. To use it, hub push and hub pull are enough.',
  ],
  HUB_KNOWN: [
    '이 노트북은 이미 다른 허브({name})를 쓰고 있어서 {where}에 만들지 않았어요. 옮기려는 것이 맞으면 먼저 hub forget을 해 주세요.',
    'This laptop uses another hub already ({name}), so none was made at {where}. If it is to move, say hub forget first.',
  ],
  HUB_NEWER: [
    '허브 {where}은(는) 더 새로운 프로그램({found}판)이 만들었어요. 이 프로그램은 {known}판까지 알아요. 아무것도 바뀌지 않았어요. 프로그램을 새로 받아 주세요.',
    'The hub {where} is of a newer program (version {found}); this one knows {known}. Nothing was changed. Update the program.',
  ],
  HUB_OLDER: [
    '허브 {where}은(는) 예전 판({found})이고 이 프로그램은 {known}판을 써요. 아무것도 바뀌지 않았어요. 허브를 만든 분에게 hub init으로 올려 달라고 해 주세요.',
    'The hub {where} is of an older version ({found}); this program takes {known}. Nothing was changed. Ask whoever made the hub to bring it up to date with hub init.',
  ],
  HUB_OTHER: [
    '{where}은(는) 이 노트북이 쓰던 허브가 아니에요 ({name}). 다른 기관의 허브일 수 있어서 아무것도 보내거나 받지 않았어요. 주소를 확인하고, 옮기는 것이 맞으면 hub forget을 해 주세요.',
    '{where} is not the hub that this laptop knows ({name}). It may be of another organisation, so nothing was sent or fetched. Check the address; if you mean to move, say hub forget.',
  ],
  HUB_ROSTER_FORGED: [
    '허브 {where}의 코디네이터 명단에 있어야 할 서명이 맞지 않아요 ({rule}). 누가 바꿨을 수 있어서 아무것도 보내거나 받지 않았어요. 허브를 만든 분과 데이터베이스 관리자에게 알려 주세요.',
    'The list of coordinators of the hub {where} does not bear the right signature ({rule}). Somebody may have changed it, so nothing was sent or fetched. Tell whoever made the hub, and its database administrator.',
  ],
  HUB_NOT_MEMBER: [
    '이 로그인은 허브 {where}의 구성원 명단에 없어요. 관리자에게 노트북 번호 {laptop}(으)로 넣어 달라고 해 주세요.',
    'This login is not among the members of the hub {where}. Ask its administrator to add it for the laptop {laptop}.',
  ],
  HUB_LOGIN_OTHER: [
    '허브 {where}의 이 로그인은 다른 노트북({other})의 것이에요. 이 노트북은 {laptop}예요. 노트북마다 로그인이 하나씩 있어야 하니 관리자에게 물어봐 주세요.',
    'This login of the hub {where} is that of another laptop ({other}); this one is {laptop}. Each laptop has a login of its own: ask the administrator for one.',
  ],
  HUB_NOT_FOUNDER: [
    '코디네이터를 정하는 일은 허브 {where}을(를) 만든 노트북({founder})에서만 해요. 아무것도 바뀌지 않았어요. 그 노트북에서 해 주세요.',
    'Who coordinates is said by the laptop that made the hub {where} ({founder}). Nothing was changed. Do it on that laptop.',
  ],
  HUB_PARCEL_FORGED: [
    '허브의 꾸러미 {parcel}이(가) 서명된 그대로가 아니에요 ({rule}). 그 꾸러미는 받지 않았고, 같은 노트북의 그다음 것도 기다려요. 다른 것은 받았어요. 허브의 데이터베이스 관리자에게 알려 주세요.',
    'The parcel {parcel} of the hub is not as it was signed ({rule}). It was not taken in, and what follows it from the same laptop waits; the rest came in. Tell the database administrator of the hub.',
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
