import { describe, expect, test } from 'vitest';
import type { Language } from '#shared/contract/messages.ts';
import type { LeftView, StepView } from '#shared/contract/undo.ts';
import { fieldOf, model, type EntityName } from '#shared/model/model.ts';
import { createTexts } from '../../src-renderer/i18n/index.ts';
import { asObject } from '../../src-renderer/i18n/particle.ts';
import { wayOf } from '../../src-renderer/use/own-typing.ts';
import { doneSentence, leftSentence, type Words } from '../../src-renderer/use/undo-text.ts';

function words(language: Language): Words {
  const texts = createTexts(language).global;
  return {
    t: (key, blanks = {}) => texts.t(key, blanks),
    language,
    fieldLabel: (entity, field) => fieldOf(entity, field)?.label[language] ?? field,
    entityLabel: (entity) => model[entity as EntityName].label[language],
  };
}

const step = (given: Partial<StepView>): StepView => ({
  kind: 'edited',
  entity: 'store',
  title: '망원분식',
  fields: ['phone'],
  item: null,
  others: 0,
  ...given,
});

describe('the note of what was taken back', () => {
  test.each<[Partial<StepView>, string, string]>([
    [{}, '‘망원분식’ 전화번호를 되돌렸어요', 'Undone: “망원분식”, Phone'],
    [{ fields: ['name'] }, '‘망원분식’ 상호를 되돌렸어요', 'Undone: “망원분식”, Name'],
    [{ kind: 'made' }, '‘망원분식’ 점포 추가를 되돌렸어요', 'Undone: “망원분식”, Store added'],
    [
      { kind: 'deleted', entity: 'session', title: '' },
      '교육 회차 삭제를 되돌렸어요',
      'Undone: Session deleted',
    ],
    [
      { entity: 'check', fields: ['state'], item: 'QR 놓기' },
      '‘망원분식’ QR 놓기 상태를 되돌렸어요',
      'Undone: “망원분식”, QR 놓기: State',
    ],
    [
      { fields: ['phone', 'name'] },
      '‘망원분식’ 전화번호 외 1가지를 되돌렸어요',
      'Undone: “망원분식”, Phone and 1 more',
    ],
    [{ others: 3 }, '‘망원분식’ 전화번호 외 3개를 되돌렸어요', 'Undone: “망원분식”, Phone and 3 more'],
  ])('%o', (given, korean, english) => {
    expect(doneSentence(step(given), 'undo', words('ko'))).toBe(korean);
    expect(doneSentence(step(given), 'undo', words('en'))).toBe(english);
  });

  test('says why a value was left, and by whom', () => {
    const left: LeftView = { entity: 'store', title: '분식', field: 'phone', why: 'changed', by: '망원 2호' };
    const said = (given: Partial<LeftView>) => leftSentence([{ ...left, ...given }], words('ko'));
    expect(said({})).toContain('‘분식’ 전화번호: 그사이 망원 2호에서');
    expect(said({ by: null })).toContain('그사이 다른 값이');
    expect(said({ why: 'erased' })).toContain('파기한 값');
  });
});

test.each([
  ['전화번호', '전화번호를'],
  ['이름', '이름을'],
  ['이름'.normalize('NFD'), `${'이름'.normalize('NFD')}을`],
  ['‘망원분식’', '‘망원분식’을'],
  ['3', '3을'],
  ['2', '2를'],
  ['QR', 'QR을(를)'],
])('%s as an object is %s', (text, object) => {
  expect(asObject(text, 'ko')).toBe(object);
  expect(asObject(text, 'en')).toBe(text);
});

test.each<[Partial<KeyboardEvent>, ReturnType<typeof wayOf>]>([
  [{ ctrlKey: true, key: 'z' }, 'undo'],
  [{ metaKey: true, key: 'z' }, 'undo'],
  [{ ctrlKey: true, key: 'ㅋ', code: 'KeyZ' }, 'undo'],
  [{ ctrlKey: true, shiftKey: true, key: 'Z' }, 'redo'],
  [{ metaKey: true, shiftKey: true, key: 'z' }, 'redo'],
  [{ ctrlKey: true, key: 'y' }, 'redo'],
  [{ metaKey: true, key: 'y' }, null],
  [{ ctrlKey: true, altKey: true, key: 'z' }, null],
  [{ ctrlKey: true, key: 'z', isComposing: true }, null],
  // Where the keys lie otherwise, the letter counts and not its place.
  [{ ctrlKey: true, key: 'w', code: 'KeyZ' }, null],
  [{ key: 'z' }, null],
])('the keys %o mean %s', (event, way) => {
  const none = {
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    isComposing: false,
    code: '',
  };
  expect(wayOf({ ...none, ...event } as KeyboardEvent)).toBe(way);
});
