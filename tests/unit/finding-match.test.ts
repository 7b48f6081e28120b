import { describe, expect, test } from 'vitest';
import { answering, beginsWord, marked, readsAsName } from '#shared/finding/match.ts';

const isFound = (text: string, typed: string): boolean =>
  answering([text], typed, (one) => [one]).length === 1;
/** What is marked, in brackets. */
const show = (text: string, typed: string): string =>
  marked(text, typed)
    .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
    .join('');

describe('what is typed finds', () => {
  test.each([
    ['망원시장', 'ㅁㅇㅅㅈ', 'initials'],
    ['망원시장', 'ㅇㅅ', 'initials from the middle'],
    ['망원시장', '망ㅇㅅ', 'a syllable and initials'],
    ['망원시장', 'ㅁ원ㅅ장', 'initials and syllables in turn'],
    ['망원시장', '망', 'a syllable'],
    ['망원시장', '마', 'a syllable without its last consonant'],
    ['망원시장', '망우', 'a vowel that another one will join'],
    ['망원시장', '망워', 'a syllable that lacks its end'],
    ['망원시장', '망ㅇ', 'the first key of the next syllable'],
    ['망원시장', '망우ㅓ', '', false],
    ['가나다', '간', 'a consonant that the next vowel will take along'],
    ['갑사', '값', 'the same of two consonants'],
    ['아기', '김', '', false],
    ['값싼집', '갑', 'a consonant that another one will join'],
    ['의자나라', '으', 'a vowel that ㅣ will join'],
    ['까치네', 'ㄲㅊ', 'a double initial'],
    ['까치네', 'ㄱㅊ', '', false],
    ['값싼집', 'ㄳ', '', false],
    ['금성상회', 'ㄱㅅ', 'two initials'],
    ['금성상회', 'ㄳ', 'two initials that a keyboard joined'],
    ['금성상회', 'ㄳㅅㅎ', 'the same with more'],
    ['바삭치킨', 'ㅄ', 'the same of ㅂㅅ'],
    ['ㅋㅋ치킨', 'ㅋㅋㅊ', 'initials that stand in the name as such'],
    ['망원 시장', '망원시', 'a space in the name'],
    ['망원시장', '망 원 시 장', 'spaces in what was typed'],
    ['망원시장 (구 월드컵시장)', '시장구월', 'brackets'],
    ['하나·둘', '하나둘', 'a middle dot'],
    ['Café 하나', 'CAFÉ하', 'upper case, with an accent'],
    ['cafe 하나', 'Cafe', 'lower case'],
    ['Ｃａｆｅ', 'cafe', 'full-width letters'],
    ['망원시장', '망원시장'.normalize('NFD'), 'NFD'],
    ['망원시장'.normalize('NFD'), '원시', 'a name in NFD'],
    ['망원시장'.normalize('NFD'), 'ㅁㅇㅅㅈ', 'initials of a name in NFD'],
    ['망원시장', '\u1106\u110b', 'conjoining initials'],
    ['망원시장', 'ﾱﾷ', 'half-width initials'],
    ['망원시장', '망\u110b', 'a conjoining initial after a syllable'],
    ['02-335-3591', '3353', 'a number without its hyphens'],
    ['023353591', '335-35', 'a number with hyphens that the other has not'],
    ['010-0000-1234', '0000 12', 'a number with spaces'],
    ['１２３분식', '123', 'full-width digits'],
    ['망원시장', '원망', '', false],
    ['망원시장', '시장망', '', false],
    ['망원시장', '망언', '', false],
    ['망월동', '망워ㄴ', '', false],
    ['김밥', '기ㅂ', '', false],
    ['🍓딸기네', '🍓딸', 'a picture'],
    ['🍓딸기네', '🍌', '', false],
  ])('%s by %s: %s', (text, typed, _why, finds = true) => expect(isFound(text, typed)).toBe(finds));

  test.each(['', '  ', '-', '·.('])('everything where nothing is asked: %j', (typed) => {
    expect(answering(['가', '나'], typed, (one) => [one])).toEqual(['가', '나']);
  });
});

describe('the order of answers', () => {
  const order = (typed: string, ...rows: string[][]) =>
    answering(rows, typed, (row) => row).map((row) => row.join(' / '));

  test('a name that begins so, a word that does, one that holds it, then the other fields', () => {
    const rows = [
      ['다 김', ''],
      ['이', '김철'],
      ['참김밥', ''],
      ['우리 김밥', ''],
      ['김밥', ''],
    ];
    expect(order('김', ...rows)).toEqual(['김밥 / ', '다 김 / ', '우리 김밥 / ', '참김밥 / ', '이 / 김철']);
  });

  test('what may be half typed comes after what is there', () => {
    expect(order('김', ['기무라'], ['참김밥'])).toEqual(['참김밥', '기무라']);
  });

  test('words that stand in several fields come last, and each must stand somewhere', () => {
    const rows = [
      ['망원', '너울분식'],
      ['망원', '너울 떡'],
      ['너울 분식점', '망원분식'],
      ['연남', '분식'],
    ];
    expect(order('망원 분식', ...rows)).toEqual(['너울 분식점 / 망원분식', '망원 / 너울분식']);
  });
});

describe('marks', () => {
  test.each([
    ['서울 망원시장', 'ㅁㅇ', '서울 [망원]시장'],
    ['망 원시장', '망원', '[망 원]시장'],
    ['02-335-3591', '3353', '02-[335-3]591'],
    [
      '망원시장'.normalize('NFD'),
      '원',
      `${'망'.normalize('NFD')}[${'원'.normalize('NFD')}]${'시장'.normalize('NFD')}`,
    ],
    ['참김밥 김밥', '김', '참김밥 [김]밥'],
    ['참기름', '기ㄹ', '참[기름]'],
    ['가나', '간', '[가나]'],
    ['너울 족발', '족발 너', '[너]울 [족발]'],
    ['너울', '너 너', '[너]울'],
    ['너울', '나', '너울'],
    ['너울', '', '너울'],
    ['', '나', ''],
    ['(주)너울', '주너', '([주)너]울'],
  ])('%s by %s', (text, typed, shown) => expect(show(text, typed)).toBe(shown));

  test('all pieces together are the text', () => {
    for (const typed of ['', 'ㅁ', '원시', '장', '시 망']) {
      expect(
        marked(' 망 원-시장 ', typed)
          .map(({ text }) => text)
          .join(''),
      ).toBe(' 망 원-시장 ');
    }
  });
});

test.each([
  ['밝은 화면으로', 'ㅎㅁ', true],
  ['밝은 화면으로', '밝은화', true],
  ['밝은 화면으로', 'ㅁㅇ', false],
  ['밝은 화면으로', '', true],
])('a word of %s begins with %s: %s', (text, typed, begins) => expect(beginsWord(text, typed)).toBe(begins));

test.each([
  ['망원새집', true],
  ['7번가', true],
  ['K', true],
  ['漢', true],
  ['망ㅇ', true],
  ['ㅁㅇㅅㅈ', false],
  ['\u1106\u110b', false],
  ['010-0000', false],
  [' ', false],
])('%s reads as a name: %s', (typed, reads) => expect(readsAsName(typed)).toBe(reads));
