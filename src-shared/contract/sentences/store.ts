import type { Sentences } from './sentence.ts';

/** Errors of the store, its disk and its copies. */
export const storeSentences = {
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
} as const satisfies Sentences;
