import fs from 'node:fs';
import path from 'node:path';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import type { InputOf, OutputOf } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import { changeIdAt, exchangeFile } from '#tests/support/exchange-builder.ts';
import { json } from '#tests/support/cli.ts';
import { laptop, scratchDir, type TestLaptop } from '#tests/support/laptop.ts';
import { pngOf } from '#tests/support/pictures.ts';
import { rawBytes } from '#tests/support/raw-store.ts';

/** Two programmes: the first ended long ago and its period is over on 24 November 2026; the second runs. */
const FIRST = { name: '2024 단골거리', kind: 'street', startsOn: '2024-09-01', endsOn: '2024-11-24' };
const SECOND = { name: '2026 단골시장', kind: 'market', startsOn: '2026-03-01', endsOn: '2026-12-31' };
const GONE = ['김단골', '02-335-3591', '02-335-0000', '123-45-67890', '이상인', '010-0000-7531'];
const KEPT = ['박이웃', '010-0000-8642', '최트레', '010-0000-1111'];
const DAY = 86_400_000;

interface Scene {
  readonly on: TestLaptop;
  readonly dir: string;
  readonly ids: Record<string, string>;
}

/** A shop and its owner in the first programme alone, another one in both (the same shop twice), and a trainer. */
async function scene(options: { copies?: 'here' | 'thread'; months?: number | null } = {}): Promise<Scene> {
  const dir = scratchDir();
  const on = laptop('사무실', { dir, ...(options.copies && { copies: options.copies }) });
  const put = async (entity: string, set: object): Promise<string> =>
    (await on.call('records.write', { entity, set: set as never })).id;
  const program = await put('program', FIRST);
  const second = await put('program', SECOND);
  const months = options.months === undefined ? 23 : options.months;
  await on.call('programs.update', { id: program, retentionMonths: months });
  await on.call('programs.update', { id: second, retentionMonths: 240 });
  const site = await put('site', { name: '망원시장', program });
  const newer = await put('site', { name: '망원시장 2026', program: second });
  const store = await put('store', {
    ...{ site, name: '망원분식', ownerName: '김단골', phone: '02-335-0000', businessNumber: '123-45-67890' },
  });
  await on.call('records.write', { entity: 'store', id: store, set: { phone: '02-335-3591' } });
  const person = await put('person', { name: '이상인', phone: '010-0000-7531', kind: 'merchant', store });
  const both = await put('store', { site, name: '이웃식당', ownerName: '박이웃', phone: '010-0000-8642' });
  const again = await put('store', { site: newer, name: '이웃식당' });
  await on.call('records.write', { entity: 'match', set: { left: both, right: again, decision: 'same' } });
  const trainer = await put('person', { name: '최트레', phone: '010-0000-1111', kind: 'trainer' });
  const session = await put('session', {
    program,
    site,
    title: '첫 교육',
    kind: 'class',
    date: '2024-10-01',
  });
  await on.call('attendance.add', { session, person });
  await on.call('attendance.sign', { session, person, signature: new Uint8Array(pngOf(4, 4)) });
  await on.call('attendance.add', { session, person: trainer });
  return { on, dir, ids: { program, second, site, store, person, both, trainer, session } };
}

async function decide(
  on: TestLaptop,
  scope: { program?: string; person?: string } = {},
  more: Partial<InputOf<'retention.erase'>> = {},
): Promise<OutputOf<'retention.erase'>> {
  const { token } = await on.call('retention.preview', scope);
  return on.call('retention.erase', { ...scope, token, reason: '보관 기간 만료', ...more });
}

const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : error),
  );

describe('what falls due', () => {
  it('is nothing where no period is set', async () => {
    const { on } = await scene({ months: null });
    const state = await on.call('retention.state', {});
    expect([state.due, state.soon]).toEqual([0, 0]);
    expect(state.programs[0]).toMatchObject({ months: null, keptUntil: null, due: 0 });
    expect(await refusal(decide(on))).toBe('RETENTION_NOTHING');
  });

  it('comes 30 days ahead, then on the day after the period, and names nobody', async () => {
    const { on, ids } = await scene({ months: 24 });
    expect(await on.call('retention.state', {})).toMatchObject({
      today: '2026-11-24',
      due: 0,
      soon: 3,
      unruled: 0,
    });
    on.clock.now += DAY;
    const state = await on.call('retention.state', {});
    expect(state).toMatchObject({ due: 3, soon: 0 });
    expect(state.programs.map(({ keptUntil, due }) => [keptUntil, due])).toEqual([
      ['2026-11-24', 3],
      ['2046-12-31', 0],
    ]);
    const { rows } = await on.call('retention.rows', {});
    expect(
      rows.map(({ entity, title, context, fields, dueFrom }) => ({
        entity,
        title,
        context,
        fields,
        dueFrom,
      })),
    ).toEqual([
      {
        entity: 'attendance',
        title: '이**',
        context: '첫 교육',
        fields: ['signature'],
        dueFrom: '2026-11-25',
      },
      {
        entity: 'person',
        title: '이**',
        context: '망원분식',
        fields: ['name', 'phone'],
        dueFrom: '2026-11-25',
      },
      {
        ...{ entity: 'store', title: '망원분식', context: '망원시장', dueFrom: '2026-11-25' },
        fields: ['ownerName', 'phone', 'businessNumber'],
      },
    ]);
    expect(rows[2]!.id).toBe(ids['store']);
  });
});

describe('one decision', () => {
  it('destroys what is due, here and on every laptop, keeps the rest, and is certified and taken down', async () => {
    const { on, dir, ids } = await scene();
    const early = await on.exported();
    const other = laptop('현장');
    await other.take('early.dangol', early);
    const figures = (await on.call('report.kpis', {})).total;

    const preview = await on.call('retention.preview', { program: ids['program']! });
    expect(preview).toMatchObject({ records: 3, values: 6, outbox: 0, copies: 0 });
    const done = await decide(on, { program: ids['program']! });
    expect(done).toMatchObject({ records: 3, values: 6, copies: null });
    expect((await on.call('retention.state', {})).due).toBe(0);
    expect((await on.call('report.kpis', {})).total).toEqual(figures);

    const [certificate] = await on.call('retention.certificates', {});
    expect(certificate).toMatchObject({
      ...{ id: done.certificate, destroyedOn: '2026-11-24', basis: 'retention', reason: '보관 기간 만료' },
      ...{ records: 3, altered: false, laptop: { name: '사무실' } },
      rules: [
        { id: ids['program'], name: FIRST.name, endsOn: FIRST.endsOn, months: 23, keptUntil: '2026-10-24' },
      ],
    });
    expect(certificate!.kinds).toHaveLength(6);
    for (const secret of [...GONE, ...KEPT]) expect(JSON.stringify(certificate)).not.toContain(secret);
    const { rows } = await on.call('audit.list', { what: 'erased' });
    expect(rows.filter(({ subject }) => subject.form === 'retention')).toMatchObject([
      { why: '보관 기간 만료', subject: { record: done.certificate, count: 3, program: ids['program'] } },
    ]);

    await other.take('later.dangol', await on.exported({ program: ids['program']! }));
    expect(await other.call('retention.certificates', {})).toMatchObject([
      { id: done.certificate, records: 3 },
    ]);
    await on.take('early again.dangol', await other.exported());
    expect(other.dump()).toBe(on.dump());
    expect((await on.call('app.verify', {})).faults).toEqual([]);
    expect((await on.call('app.verify', {})).blobs).toBe(0);
    const dirs = [dir, other.dir];
    on.close();
    other.close();
    for (const raw of dirs.map(rawBytes)) {
      expect(GONE.filter((secret) => raw.includes(secret))).toEqual([]);
      expect(KEPT.filter((secret) => !raw.includes(secret))).toEqual([]);
    }
  });

  it('needs a reason and the data that was shown, and does nothing otherwise', async () => {
    const { on, ids } = await scene();
    const before = on.dump();
    const { token } = await on.call('retention.preview', {});
    expect(await refusal(on.call('retention.erase', { token, reason: '  ' }))).toBe('RETENTION_REASON');
    await on.call('records.write', {
      ...{ entity: 'store', set: { name: '새 가게', phone: '02-1', site: ids['site']! } },
    });
    const changed = on.dump();
    expect(await refusal(on.call('retention.erase', { token, reason: '만료' }))).toBe('RETENTION_CHANGED');
    expect(on.dump()).toBe(changed);
    expect(changed).not.toBe(before);
    expect((await on.call('audit.list', { what: 'erased' })).total).toBe(0);
    expect(await on.call('retention.certificates', {})).toEqual([]);
  });

  it('cannot be undone, and its certificate can be neither changed nor deleted, and shows when it was', async () => {
    const { on } = await scene();
    const { certificate: id } = await decide(on);
    expect((await on.call('undo.undo', {})).excluded).toBe('erase');
    expect(await on.call('retention.certificates', {})).toHaveLength(1);
    const record = { entity: 'destruction', id };
    for (const work of [
      on.call('records.write', { ...record, set: { reason: '다른 까닭' } }),
      on.call('records.delete', record),
      on.call('records.erase', { ...record, fields: ['reason'] }),
    ]) {
      expect(await refusal(work)).toBe('CERTIFICATE_FIXED');
    }
    const other = laptop('다른 곳');
    await other.take('a.dangol', await on.exported());
    expect(await other.call('retention.certificates', {})).toMatchObject([
      { altered: false, reason: '보관 기간 만료' },
    ]);
    const set = { reason: '다른 까닭', records: 0 };
    const forged = { id: changeIdAt(1), entity: 'destruction', record: id, set };
    await other.take('forged.dangol', exchangeFile({ lines: [forged] }));
    expect(await other.call('retention.certificates', {})).toMatchObject([{ altered: true }]);
  });

  it.each(['here', 'thread'] as const)('takes the copies from before along: made %s', async (copies) => {
    const { on, dir } = await scene({ copies });
    await on.core.copyDaily();
    on.clock.now += DAY;
    await on.core.copyDaily();
    const folder = path.join(dir, 'backups');
    const before = fs.readdirSync(folder);
    expect(before).toHaveLength(2);
    on.clock.now += 60_000;
    fs.writeFileSync(path.join(folder, '20200101-000000-daily.db'), 'not a copy of this store');
    const done = await decide(on);
    expect(done.copies).toEqual({ removed: 2, left: 1, aside: 0 });
    expect(fs.readdirSync(folder).filter((name) => before.includes(name))).toEqual([]);
    expect(fs.readdirSync(folder)).toHaveLength(2);
  });
});

describe('consent that is withdrawn', () => {
  it('leads to the same decision about one person, whatever their programme says', async () => {
    const { on, ids } = await scene({ months: null });
    const person = ids['person']!;
    const set = { consentOn: '2024-10-01', consentBy: 'paper', consentWithdrawnOn: '2026-11-24' };
    await on.call('records.write', { entity: 'person', id: person, set });
    expect(await on.call('retention.preview', { person })).toMatchObject({ records: 2, values: 3 });
    const { certificate } = await decide(on, { person }, { reason: '철회 요청' });
    expect((await on.call('records.get', { entity: 'person', id: person })).fields).toMatchObject(set);
    expect((await on.call('records.get', { entity: 'person', id: person })).fields['name']).toBeUndefined();
    const [told] = await on.call('retention.certificates', {});
    expect(told).toMatchObject({
      id: certificate,
      basis: 'withdrawal',
      reason: '철회 요청',
      rules: [],
      records: 2,
    });
    expect(await refusal(on.call('retention.preview', { person: certificate }))).toBe('NOT_FOUND');
  });
});

it('goes out as a workbook without a single personal value', async () => {
  const { on } = await scene();
  await decide(on, {}, { reason: '=1+1' });
  const { name, bytes, certificates } = await on.call('retention.book', {});
  expect([name, certificates]).toEqual(['단골수첩 파기 대장 2026-11-24.xlsx', 1]);
  const read = new ExcelJS.Workbook();
  await read.xlsx.load(bytes as unknown as ArrayBuffer);
  const cells = read.getWorksheet('파기 대장')!.getRow(2).values as unknown[];
  expect(cells).toContain('보관 기간이 지남');
  expect(cells).toContain('=1+1');
  expect(cells.join(' ')).toContain('점포 대표자 1');
  for (const secret of GONE) expect(cells.join(' ')).not.toContain(secret);
});

it('lets a single erasure say why', async () => {
  const { on, ids } = await scene();
  await on.call('records.erase', {
    entity: 'store',
    id: ids['store']!,
    fields: ['phone'],
    reason: '본인 요청',
  });
  expect((await on.call('audit.list', { what: 'erased' })).rows).toMatchObject([{ why: '본인 요청' }]);
});

it('is shown and decided on the command line', async () => {
  const { on, dir, ids } = await scene({ copies: 'here' });
  // The command line goes by the machine's clock: a programme of long ago, and not just the day before.
  await on.call('programs.update', { id: ids['program']!, retentionMonths: 0 });
  on.close();
  const shown = await json(dir, 'retention');
  expect(shown).toMatchObject({ code: 0, value: { due: 3, rows: { soon: [] }, certificates: [] } });
  expect(GONE.filter((secret) => JSON.stringify(shown.value).includes(secret))).toEqual([]);
  const erase = (reason: string) =>
    json(dir, 'retention', 'erase', '--program', ids['program']!, '--reason', reason);
  expect(await erase(' ')).toMatchObject({ code: 1, value: { error: { code: 'RETENTION_REASON' } } });
  expect(await erase('만료')).toMatchObject({
    code: 0,
    value: { records: 3, values: 6, copies: { left: 0 } },
  });
  expect(await erase('만료')).toMatchObject({ code: 1, value: { error: { code: 'RETENTION_NOTHING' } } });
  const after = await json(dir, 'retention');
  expect(after.value).toMatchObject({ due: 0, certificates: [{ reason: '만료', records: 3 }] });
});
