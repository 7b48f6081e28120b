import { describe, expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { Refusal } from '#shared/contract/errors.ts';
import { readExchangeFile } from '#main/exchange/read.ts';
import { readExif } from '#shared/pictures/exif.ts';
import { readPicture } from '#shared/pictures/picture.ts';
import { withPlace } from '#shared/pictures/place.ts';
import { exchangeFile } from '#tests/support/exchange-builder.ts';
import { laptop, type TestLaptop } from '#tests/support/laptop.ts';
import { marketDay } from '#tests/support/market-day.ts';
import { CANVAS_JPEG, CANVAS_WEBP, photoWith, pngOf, text } from '#tests/support/pictures.ts';

const PLACE = { latitude: 37.5561, longitude: 126.9062 };
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

async function market(
  name = '가',
): Promise<{ a: TestLaptop; store: string; visit: string; session: string }> {
  const a = laptop(name);
  const day = await marketDay(a);
  return { a, store: day.shops[0]!, visit: day.visits[0]!, session: day.session };
}

const blobs = async (on: TestLaptop): Promise<number> => (await on.call('app.verify', {})).blobs;

describe('a photo', () => {
  it('is kept as it came, with its time and words, and found at its owner', async () => {
    const { a, store, visit } = await market();
    const taken = '2026-11-24T00:30:00.000Z';
    const { id } = await a.call('photos.add', {
      bytes: CANVAS_JPEG,
      owner: store,
      ownerKind: 'store',
      takenAt: taken,
      caption: ' 간판 ',
    });
    await a.call('photos.add', { bytes: pngOf(30, 20), owner: visit, ownerKind: 'visit' });
    expect(await a.call('photos.list', { owner: store })).toEqual([
      { id, owner: store, ownerKind: 'store', sha256: sha256(CANVAS_JPEG), takenAt: taken, caption: '간판' },
    ]);
    const file = await a.call('photos.bytes', { id });
    expect(file?.type).toBe('image/jpeg');
    expect(Buffer.from(file!.bytes).equals(CANVAS_JPEG)).toBe(true);
    const [other] = await a.call('photos.list', { owner: visit });
    expect(other).toMatchObject({ takenAt: '2026-11-24T01:00:00.000Z', caption: null });
    expect((await a.call('photos.bytes', { id: other!.id }))?.type).toBe('image/png');
    await a.call('photos.caption', { id, caption: '새 간판' });
    expect((await a.call('photos.list', { owner: store }))[0]?.caption).toBe('새 간판');
    await a.call('photos.caption', { id, caption: '' });
    expect((await a.call('photos.list', { owner: store }))[0]?.caption).toBeNull();
  });

  it('is one blob however often it is added, and one record at one owner', async () => {
    const { a, store, session } = await market();
    const add = (owner: string, ownerKind: 'store' | 'session') =>
      a.call('photos.add', { bytes: CANVAS_JPEG, owner, ownerKind });
    const first = await add(store, 'store');
    expect(await add(store, 'store')).toEqual({ id: first.id, known: true });
    expect((await add(session, 'session')).known).toBe(false);
    expect(await blobs(a)).toBe(1);
    // One that was taken away is no longer there: adding it again is a new photo.
    await a.call('photos.remove', { id: first.id });
    expect((await add(store, 'store')).known).toBe(false);
    expect(await blobs(a)).toBe(1);
  });

  it('goes from the screen when it is removed and comes back whole; erasing destroys the picture', async () => {
    const { a, store } = await market();
    const { id } = await a.call('photos.add', { bytes: CANVAS_JPEG, owner: store, ownerKind: 'store' });
    await a.call('photos.remove', { id });
    expect(await a.call('photos.list', { owner: store })).toEqual([]);
    expect(await codeOf(a.call('photos.bytes', { id }))).toBe('NOT_FOUND');
    expect(await codeOf(a.call('photos.caption', { id, caption: 'x' }))).toBe('NOT_FOUND');
    await a.call('records.restore', { entity: 'photo', id });
    expect((await a.call('photos.bytes', { id }))?.bytes.length).toBe(CANVAS_JPEG.length);

    await a.call('records.erase', { entity: 'photo', id, fields: ['blob'] });
    expect(await blobs(a)).toBe(0);
    expect(await a.call('photos.list', { owner: store })).toMatchObject([{ id, sha256: null }]);
    expect(await a.call('photos.bytes', { id })).toBeNull();
  });

  it.each([
    ['a text', text('no picture'), 'PHOTO_NOT_PICTURE'],
    ['a phone’s own kind', text('\0\0\0\x24ftypheic\0\0\0\0mif1'), 'PHOTO_FORMAT'],
    ['half a picture', CANVAS_JPEG.subarray(0, 400), 'PHOTO_BROKEN'],
    ['too many pixels', pngOf(1601, 10), 'PHOTO_TOO_LARGE'],
    ['too many bytes', pngOf(1500, 1000, { level: 0 }), 'PHOTO_TOO_LARGE'],
    ['a position', photoWith({ place: [37.5, 127] }), 'PHOTO_HAS_POSITION'],
  ])('is refused when it is %s, and nothing is left of it', async (_what, bytes, code) => {
    const { a, store } = await market();
    const before = a.dump();
    expect(await codeOf(a.call('photos.add', { bytes, owner: store, ownerKind: 'store' }))).toBe(code);
    expect(a.dump()).toBe(before);
    expect(await blobs(a)).toBe(0);
  });

  it('does not come in again where its erasure is known, whatever else the file holds', async () => {
    const [a, b, office] = [laptop('가'), laptop('나'), laptop('사무실')];
    const { id: store } = await a.call('records.write', {
      ...{ entity: 'store', set: { name: '김밥집', phone: '010-0000-7788' } },
    });
    await b.take('before.dangol', await a.exported());
    const photo = await a.call('photos.add', { bytes: CANVAS_JPEG, owner: store, ownerKind: 'store' });
    const file = await a.exported();
    await office.take('photo.dangol', file);
    await office.call('records.erase', { entity: 'photo', id: photo.id, fields: ['blob'] });
    const { changes } = await readExchangeFile('', await office.exported());
    const erasure = [...changes()].find(({ erase }) => erase)!;
    await b.take('erasure.dangol', exchangeFile({ lines: [erasure] }));
    // So the file has another content for the shop than is here, which is looked into before its pictures are put in.
    await b.call('records.erase', { entity: 'store', id: store, fields: ['phone'] });
    expect(await b.take('photo.dangol', file)).toMatchObject({ status: 'imported', new: 1 });
    expect(await blobs(b)).toBe(0);
    expect(await b.call('photos.bytes', { id: photo.id })).toBeNull();
  });

  it('needs an owner that is there', async () => {
    const { a, store, session } = await market();
    const add = (owner: string, ownerKind: 'store' | 'site') =>
      codeOf(a.call('photos.add', { bytes: CANVAS_WEBP, owner, ownerKind }));
    expect(await add(session, 'store')).toBe('NOT_FOUND');
    await a.call('records.delete', { entity: 'store', id: store });
    expect(await add(store, 'store')).toBe('NOT_FOUND');
    expect(await blobs(a)).toBe(0);
  });

  it('keeps its place only where this laptop was told to', async () => {
    const { a, store } = await market();
    const bytes = withPlace(CANVAS_JPEG, PLACE);
    const add = () => a.call('photos.add', { bytes, owner: store, ownerKind: 'store' });
    expect(await a.call('photos.settings', {})).toEqual({ keepPosition: false });
    expect(await codeOf(add())).toBe('PHOTO_HAS_POSITION');
    expect(await a.call('photos.keepPosition', { keep: true })).toEqual({ keepPosition: true });
    const { id } = await add();
    const kept = readPicture((await a.call('photos.bytes', { id }))!.bytes);
    expect(typeof kept === 'object' && readExif(kept.exif[0]!)?.place?.latitude).toBeCloseTo(
      PLACE.latitude,
      6,
    );
    await a.call('photos.keepPosition', { keep: false });
    expect(await codeOf(add())).toBe('PHOTO_HAS_POSITION');
  });
});

describe('a photo that travels', () => {
  it('arrives with its bytes, and twice is once', async () => {
    const { a, store, visit } = await market();
    const { id } = await a.call('photos.add', { bytes: CANVAS_JPEG, owner: visit, ownerKind: 'visit' });
    await a.call('checks.mark', { visit, item: 'channel', photo: id });
    const b = laptop('나');
    await b.take('day.dangol', await a.exported());
    expect(await b.call('photos.list', { owner: visit })).toHaveLength(1);
    expect((await b.call('photos.bytes', { id }))?.bytes.length).toBe(CANVAS_JPEG.length);
    await b.call('photos.add', { bytes: CANVAS_JPEG, owner: store, ownerKind: 'store' });
    await a.take('back.dangol', await b.exported());
    expect([await blobs(a), await blobs(b)]).toEqual([1, 1]);
    expect(await a.call('photos.list', { owner: store })).toHaveLength(1);
    expect(a.dump()).toBe(b.dump());
    expect((await b.call('app.verify', {})).faults).toEqual([]);
  });

  it('answers a checklist item until it is taken away, and again when it comes back', async () => {
    const { a, visit } = await market();
    const photoOf = async () => (await a.call('visits.get', { id: visit })).checks[0]?.photo;
    const { id } = await a.call('photos.add', { bytes: CANVAS_JPEG, owner: visit, ownerKind: 'visit' });
    expect(await photoOf()).toBeNull();
    await a.call('checks.mark', { visit, item: 'channel', photo: id });
    expect(await photoOf()).toBe(id);
    await a.call('photos.remove', { id });
    expect(await photoOf()).toBeNull();
    await a.call('records.restore', { entity: 'photo', id });
    expect(await photoOf()).toBe(id);
    await a.call('checks.mark', { visit, item: 'channel', photo: null });
    expect(await photoOf()).toBeNull();
    expect(await codeOf(a.call('checks.mark', { visit, item: 'channel', photo: visit }))).toBe('NOT_FOUND');
  });
});
