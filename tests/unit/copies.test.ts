import { describe, expect, it } from 'vitest';
import { copyFrom, isDue, nameOf, tooMany, type Copy, type CopyKind } from '#main/vault/copies.ts';

const at = (text: string): number => Date.parse(`${text}+09:00`);
const copy = (kind: CopyKind, text: string): Copy => ({ file: text, kind, at: at(text) });

describe('the name of a copy', () => {
  it('says when in Seoul, and why', () => {
    expect(nameOf('daily', at('2026-11-24T00:05:09'))).toBe('20261124-000509-daily.db');
  });

  it.each<CopyKind>(['daily', 'import', 'migration'])('is read back: %s', (kind) => {
    const file = `/store/backups/${nameOf(kind, at('2026-01-31T23:59:58'))}`;
    expect(copyFrom(file)).toEqual({ file, kind, at: at('2026-01-31T23:59:58') });
  });

  it.each([
    'store.db',
    '20261124-000509-daily.db-journal',
    '.20261124-000509-daily.db.77.tmp',
    '20261124-daily.db',
    'x20261124-000509-daily.db',
    '20261124-000509-mine.db',
  ])('is not one of ours: %s', (name) => expect(copyFrom(`/store/backups/${name}`)).toBeNull());
});

describe('a copy is due', () => {
  it.each<[boolean, CopyKind, string, Copy[]]>([
    [true, 'daily', '2026-11-24T10:00', []],
    [false, 'daily', '2026-11-24T23:59', [copy('daily', '2026-11-24T00:01')]],
    [true, 'daily', '2026-11-25T00:00', [copy('daily', '2026-11-24T23:59')]],
    [true, 'daily', '2026-11-24T10:00', [copy('import', '2026-11-24T09:59')]],
    // The clock was set back: what is from tomorrow is not today's.
    [true, 'daily', '2026-11-24T10:00', [copy('daily', '2026-11-25T10:00')]],
    [true, 'import', '2026-11-24T10:00', []],
    [false, 'import', '2026-11-24T10:59', [copy('import', '2026-11-24T10:00')]],
    [true, 'import', '2026-11-24T11:00', [copy('import', '2026-11-24T10:00')]],
    [true, 'import', '2026-11-24T10:00', [copy('import', '2026-11-24T12:00')]],
    [true, 'migration', '2026-11-24T10:00', [copy('migration', '2026-11-24T10:00')]],
  ])('%s: %s at %s', (due, kind, now, copies) => {
    expect(isDue(kind, copies, at(now))).toBe(due);
  });
});

describe('of a kind there are kept', () => {
  it.each<[CopyKind, number]>([
    ['migration', 3],
    ['import', 5],
    ['daily', 7],
  ])('%s: the newest %i', (kind, kept) => {
    const days = Array.from({ length: 9 }, (_none, i) => copy(kind, `2026-11-${20 - i}T10:00`));
    const other = kind === 'daily' ? 'import' : 'daily';
    const copies = days.flatMap((one) => [one, copy(other, '2026-01-01T10:00')]);
    expect(tooMany(kind, copies)).toEqual(days.slice(kept));
  });
});
