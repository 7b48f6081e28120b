import { describe, expect, it } from 'vitest';
import { model } from '#shared/model/model.ts';
import { dueFrom, keptUntil, later, type Period } from '#shared/retention/period.ts';
import { fieldsHeld, personalEntities, personalFields } from '#shared/retention/personal.ts';

describe('the last day on which data is kept', () => {
  it.each<[endsOn: string | null, months: number | null, until: string | null]>([
    ['2024-11-30', 6, '2025-05-31'],
    ['2024-12-31', 12, '2025-12-31'],
    ['2024-11-15', 1, '2024-12-15'],
    ['2024-11-15', 0, '2024-11-15'],
    // Counted from 31 January, and February has no such day: its last one.
    ['2025-01-30', 1, '2025-02-28'],
    ['2024-01-30', 1, '2024-02-29'],
    // Counted from 29 February: over the day before 29 March, and a year later on the last day of February.
    ['2024-02-28', 1, '2024-03-28'],
    ['2024-02-28', 12, '2025-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-10-31', 4, '2025-02-28'],
    ['2024-11-30', 600, '2074-11-30'],
    [null, 6, null],
    ['2024-11-30', null, null],
    ['2024-02-30', 6, null],
    ['언젠가', 6, null],
    ['2024-11-30', -1, null],
    ['2024-11-30', 1.5, null],
    ['2024-11-30', 601, null],
  ])('%s and %s months: %s', (endsOn, months, until) => {
    expect(keptUntil({ endsOn, months })).toBe(until);
  });
});

describe('the first day on which a record falls due', () => {
  const periods = new Map<string, Period>([
    ['early', { endsOn: '2024-06-30', months: 6 }],
    ['late', { endsOn: '2025-06-30', months: 12 }],
    ['long', { endsOn: '2023-12-31', months: 60 }],
    ['endless', { endsOn: null, months: 6 }],
    ['undecided', { endsOn: '2020-12-31', months: null }],
  ]);

  it.each<[programs: string[], due: string | null]>([
    [['early'], '2025-01-01'],
    [['late'], '2026-07-01'],
    // In two programmes it is kept until the later one is over, whichever ended first.
    [['early', 'late'], '2026-07-01'],
    [['late', 'early'], '2026-07-01'],
    [['early', 'long'], '2029-01-01'],
    [['early', 'endless'], null],
    [['undecided', 'early'], null],
    [['unknown here'], null],
    [[], null],
  ])('part of %j: %s', (programs, due) => {
    expect(dueFrom(programs, periods)).toBe(due);
  });

  it('counts days over the ends of months and years', () => {
    expect(later('2024-12-31', 1)).toBe('2025-01-01');
    expect(later('2024-02-28', 30)).toBe('2024-03-29');
  });
});

describe('personal data', () => {
  it('is what the model marks', () => {
    expect(Object.fromEntries(personalEntities.map((name) => [name, personalFields(name)]))).toEqual({
      attendance: ['signature'],
      person: ['name', 'phone'],
      photo: ['blob'],
      store: ['ownerName', 'phone', 'businessNumber'],
    });
    expect(Object.keys(model)).toContain('destruction');
  });

  it.each<[what: string, sets: object[], fields: string[]]>([
    ['a value that is shown', [{ phone: '1' }], ['phone']],
    ['one that was cleared later', [{ phone: '1' }, { phone: null }], ['phone']],
    ['one that was blanked', [{ phone: null, name: '망원분식' }], []],
    [
      'several, in the order of the model',
      [{ businessNumber: '1', ownerName: '2' }],
      ['ownerName', 'businessNumber'],
    ],
    ['nothing personal', [{ name: '망원분식' }], []],
  ])('is still held: %s', (_what, sets, fields) => {
    expect(
      fieldsHeld(
        'store',
        sets.map((set) => ({ set: set as never })),
      ),
    ).toEqual(fields);
  });
});
