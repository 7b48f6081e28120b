import { afterAll, describe, expect, it } from 'vitest';
import { workbook, type ReportDeps } from '#main/features/report.ts';
import { personalSheets, type PersonalSheet } from '#shared/contract/report.ts';
import { readWorkbook, type ReadWorkbook } from '#tests/support/read-workbook.ts';
import { reportStore } from '#tests/support/report-store.ts';

const { db, put, store } = reportStore();
afterAll(() => db.close());
const NOW = Date.UTC(2026, 10, 23, 15, 30);
const deps = { store, now: () => NOW } as unknown as ReportDeps;

/** Everybody has another name, so that one sees on which sheet who stands in full. */
const people = {
  stores: '대표자',
  attendance: '배우는이',
  visits: '트레이너',
  trainers: '트레이너',
  awards: '으뜸상인',
} as const;
const program = put('program', { name: '단골거리', kind: 'street', minimumRespondents: 1 });
const site = put('site', { program, name: '망원시장' });
const shop = put('store', {
  ...{
    site,
    name: '망원분식',
    ownerName: '김대표자',
    phone: '010-0000-7531',
    businessNumber: '123-45-67890',
  },
});
const merchant = put('person', { name: '이배우는이', kind: 'merchant', store: shop });
const trainer = put('person', { name: '박트레이너', kind: 'trainer' });
const best = put('person', { name: '최으뜸상인', kind: 'merchant' });
const session = put('session', { program, site, kind: 'class', date: '2026-11-20', trainers: [trainer] });
put('attendance', { session, person: merchant, status: 'present' });
put('visit', { session, store: shop, trainer, date: '2026-11-20', outcome: 'done' });
put('award', { program, site, person: best, title: '으뜸상', awardedOn: '2026-11-21' });

const NAMES = /김대표자|이배우는이|박트레이너|최으뜸상인|010-0000-7531|123-45-67890/;

/** The sheets on which anything stands in full. */
function inFull(book: ReadWorkbook): string[] {
  return [...book.sheets].flatMap(([name, { cells }]) =>
    [...cells.values()].some(({ value }) => typeof value === 'string' && NAMES.test(value)) ? [name] : [],
  );
}

const made = async (personal?: { sheets?: PersonalSheet[]; reason: string }): Promise<ReadWorkbook> => {
  const { bytes } = await workbook(deps, personal ? { personal } : {});
  return readWorkbook(bytes);
};

describe('personal data in the workbook', () => {
  it('is masked on every sheet when nobody asked', async () => {
    const book = await made();
    expect(inFull(book)).toEqual([]);
    for (const [name, xml] of book.parts) expect(xml, name).not.toMatch(NAMES);
    expect([...book.sheets.get('요약')!.cells.values()].map(({ value }) => value).join()).not.toContain(
      '까닭',
    );
  });

  it.each(Object.entries(personalSheets) as [PersonalSheet, string][])(
    'stands in full on the sheet %s alone when it was asked for',
    async (sheet, name) => {
      const book = await made({ sheets: [sheet], reason: '대상 확인' });
      expect(inFull(book)).toEqual([name]);
      const whole = [...book.sheets.get(name)!.cells.values()].map(({ value }) => value).join('\n');
      expect(whole).toContain(people[sheet]);
      const cover = [...book.sheets.get('요약')!.cells.values()].map(({ value }) => value).join('\n');
      expect(cover).toContain(`개인정보가 그대로 있어요: ${name}  ·  요청 `);
      expect(cover).toMatch(/, 2026-11-24 00:30\n+까닭: 대상 확인\n/);
      const dictionary = [...book.sheets.get('자료 사전')!.cells.values()]
        .map(({ value }) => value)
        .join('\n');
      expect(dictionary).toContain('까닭을 적고 그대로 실었어요.');
      // Charts are drawn with names too: they stay masked.
      for (const [part, xml] of book.parts) if (part.includes('chart')) expect(xml).not.toMatch(NAMES);
    },
  );

  it('stands in full on all of them when no sheet is named, and the figures stay where they are', async () => {
    const book = await made({ reason: '대상 확인' });
    expect(inFull(book).sort()).toEqual(Object.values(personalSheets).sort());
    expect(book.named('KPI_stores').value).toBe(1);
    expect(book.named('KPI_merchantsTrained').value).toBe((await made()).named('KPI_merchantsTrained').value);
  });

  it('needs a reason', async () => {
    await expect(workbook(deps, { personal: { reason: '' } })).rejects.toMatchObject({
      code: 'REASON_MISSING',
    });
  });

  it('says so in the name of the file', async () => {
    const { name } = await workbook(deps, { personal: { reason: '대상 확인' } });
    expect(name).toBe('단골수첩 보고서 2026-11-24 개인정보 포함.xlsx');
  });
});
