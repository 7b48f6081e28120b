import type { Sentences } from './sentence.ts';

/** Errors of exchange files, laptops and seals. */
export const filesSentences = {
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
} as const satisfies Sentences;
