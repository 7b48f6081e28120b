import { describe, expect, it } from 'vitest';
import { changeIdAt, exchangeFile, recordId, sha256 } from '#tests/support/exchange-builder.ts';
import { laptop, scratchDir, type TestLaptop } from '#tests/support/laptop.ts';
import { rawBytes } from '#tests/support/raw-store.ts';

const STORE = '0190aaaa-0000-7000-8000-000000000001';
const SECRET = '010-0000-7531';

async function withPhone(name: string, dir?: string): Promise<TestLaptop> {
  const made = laptop(name, dir === undefined ? {} : { dir });
  await made.call('records.write', { entity: 'store', id: STORE, set: { name: '망원분식', phone: SECRET } });
  return made;
}

const erase = (on: TestLaptop) => on.call('records.erase', { entity: 'store', id: STORE, fields: ['phone'] });
const phone = async (on: TestLaptop) =>
  (await on.call('records.get', { entity: 'store', id: STORE })).fields['phone'];

describe('an erasure', () => {
  it('reaches log, tables and free pages of the database file', async () => {
    const dir = scratchDir();
    const a = await withPhone('가', dir);
    a.core.close();
    expect(rawBytes(dir).includes(SECRET)).toBe(true);
    const again = laptop('가', { dir, fresh: false });
    await erase(again);
    expect(await phone(again)).toBeUndefined();
    expect(await again.call('records.history', { entity: 'store', id: STORE, field: 'phone' })).toMatchObject(
      [{ value: null, erased: true }],
    );
    again.close();
    const raw = rawBytes(dir);
    expect(raw.includes('망원분식')).toBe(true);
    expect(raw.includes(SECRET)).toBe(false);
  });

  it('destroys a value that arrives after it', async () => {
    const a = await withPhone('가');
    const early = await a.exported();
    await erase(a);
    const dir = scratchDir();
    const b = laptop('나', { dir });
    await b.take('erased.dangol', await a.exported());
    await b.take('early.dangol', early);
    expect(await phone(b)).toBeUndefined();
    expect(b.dump()).toBe(a.dump());
    b.close();
    expect(rawBytes(dir).includes(SECRET)).toBe(false);
  });

  it('destroys a value that another laptop wrote without knowing of it, whatever its clock says', async () => {
    const a = await withPhone('가');
    const b = laptop('나', { now: Date.UTC(2027, 0, 1) });
    await b.take('a.dangol', await a.exported());
    await b.call('records.write', { entity: 'store', id: STORE, set: { phone: '010-0000-8642' } });
    await erase(a);
    await a.take('b.dangol', await b.exported());
    await b.take('a.dangol', await a.exported());
    expect([await phone(a), await phone(b)]).toEqual([undefined, undefined]);
    expect(a.dump()).toBe(b.dump());
  });

  it('lets a new value be written after a new consent', async () => {
    const a = await withPhone('가');
    await erase(a);
    await a.call('records.write', { entity: 'store', id: STORE, set: { phone: '010-0000-1111' } });
    const b = await withPhone('가');
    await b.take('a.dangol', await a.exported());
    expect([await phone(a), await phone(b)]).toEqual(['010-0000-1111', '010-0000-1111']);
  });

  it('stays when the import that brought it is undone, and the value cannot come back', async () => {
    const a = await withPhone('가');
    const early = await a.exported();
    const b = laptop('나');
    await b.take('early.dangol', early);
    await erase(a);
    const taken = await b.take('erased.dangol', await a.exported());
    await b.call('imports.undo', { id: taken.import! });
    expect(await phone(b)).toBeUndefined();
    const again = await b.take('early again.dangol', await a.exported({ purpose: 'kit' }));
    expect(again.status).toBe('imported');
    expect(await phone(b)).toBeUndefined();
  });

  it('leaves with every file that holds its record, whatever since says', async () => {
    const a = await withPhone('가');
    const early = await a.exported();
    await erase(a);
    a.clock.now += 3_600_000;
    await a.call('records.write', { entity: 'store', id: STORE, set: { note: '나중 메모' } });
    const b = laptop('나');
    await b.take('early.dangol', early);
    await b.take('since.dangol', await a.exported({ since: new Date(a.clock.now - 1000).toISOString() }));
    expect(await phone(b)).toBeUndefined();
  });

  it('destroys the photo itself, unless another record shows it too, and refuses to store it again', async () => {
    const [only, shared] = [Buffer.from('a photo of one shop'), Buffer.from('a photo of two shops')];
    const photo = (n: number, blob: Buffer): object => ({
      id: changeIdAt(n),
      entity: 'photo',
      record: recordId(n),
      set: { blob: sha256(blob), caption: `사진 ${n}` },
    });
    const file = exchangeFile({
      lines: [photo(1, only), photo(2, shared), photo(3, shared)],
      blobs: [only, shared],
    });
    const a = laptop('가');
    const first = await a.take('photos.dangol', file);
    expect(first.status).toBe('imported');
    expect((await a.call('app.verify', {})).blobs).toBe(2);
    for (const n of [1, 2])
      await a.call('records.erase', { entity: 'photo', id: recordId(n), fields: ['blob'] });
    expect((await a.call('app.verify', {})).blobs).toBe(1);
    await a.call('imports.undo', { id: first.import! });
    await a.take('photos again.dangol', file);
    expect(await a.call('app.verify', {})).toMatchObject({ blobs: 1, faults: [] });

    // A laptop that hears of the erasure first does not keep the photo either.
    const b = laptop('나');
    await b.take('erased.dangol', await a.exported());
    await b.take('photos.dangol', file);
    expect((await b.call('app.verify', {})).blobs).toBe(1);
    expect(b.dump()).toBe(a.dump());
  });
});
