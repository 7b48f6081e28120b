import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checklistFaults, surveyFaults } from '#shared/model/template-faults.ts';
import { familyOf, nextVersion, stateOf } from '#shared/model/template-versions.ts';
import { KEY_BYTES, newKey, type ChecklistItem, type SurveyQuestion } from '#shared/model/templates.ts';
import { seeded } from '#tests/support/random.ts';

const item = (key: string, label: string): ChecklistItem => ({ key, label });
const scale = (key: string, label = `질문 ${key}`): SurveyQuestion => ({ key, label, kind: 'scale' });
const choice = (choices: string[]): SurveyQuestion => ({
  key: 'best',
  label: '무엇',
  kind: 'choice',
  choices,
});

describe('what keeps a template from being used', () => {
  it.each<[string, ChecklistItem[], object[]]>([
    ['is nothing when all is said', [item('a', '톡채널 개설'), item('b', 'QR 놓기')], []],
    ['is that it has no items', [], [{ key: null, what: 'nothing' }]],
    ['is an empty label', [item('a', '  ')], [{ key: 'a', what: 'labelEmpty' }]],
    [
      'is the second of two labels that look the same',
      [item('a', 'QR 놓기'), item('b', ' QR  놓기'.normalize('NFD'))],
      [{ key: 'b', what: 'labelTwice' }],
    ],
    ['is a key that stands twice', [item('a', '하나'), item('a', '둘')], [{ key: 'a', what: 'keyTwice' }]],
  ])('%s', (_title, items, faults) => {
    expect(checklistFaults('점검표', items)).toEqual(faults);
  });

  it('is that it has no name', () => {
    expect(checklistFaults(' ', [item('a', '하나')])).toEqual([{ key: null, what: 'nameEmpty' }]);
  });

  it.each<[string, SurveyQuestion[], object[]]>([
    ['is nothing for five scales', [scale('a'), scale('b')], []],
    ['is a choice without choices', [choice([])], [{ key: 'best', what: 'choicesFew' }]],
    ['is a choice of one', [choice(['하나'])], [{ key: 'best', what: 'choicesFew' }]],
    ['is a choice without words', [choice(['하나', ' '])], [{ key: 'best', what: 'choiceEmpty' }]],
    ['is a choice twice', [choice(['하나', '둘', '하나 '])], [{ key: 'best', what: 'choiceTwice' }]],
    [
      'is more than one question that asks whether it helped',
      [
        { ...scale('a'), kind: 'yesNo', role: 'helpful' },
        { ...scale('b'), kind: 'yesNo', role: 'helpful' },
      ],
      [{ key: 'b', what: 'helpfulTwice' }],
    ],
  ])('%s', (_title, questions, faults) => {
    expect(surveyFaults('설문', questions)).toEqual(faults);
  });
});

describe('the versions of a template', () => {
  const link = (id: string, version: number, basedOn: string | null = null) => ({ id, version, basedOn });
  const all = [link('c2', 2, 'c1'), link('c1', 1), link('other', 1), link('c3', 3, 'c2'), link('x', 2, 'c1')];

  it('are all that come from one, in order', () => {
    expect(familyOf('c3', all).map(({ id }) => id)).toEqual(['c1', 'c2', 'x', 'c3']);
    expect(familyOf('other', all).map(({ id }) => id)).toEqual(['other']);
  });

  it('stay together when the one that they come from is not here', () => {
    const orphans = [link('b', 2, 'gone'), link('c', 2, 'gone')];
    expect(familyOf('b', orphans)).toHaveLength(2);
  });

  it('end when a forged file lets them run in a circle', () => {
    const circle = [link('b', 2, 'a'), link('a', 1, 'b'), link('c', 3, 'b')];
    for (const { id } of circle) expect(familyOf(id, circle)).toHaveLength(3);
  });

  it.each([
    ['used', 'c1', { programs: 1, answered: true }],
    ['used', 'c3', { programs: 1, answered: false }],
    ['past', 'c3', { programs: 0, answered: true }],
    ['past', 'c2', { programs: 0, answered: false }],
    ['draft', 'c3', { programs: 0, answered: false }],
  ] as const)('one is %s (%s, %o)', (state, id, uses) => {
    expect(stateOf(id, uses, all)).toBe(state);
  });

  it('are numbered after those that were put to use', () => {
    expect(nextVersion([])).toBe(1);
    expect(nextVersion([{ version: 7, state: 'draft' }])).toBe(1);
    expect(
      nextVersion([
        { version: 1, state: 'past' },
        { version: 2, state: 'used' },
        { version: 3, state: 'draft' },
      ]),
    ).toBe(3);
  });
});

describe('keys', () => {
  it('do not come back, however many are made', () => {
    const random = seeded(11);
    const keys = new Set(Array.from({ length: 20_000 }, () => newKey(random.bytes(KEY_BYTES))));
    expect(keys.size).toBe(20_000);
  });

  it('are of plain letters, so that they stand in any file', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: KEY_BYTES, maxLength: KEY_BYTES }), (bytes) => {
        expect(newKey(bytes)).toMatch(/^k[a-z2-9]{12}$/);
      }),
    );
  });
});
