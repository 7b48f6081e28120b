import type { App } from '#tests/e2e/apps/app.ts';
import type { Scene } from './scene.ts';

/** A file as a file chooser takes it. */
export interface ChosenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Shops of the market that the second trainer walks past, as the market's list has them. */
const PASSED = 3;

/**
 * What comes on the evening: the file of a laptop seen for the first time, that of one that is known, the same one a second
 * time under another name, and one that broke off. The first two disagree with each other, and with the office.
 */
export async function filesOfTheDay(
  office: App,
  trainer: App,
  other: App,
  scene: Scene,
): Promise<ChosenFile[]> {
  const passed = (await office.call('stores.search', { site: scene.site, limit: 40 }))
    .filter(({ id }) => !scene.shops.includes(id))
    .slice(0, PASSED);
  await office.call('stores.update', { id: scene.shops[0]!, phone: '010-0000-2411' });
  const busy = passed[0]!.id;
  await trainer.call('stores.update', { id: busy, note: '오전 11시 전에 들르면 좋아요' });
  for (const [at, { id }] of passed.entries()) {
    await trainer.call('stores.update', { id, phone: `010-0000-24${20 + at}` });
    const { id: visit } = await other.call('visits.start', {
      session: scene.alongside,
      store: id,
      trainer: scene.trainers[1]!,
    });
    await other.call('visits.update', { id: visit, outcome: at === PASSED - 1 ? 'refused' : 'done' });
    await other.call('stores.update', { id, phone: `010-0000-24${30 + at}` });
    await other.call('friends.record', {
      owner: id,
      ownerKind: 'store',
      date: '2024-12-18',
      friends: 130 + at * 17,
    });
  }
  await other.call('stores.update', { id: busy, note: '오후 2시 뒤에 들르면 좋아요' });

  const known = await trainer.call('exchange.export', { sessions: [scene.visits, scene.lesson] });
  const unseen = await other.call('exchange.export', { sessions: [scene.alongside] });
  const file = (name: string, bytes: Uint8Array): ChosenFile => ({
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(bytes),
  });
  return [
    file(unseen.name, unseen.bytes),
    file(known.name, known.bytes),
    file('받은 파일 (1).dangol', known.bytes),
    file('반송 2호 받다 만 것.dangol', known.bytes.subarray(0, -400)),
  ];
}
