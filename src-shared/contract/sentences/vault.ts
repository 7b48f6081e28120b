import type { Sentences } from './sentence.ts';

/** Errors of passphrase, keyring and lock. */
export const vaultSentences = {
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
} as const satisfies Sentences;
