import { describe, expect, it } from 'vitest';
import type { Manifest } from '#shared/contract/exchange.ts';
import type { KitLine } from '#shared/contract/kits.ts';
import { exchangeFile } from '#tests/support/exchange-builder.ts';
import { kitScene, makeKits, type KitScene } from '#tests/support/kit-scene.ts';
import { laptop, type TestLaptop } from '#tests/support/laptop.ts';
import { unpackZip } from '#tests/support/zip-builder.ts';

const HOUR_MS = 60 * 60 * 1000;

interface Scene extends KitScene {
  readonly office: TestLaptop;
  readonly order: { trainer: string; sessions: string[]; sites: string[] };
}

async function scene(): Promise<Scene> {
  const office = laptop('사무실');
  const made = await kitScene(office);
  const order = { trainer: made.trainers[0], sessions: [made.sessions[0]], sites: [made.markets[0]] };
  return { ...made, office, order };
}

async function lineOf({ office, order }: Scene): Promise<KitLine> {
  return (await office.call('kits.lines', { kits: [order] }))[0]!;
}

async function give({ office, order }: Scene, to: TestLaptop): Promise<string> {
  const { bytes } = await makeKits(office, [order]);
  return (await to.take('kit.dangol', bytes)).import!;
}

const manifestOf = (file: Buffer): Manifest =>
  JSON.parse(unpackZip(file).get('manifest.json')!.toString('utf8')) as Manifest;

describe('who has which kit', () => {
  it('is known from the next file of the laptop, until that file is taken out again', async () => {
    const at = await scene();
    const field = laptop('망원 1호');
    expect(await lineOf(at)).toMatchObject({ last: null, received: null, fresh: null, shops: 2, people: 4 });

    await give(at, field);
    expect(await lineOf(at)).toMatchObject({
      last: { madeAt: '2026-11-24T01:00:00.000Z' },
      received: null,
      fresh: { sessions: 0, sites: 0, records: 0, more: false },
    });
    field.clock.now += HOUR_MS;
    at.office.clock.now += 2 * HOUR_MS;
    const file = await field.exported({ sessions: at.order.sessions });
    const { import: id } = await at.office.take('day.dangol', file);
    const { received, last } = await lineOf(at);
    const { laptop: self } = await field.call('app.status', {});
    expect(received).toEqual({
      id: last!.id,
      madeAt: '2026-11-24T01:00:00.000Z',
      laptop: { id: self.id, name: '망원 1호' },
      importedAt: '2026-11-24T01:00:00.000Z',
    });
    await at.office.call('imports.undo', { id: id! });
    expect((await lineOf(at)).received).toBeNull();
    await at.office.take('day.dangol', file);
    expect((await lineOf(at)).received).toEqual(received);
  });

  it('an older kit goes on being told after the next one was made and did not arrive', async () => {
    const at = await scene();
    const field = laptop('망원 1호');
    await give(at, field);
    at.office.clock.now += HOUR_MS;
    await makeKits(at.office, [at.order]);
    await at.office.take('day.dangol', await field.exported());
    const { last, received } = await lineOf(at);
    expect([last!.madeAt, received!.madeAt]).toEqual([
      '2026-11-24T02:00:00.000Z',
      '2026-11-24T01:00:00.000Z',
    ]);
  });

  it('what changed since is counted, but not what the trainer wrote, nor what is elsewhere', async () => {
    const at = await scene();
    const field = laptop('망원 1호');
    await give(at, field);
    field.clock.now += HOUR_MS;
    at.office.clock.now += 2 * HOUR_MS;
    await field.call('stores.update', { id: at.shops[1], phone: '010-0000-0009' });
    await at.office.take('day.dangol', await field.exported());
    expect((await lineOf(at)).fresh).toMatchObject({ records: 0 });

    await at.office.call('stores.update', { id: at.shops[0], phone: '010-0000-0002' });
    await at.office.call('stores.update', { id: at.shops[0], unit: '가동 3호' });
    await at.office.call('stores.update', { id: at.shops[2], unit: '나동 3호' });
    expect((await lineOf(at)).fresh).toEqual({ sessions: 0, sites: 0, records: 1, more: false });
    const wider = { ...at.order, sessions: [...at.sessions.slice(0, 2)], sites: [...at.markets] };
    const [line] = await at.office.call('kits.lines', { kits: [wider] });
    expect(line!.fresh).toEqual({ sessions: 1, sites: 1, records: 2, more: false });
    at.office.clock.now += HOUR_MS;
    await makeKits(at.office, [wider]);
    expect((await at.office.call('kits.lines', { kits: [wider] }))[0]!.fresh).toMatchObject({
      sessions: 0,
      sites: 0,
      records: 0,
    });
  });

  it('the kit makes the coordinator and their key known', async () => {
    const at = await scene();
    const field = laptop('망원 1호');
    const { bytes } = await makeKits(at.office, [at.order]);
    const { laptop: office } = await at.office.call('app.status', {});
    expect((await field.take('kit.dangol', bytes)).laptop).toEqual({
      id: office.id,
      name: '사무실',
      fingerprint: office.fingerprint,
      firstSeen: true,
    });
    at.office.clock.now += HOUR_MS;
    const next = await makeKits(at.office, [at.order]);
    expect((await field.take('next.dangol', next.bytes)).laptop).toMatchObject({ firstSeen: false });
  });
});

describe('what a session file says about kits', () => {
  it('the newest few that are merged, by their own ids; a kit says none, nor does a laptop without', async () => {
    const at = await scene();
    const field = laptop('망원 1호');
    expect(manifestOf(await field.exported())).not.toHaveProperty('kits');
    const imports: string[] = [];
    for (let time = 0; time < 7; time += 1) {
      at.office.clock.now += HOUR_MS;
      field.clock.now = at.office.clock.now;
      imports.push(await give(at, field));
    }
    await field.call('imports.undo', { id: imports[6]! });
    const { kits } = manifestOf(await field.exported());
    expect(kits!.map(({ importedAt }) => importedAt.slice(11, 16))).toEqual([
      '07:00',
      '06:00',
      '05:00',
      '04:00',
      '03:00',
    ]);
    expect(manifestOf(await field.exported({ purpose: 'kit' }))).not.toHaveProperty('kits');
    expect(manifestOf(await at.office.exported())).not.toHaveProperty('kits');
  });

  it.each([
    ['no list', 'kits', 'kits'],
    ['an entry that is none', [5], 'kits.0'],
    ['an empty id', [{ id: '', importedAt: '2026-11-24T01:00:00Z' }], 'kits.0.id'],
    ['half a surrogate pair', [{ id: '\ud800', importedAt: '2026-11-24T01:00:00Z' }], 'kits.0.id'],
    ['a day that does not exist', [{ id: 'a', importedAt: '2026-02-30T01:00:00Z' }], 'kits.0.importedAt'],
    ['a time without a zone', [{ id: 'a', importedAt: '2026-11-24T01:00:00' }], 'kits.0.importedAt'],
    [
      'too many',
      Array.from({ length: 101 }, (_, i) => ({ id: `${i}`, importedAt: '2026-11-24T01:00:00Z' })),
      'kits',
    ],
  ])('%s is refused', async (_name, kits, place) => {
    const office = laptop('사무실');
    const file = exchangeFile({ manifest: (right) => ({ ...right, kits }) });
    expect(await office.take('bad.dangol', file)).toMatchObject({
      status: 'refused',
      error: { code: 'FILE_MANIFEST_INVALID', params: { at: place } },
    });
  });

  it('a kit that was never made here is no kit of anyone, and a clock that runs ahead is not believed', async () => {
    const at = await scene();
    await makeKits(at.office, [at.order]);
    const { last } = await lineOf(at);
    const kits = [
      { id: 'never made', importedAt: '2026-11-24T01:00:00Z' },
      { id: last!.id, importedAt: '2099-01-01T00:00:00+09:00', more: 'is let through' },
    ];
    await at.office.take('odd.dangol', exchangeFile({ manifest: (right) => ({ ...right, kits }) }));
    expect((await lineOf(at)).received).toMatchObject({
      id: last!.id,
      laptop: { name: '새벽' },
      importedAt: '2026-11-24T01:00:00.000Z',
    });
  });
});
