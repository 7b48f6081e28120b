import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '#main/exchange/format.ts';
import { isSealed, openSealed, seal, type Opener } from '#main/exchange/seal.ts';
import { importFiles } from '#main/shells/cli-import.ts';
import { inspect as inspectOnTerminal } from '#main/shells/cli-commands.ts';
import type { Refusal } from '#shared/contract/errors.ts';
import { json } from '#tests/support/cli.ts';
import { goodDraft } from '#tests/support/damage.ts';
import { badEnvelopes } from '#tests/support/damage-envelopes.ts';
import { dusk, exchangeFile, recordId } from '#tests/support/exchange-builder.ts';
import { held } from '#tests/support/exchange-contents.ts';
import { kitScene, makeKits, THURSDAY, type KitScene } from '#tests/support/kit-scene.ts';
import { laptop, scratchDir, type TestLaptop } from '#tests/support/laptop.ts';
import { keysIn } from '#tests/support/sealed.ts';

const keysOf = ({ dir }: TestLaptop): Opener => keysIn(dir);
const own = async (at: TestLaptop) => (await at.call('app.status', {})).laptop;
const inside = async (at: TestLaptop, bytes: Uint8Array): Promise<Buffer> =>
  (await openSealed('x', Buffer.from(bytes), keysOf(at))).bytes;

interface Scene extends KitScene {
  readonly office: TestLaptop;
  readonly field: TestLaptop;
  readonly order: { trainer: string; sessions: string[]; sites: string[] };
}

/** An office whose kit a trainer's laptop has. */
async function scene(): Promise<Scene> {
  const office = laptop('사무실');
  const made = await kitScene(office);
  const order = { trainer: made.trainers[0], sessions: [made.sessions[0]], sites: [made.markets[0]] };
  const field = laptop('망원 1호');
  const { bytes, sealed } = await makeKits(office, [order]);
  expect(sealed).toBe(0);
  await field.take('kit.dangol', bytes);
  return { ...made, office, field, order };
}

/** A visit of that morning, and the file of it for the office alone. */
async function evening({ field, order, shops }: Scene) {
  field.clock.now = Date.parse(`${THURSDAY}T01:00:00Z`);
  await field.call('visits.start', { session: order.sessions[0]!, store: shops[1] });
  return field.call('exchange.export', { sessions: order.sessions, sealFor: ['coordinator'] });
}

describe('from the trainer to the coordinator and back', () => {
  it('the day goes sealed for the office whose kit it came with, and is merged there as any other', async () => {
    const at = await scene();
    const { office, field, order } = at;
    const { id, name } = await own(office);
    expect(await field.call('exchange.coordinators', { sessions: order.sessions })).toEqual({
      laptops: [{ id, name }],
      refused: [],
    });
    const { bytes, sealedFor } = await evening(at);
    expect(sealedFor).toEqual([{ id, name }]);
    expect(Buffer.from(bytes).toString('latin1')).toMatch(/^age-encryption\.org\/v1\n/);

    const seen = await office.call('exchange.inspect', { file: 'day.dangol', bytes });
    expect(seen).toMatchObject({ sealed: true, recipients: 2, digest: { visits: 1 }, already: null });
    const { run } = await office.call('imports.begin', {});
    await office.call('imports.add', { run, file: 'day.dangol', bytes });
    const [result] = await office.call('imports.finish', { run });
    expect(result).toMatchObject({ status: 'imported', conflicts: 0 });
    expect(office.dump()).toContain(THURSDAY);

    // The next kit is for a laptop that is known now.
    const [line] = await office.call('kits.lines', { kits: [order] });
    const trainerLaptop = { id: (await own(field)).id, name: '망원 1호' };
    expect(line!.seal).toEqual({ laptops: [trainerLaptop], refused: [] });
    await office.call('records.write', { entity: 'store', id: at.shops[0], set: { note: '문 닫음' } });
    const kit = await makeKits(office, [order]);
    expect(kit.sealed).toBe(1);
    expect(await laptop('남의 것').take('kit.dangol', kit.bytes)).toMatchObject({
      status: 'refused',
      error: { code: 'FILE_SEALED_FOR_OTHERS', params: { name: '남의 것' } },
    });
    expect(await field.take('kit.dangol', kit.bytes)).toMatchObject({ status: 'imported' });
    expect(field.dump()).toContain('문 닫음');
    // Both can take their own back.
    expect(await office.take('own kit.dangol', kit.bytes)).toMatchObject({ status: 'imported', new: 0 });
    expect(await field.take('own day.dangol', bytes)).toMatchObject({ status: 'imported', new: 0 });
  });

  it('what is inside is the file as it is without a seal', async () => {
    const at = await scene();
    const { bytes } = await evening(at);
    const plain = laptop('셋째');
    expect(await plain.take('day.dangol', await inside(at.office, bytes))).toMatchObject({
      status: 'imported',
      laptop: { name: '망원 1호' },
    });
  });

  it('a session that two offices gave is for both, one that was planned in the field for the newest', async () => {
    const at = await scene();
    const { field, office, order } = at;
    const second = laptop('둘째 사무실');
    await second.take('all.dangol', await office.exported());
    const { bytes } = await makeKits(second, [order]);
    field.clock.now += 1000;
    await field.take('second kit.dangol', bytes);
    const asked = async (sessions: string[]): Promise<string[]> =>
      (await field.call('exchange.coordinators', { sessions })).laptops.map(({ name }) => name).sort();
    expect(await asked(order.sessions)).toEqual(['둘째 사무실', '사무실']);
    const { id } = await field.call('sessions.plan', {
      site: at.markets[0],
      kind: 'visitDay',
      title: '들른 날',
      date: THURSDAY,
      trainers: [],
      roster: [],
    });
    expect(await asked([id])).toEqual(['둘째 사무실']);

    const file = await evening(at);
    for (const one of [office, second]) {
      expect(await one.take('day.dangol', file.bytes)).toMatchObject({ status: 'imported' });
    }
  });
});

describe('the same file', () => {
  it('is known sealed, sealed again and without a seal', async () => {
    const at = await scene();
    const { office } = at;
    const { bytes: sealed } = await evening(at);
    const plain = await inside(office, sealed);
    const again = await seal(plain, [keysOf(office).publicKey]);
    expect(again.equals(Buffer.from(sealed))).toBe(false);
    const look = (bytes: Uint8Array) => office.call('exchange.inspect', { file: 'x.dangol', bytes });
    const hashes = [];
    for (const bytes of [sealed, plain, again]) hashes.push((await look(bytes)).sha256);
    expect(new Set(hashes).size).toBe(1);

    const first = await office.take('a.dangol', sealed);
    const before = await held(office);
    for (const bytes of [sealed, plain, again]) {
      expect(await office.take('b.dangol', bytes)).toMatchObject({
        status: 'already',
        import: first.import,
        new: 0,
      });
      expect((await look(bytes)).already).toMatchObject({ import: first.import, file: 'a.dangol' });
    }
    expect(await held(office)).toEqual(before);
  });

  it('undone is as never imported, and again is as before', async () => {
    const at = await scene();
    const { office } = at;
    const { bytes } = await evening(at);
    const never = office.dump();
    const first = await office.take('a.dangol', bytes);
    const merged = office.dump();
    expect(merged).not.toBe(never);
    await office.call('imports.undo', { id: first.import! });
    expect(office.dump()).toBe(never);
    expect(await office.take('a.dangol', bytes)).toMatchObject({ status: 'imported' });
    expect(office.dump()).toBe(merged);
  });
});

describe('whose key is not theirs', () => {
  it('gets nothing sealed: neither a day for the office nor a kit for the trainer', async () => {
    const at = await scene();
    const { office, field, order } = at;
    const { bytes } = await evening(at);
    await office.take('day.dangol', bytes);
    const judge = async (on: TestLaptop, of: TestLaptop, verdict: 'unknown' | 'waiting') => {
      const { id, fingerprint, name } = await own(of);
      await on.call('laptops.judge', { id, fingerprint, verdict });
      return { id, name };
    };
    const trainers = await judge(office, field, 'unknown');
    const [line] = await office.call('kits.lines', { kits: [order] });
    expect(line!.seal).toEqual({ laptops: [], refused: [trainers] });
    expect((await makeKits(office, [order])).sealed).toBe(0);
    await judge(office, field, 'waiting');
    expect((await makeKits(office, [order])).sealed).toBe(1);

    const offices = await judge(field, office, 'unknown');
    const sessions = order.sessions;
    expect(await field.call('exchange.coordinators', { sessions })).toEqual({
      laptops: [],
      refused: [offices],
    });
    expect(await field.ask('exchange.export', { sealFor: ['coordinator'] })).toMatchObject({
      error: { code: 'SEAL_KEY_REFUSED', params: { name: '사무실' } },
    });
  });

  it('a key that came in place of another is sealed for only when it was accepted', async () => {
    const at = await scene();
    const { office } = at;
    const id = dusk.id;
    await office.take('dusk.dangol', exchangeFile({ author: dusk, lines: goodDraft.lines! }));
    const stranger = keysOf(laptop('새 열쇠'));
    const exported = async () =>
      (await office.call('exchange.export', { sealFor: [id], sessions: at.order.sessions })).bytes;
    const opens = async (): Promise<number> =>
      (await openSealed('x', Buffer.from(await exported()), stranger)).recipients;
    await expect(opens()).rejects.toMatchObject({ code: 'FILE_SEALED_FOR_OTHERS' });
    await office.call('laptops.accept', { id, publicKey: stranger.publicKey });
    expect(await opens()).toBe(2);
  });
});

describe('sealing is refused, and no file made', () => {
  it('where no kit says for whom, or the laptop was never met', async () => {
    const alone = laptop('혼자');
    expect(await alone.ask('exchange.export', { sealFor: ['coordinator'] })).toMatchObject({
      error: { code: 'SEAL_NO_COORDINATOR' },
    });
    expect(await alone.ask('exchange.export', { sealFor: ['da0000000000000a'] })).toMatchObject({
      error: { code: 'SEAL_LAPTOP_UNKNOWN', params: { laptop: 'da0000000000000a' } },
    });
    expect(await alone.ask('exchange.export', { sealFor: [] })).toMatchObject({
      error: { code: 'INVALID_INPUT' },
    });
    const { id } = await own(alone);
    expect(await alone.call('exchange.export', { sealFor: [id] })).toMatchObject({ sealedFor: [] });
  });

  it('once the kit was taken out again', async () => {
    const { field, order } = await scene();
    const [kit] = await field.call('imports.list', {});
    await field.call('imports.undo', { id: kit!.id });
    expect(await field.call('exchange.coordinators', { sessions: order.sessions })).toEqual({
      laptops: [],
      refused: [],
    });
  });

  it('a kit that is to be plain is', async () => {
    const at = await scene();
    const { bytes } = await evening(at);
    await at.office.take('day.dangol', bytes);
    const kit = await makeKits(at.office, [{ ...at.order, plain: true }]);
    expect(kit.sealed).toBe(0);
    expect(await laptop('새 노트북').take('kit.dangol', kit.bytes)).toMatchObject({ status: 'imported' });
  });
});

describe('a bad file in a good seal', () => {
  const office = () => laptop('사무실');

  const unsealed = badEnvelopes.filter(({ what }) => !what.startsWith('sealed'));

  it.each(unsealed.map((one) => [one.what, one] as const))(
    '%s: refused as without it',
    async (_what, one) => {
      const at = office();
      const sealed = await seal(one.bytes(), [keysOf(at).publicKey]);
      const { code } = one;
      expect(await at.take('bad.dangol', sealed)).toMatchObject({ status: 'refused', error: { code } });
      expect(at.dump()).toBe('');
    },
  );

  it('a seal in a seal', async () => {
    const at = office();
    const { publicKey } = keysOf(at);
    const twice = await seal(await seal(exchangeFile(goodDraft), [publicKey]), [publicKey]);
    expect(await at.take('x.dangol', twice)).toMatchObject({
      status: 'refused',
      error: { code: 'FILE_SEALED', params: { reason: 'sealed twice' } },
    });
  });

  it('of every length but its own, and nothing is stored', async () => {
    const at = office();
    await at.call('records.write', { entity: 'site', id: recordId(1), set: { name: '망원시장 (우리 것)' } });
    const before = await held(at);
    const sealed = await seal(exchangeFile(goodDraft), [keysOf(at).publicKey]);
    for (let length = 0; length < sealed.length; length += length < 300 ? 1 : 37) {
      const { status, error } = await at.take('cut.dangol', sealed.subarray(0, length));
      expect([status, error?.code]).toEqual(['refused', expect.stringMatching(/^FILE_/)]);
    }
    expect(await held(at)).toEqual(before);
    expect(await at.take('whole.dangol', sealed)).toMatchObject({ status: 'imported' });
  });

  it('too large to be in memory twice', async () => {
    const at = office();
    const large = Buffer.alloc(LIMITS.sealed + 1);
    large.write('age-encryption.org/v1\n');
    expect(await at.take('x.dangol', large)).toMatchObject({ error: { code: 'FILE_TOO_LARGE' } });
  });
});

describe('on the command line', () => {
  it('a sealed file is told of, and merged; without a store nothing can open it', async () => {
    const at = await scene();
    const { bytes } = await evening(at);
    const file = path.join(scratchDir(), 'day.dangol');
    fs.writeFileSync(file, bytes);
    at.office.close();
    const place = { dataDir: at.office.dir, language: 'en' } as const;
    expect((await inspectOnTerminal(place, file)).value).toMatchObject({
      sealed: true,
      recipients: 2,
      digest: { visits: 1 },
    });
    const told = { progress: () => undefined, stopped: () => false };
    const twice = await importFiles(place, [file, file], false, told);
    expect(twice.value).toMatchObject({ files: [{ status: 'imported' }, { status: 'already' }] });
    await expect(inspectOnTerminal({ dataDir: scratchDir(), language: 'en' }, file)).rejects.toMatchObject<
      Partial<Refusal>
    >({ code: 'FILE_SEALED' });
  });

  it('export seals when it is told to, and says for whom', async () => {
    const at = await scene();
    const { office, field } = at;
    const offices = await own(office);
    field.close();
    const out = path.join(scratchDir(), 'day.dangol');
    const plain = await json(field.dir, 'export', '--out', out);
    expect(plain).toMatchObject({ code: 0, value: { file: out } });
    expect(plain.value).not.toHaveProperty('sealedFor');
    expect(isSealed(fs.readFileSync(out))).toBe(false);
    for (const how of [['--seal'], ['--seal-for', 'coordinator'], ['--seal-for', offices.id]]) {
      expect(await json(field.dir, 'export', '--out', out, ...how)).toMatchObject({
        code: 0,
        value: { file: out, sealedFor: [{ id: offices.id, name: '사무실' }] },
      });
      expect(await office.take('day.dangol', fs.readFileSync(out))).toMatchObject({ status: 'imported' });
    }
    fs.rmSync(out);
    expect(await json(field.dir, 'export', '--out', out, '--seal-for', 'da0000000000000a')).toMatchObject({
      code: 1,
      value: { error: { code: 'SEAL_LAPTOP_UNKNOWN' } },
    });
    expect(fs.existsSync(out)).toBe(false);
  });
});
