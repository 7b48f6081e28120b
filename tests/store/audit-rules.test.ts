import { describe, expect, it } from 'vitest';
import { rules } from '#main/features/audit/rules.ts';
import { auditCodes, type AuditRow } from '#shared/contract/audit.ts';
import { contract, type Method } from '#shared/contract/contract.ts';
import { dusk, exchangeFile, recordId } from '#tests/support/exchange-builder.ts';
import { laptop, type TestLaptop } from '#tests/support/laptop.ts';
import { raw } from '#tests/support/open-store.ts';
import { pngOf } from '#tests/support/pictures.ts';

const SECRETS = ['김단골', '이상인', '010-0000-7531', '02-335-3591', '123-45-67890'];

/** A market with a shop, its owner on the roster of a class with a signature, an award and a trainer who writes. */
async function market(window = false): Promise<{ on: TestLaptop; ids: Record<string, string> }> {
  const on = laptop('시장', { window });
  const put = async (entity: string, set: object): Promise<string> =>
    (await on.call('records.write', { entity, set: set as never })).id;
  const program = await put('program', { name: '단골거리' });
  const site = await put('site', { name: '망원시장', program });
  const store = await put('store', {
    ...{ site, name: '망원분식', ownerName: '김단골', phone: '02-335-3591', businessNumber: '123-45-67890' },
  });
  const person = await put('person', { name: '이상인', phone: '010-0000-7531', kind: 'merchant', store });
  const session = await put('session', {
    site,
    program,
    title: '첫 교육',
    kind: 'class',
    date: '2026-11-24',
  });
  const award = await put('award', { program, store, person, title: '으뜸상' });
  await on.call('attendance.add', { session, person });
  const signature = new Uint8Array(pngOf(4, 4));
  await on.call('attendance.sign', { session, person, signature });
  return { on, ids: { program, site, store, person, session, award } };
}

const list = async (on: TestLaptop): Promise<AuditRow[]> =>
  (await on.call('audit.list', {})).rows.toReversed();

const told = (rows: readonly AuditRow[]): unknown[] => rows.map(({ what, subject }) => [what, subject]);

describe('every call of the contract', () => {
  const methods = Object.keys(contract) as Method[];

  it('has a rule, or a word why it needs none', () => {
    expect(Object.keys(rules).sort()).toEqual([...methods].sort());
    for (const method of methods) {
      const rule = rules[method];
      if (typeof rule === 'string') expect(['nothing', 'staff', 'written', 'work', 'laptop']).toContain(rule);
      else expect(rule.act, method).toBeTypeOf('function');
    }
  });

  /** What is called for with no input, or one that the market has, and says that it gives out nothing personal. */
  it('that is said to give out nothing personal gives out nothing personal', async () => {
    const { on, ids } = await market();
    const inputs: Partial<Record<Method, object>> = {
      'stores.sameAddress': { field: 'channelUrl', address: 'https://pf.kakao.com/_a', store: ids['store'] },
      'surveys.form': { session: ids['session'] },
      'surveys.list': { session: ids['session'] },
      'photos.list': { owner: ids['store'] },
      'print.cards': { site: ids['site'] },
      'today.next': { session: ids['session'] },
      'dataState.rows': { line: 'noSite' },
      'report.rows': { figure: 'merchantsTrained' },
    };
    const tried: string[] = [];
    for (const method of methods.filter((one) => rules[one] === 'nothing')) {
      const input = inputs[method] ?? {};
      if (!contract[method].input.safeParse(input).success) continue;
      const answer = JSON.stringify(await on.ask(method, input));
      for (const secret of SECRETS) expect(answer, `${method} ${secret}`).not.toContain(secret);
      tried.push(method);
    }
    expect(tried).toEqual(
      expect.arrayContaining([
        'report.kpis',
        'report.dashboard',
        'report.rows',
        'imports.list',
        'sessions.list',
      ]),
    );
    expect(tried.length).toBeGreaterThan(15);
    expect(await list(on)).toEqual([]);
  });
});

describe('what is taken down', () => {
  it('of looking, once a day for the same person and thing', async () => {
    const { on, ids } = await market(true);
    const { store, person, session, program } = ids;
    const look = async (): Promise<void> => {
      await on.call('records.get', { entity: 'program', id: program! });
      await on.call('records.get', { entity: 'store', id: store! });
      await on.call('records.history', { entity: 'store', id: store!, field: 'name' });
      await on.call('records.history', { entity: 'person', id: person! });
      await on.call('sessions.get', { id: session! });
      await on.call('attendance.signature', { session: session!, person: person! });
      await on.call('people.search', {});
      await on.call('stores.find', { text: '망원' });
      await on.call('duplicates.list', { masked: true });
      await on.call('duplicates.list', {});
      await on.call('conflicts.list', {});
    };
    const looked = [
      ['unmasked', { entity: 'store', record: store }],
      ['unmasked', { entity: 'person', record: person }],
      ['unmasked', { entity: 'session', record: session }],
      ['unmasked', { entity: 'session', record: session, parts: ['signature'] }],
      ['unmasked', { form: 'people' }],
      ['unmasked', { form: 'stores' }],
      ['unmasked', { form: 'duplicates' }],
      ['unmasked', { form: 'conflicts' }],
    ];
    await look();
    await look();
    expect(told(await list(on))).toEqual(looked);
    // Another person, and another day.
    await on.call('app.usedBy', { person: person! });
    await look();
    on.clock.now += 86_400_000;
    await look();
    const rows = await list(on);
    expect(told(rows)).toEqual([...looked, ...looked, ...looked]);
    expect(rows.at(-1)).toMatchObject({ person: { id: person, name: '이상인' }, via: 'window' });
    expect(rows[0]).toMatchObject({ person: null, via: 'window' });
  });

  it('of paper, files, workbooks, erasing and keys', async () => {
    const { on, ids } = await market();
    const { store, person, session, program, award, site } = ids as Record<string, string>;
    await on.call('print.signIn', { session: session! });
    await on.call('print.store', { id: store! });
    await on.call('print.store', { id: store!, unmasked: true });
    await on.call('print.awards', { award: award!, unmasked: true });
    await on.call('exchange.export', { sessions: [session!] });
    const { run } = await on.call('kits.begin', {
      kits: [{ trainer: person!, sessions: [session!], sites: [site!] }],
    });
    await on.call('kits.next', { run });
    await on.call('kits.finish', { run });
    await on.call('report.workbook', { program: program! });
    await on.call('report.workbook', { personal: { sheets: ['stores'], reason: '지급 대상 확인' } });
    await on.call('conflicts.workbook', {});
    await on.call('attendance.clearSignature', { session: session!, person: person! });
    await on.call('records.erase', { entity: 'store', id: store!, fields: ['ownerName', 'phone'] });
    const file = await on.take('저녁.dangol', exchangeFile({ author: dusk, lines: [shop] }));
    await on.take('저녁.dangol', exchangeFile({ author: dusk, lines: [shop] }));
    await on.call('exchange.import', { file: 'x', bytes: new Uint8Array([1]), dryRun: false });
    const [known] = await on.call('laptops.list', {});
    await on.call('laptops.judge', {
      id: dusk.id,
      fingerprint: known!.key.fingerprint,
      verdict: 'confirmed',
    });
    await on.call('imports.undo', { id: file.import! });
    const csv = new TextEncoder().encode('상호,대표자\n새 상점,박새로\n');
    await on.call('stores.importTable', { file: '/home/kim/목록.csv', bytes: csv, site: site! });
    await on.call('stores.importTable', { file: '목록.csv', bytes: csv, site: site! });
    await on.call('pin.reset', {});
    expect(on.dump()).toContain('망원분식');
    await on.call('audit.export', {});
    const rows = await list(on);
    const count = expect.any(Number) as number;
    expect(told(rows)).toEqual([
      ['printed', { form: 'signIn', entity: 'session', record: session, full: true }],
      ['printed', { form: 'store', entity: 'store', record: store, full: false }],
      ['printed', { form: 'store', entity: 'store', record: store, full: true }],
      ['printed', { form: 'awards', count: 1, full: true, entity: 'award', record: award }],
      ['exported', { form: 'session', count, sealed: false, sessions: [session] }],
      ['exported', { form: 'kit', count, sealed: false }],
      ['reported', { program }],
      ['reportedInFull', { parts: ['stores'], full: true }],
      ['conflictBook', { count: 0 }],
      ['erased', { entity: 'session', record: session, parts: ['signature'] }],
      ['erased', { entity: 'store', record: store, parts: ['ownerName', 'phone'] }],
      ['imported', { form: 'file', file: '저녁.dangol', entity: 'import', record: file.import, count: 1 }],
      ['keyJudged', { entity: 'laptop', record: dusk.id, form: 'confirmed' }],
      ['importUndone', { entity: 'import', record: file.import, count: 1 }],
      ['imported', { form: 'stores', file: '목록.csv', entity: 'site', record: site, count: 1 }],
      ['pinReset', {}],
      ['exported', { form: 'dump', count }],
      ['auditExported', { count: 17 }],
    ]);
    expect(rows.find(({ what }) => what === 'reportedInFull')!.why).toBe('지급 대상 확인');
    expect(rows.every(({ what }) => auditCodes.includes(what))).toBe(true);
    expect(await on.call('app.verify', {})).toMatchObject({ faults: [] });
    // No value of a record stands in it.
    on.close();
    const db = raw(on.dir);
    const whole = JSON.stringify(db.prepare('SELECT subject, why FROM audit').all());
    db.close();
    for (const secret of [...SECRETS, '박새로', '/home']) expect(whole).not.toContain(secret);
  });

  it('of each file of a run, and nothing of a rehearsal nor of a refusal', async () => {
    const on = laptop('사무실');
    const dry = on.core.importRun({ dryRun: true });
    await dry.add('저녁.dangol', exchangeFile({ author: dusk, lines: [shop] }));
    await dry.finish();
    expect(
      await on.ask('records.erase', { entity: 'store', id: recordId(9), fields: ['phone'] }),
    ).toMatchObject({
      ok: false,
    });
    expect(await on.ask('report.workbook', { personal: { reason: '  ' } })).toMatchObject({
      error: { code: 'REASON_MISSING' },
    });
    expect(await list(on)).toEqual([]);
    const run = on.core.importRun({ dryRun: false });
    await run.add('/mnt/usb/저녁.dangol', exchangeFile({ author: dusk, lines: [shop] }));
    await run.finish();
    expect(told(await list(on))).toMatchObject([['imported', { file: '저녁.dangol', count: 1 }]]);
  });
});

describe('without an entry', () => {
  /** A laptop whose audit takes no entry: what stands in for a disk that has no room for it. */
  async function sealed(): Promise<{ on: TestLaptop; ids: Record<string, string> }> {
    const made = await market();
    made.on.close();
    const db = raw(made.on.dir);
    db.exec("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no room'); END;");
    db.close();
    return { ...made, on: laptop('시장', { dir: made.on.dir, fresh: false }) };
  }

  it.each<[Method, (ids: Record<string, string>) => object]>([
    ['records.get', ({ store }) => ({ entity: 'store', id: store })],
    ['print.store', ({ store }) => ({ id: store, unmasked: true })],
    ['exchange.export', () => ({})],
    ['report.workbook', () => ({})],
    ['conflicts.workbook', () => ({})],
    ['audit.export', () => ({})],
  ])('%s gives nothing', async (method, input) => {
    const { on, ids } = await sealed();
    // An error that is none of ours: a test's world throws it on, a person is told an id.
    await expect(on.ask(method, input(ids))).rejects.toThrow('no room');
  });

  it('nothing is erased, undone or merged', async () => {
    const { on, ids } = await sealed();
    const before = await on.call('app.verify', {});
    const erase = { entity: 'store', id: ids['store']!, fields: ['phone'] };
    await expect(on.ask('records.erase', erase)).rejects.toThrow('no room');
    await expect(on.ask('pin.reset', {})).rejects.toThrow('no room');
    const bytes = exchangeFile({ author: dusk, lines: [shop] });
    await expect(on.ask('exchange.import', { file: 'a.dangol', bytes })).rejects.toThrow('no room');
    expect(await on.call('imports.list', {})).toEqual([]);
    expect(await on.call('app.verify', {})).toEqual(before);
  });
});

const shop = {
  id: `0193557a0000-0000-${dusk.id}`,
  author: null,
  entity: 'store',
  record: recordId(50),
  set: { name: '저녁 상점' },
};
