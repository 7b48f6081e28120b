import { expect, it } from 'vitest';
import { kitScene, makeKits, THURSDAY } from '#tests/support/kit-scene.ts';
import { laptop, type TestLaptop } from '#tests/support/laptop.ts';

const person = async (at: TestLaptop) => (await at.call('app.status', {})).laptop.person;

async function scene() {
  const office = laptop('사무실');
  const { trainers, sessions, markets, shops } = await kitScene(office);
  await office.call('app.setUp', { name: '사무실', role: 'coordinator' });
  const { bytes } = await makeKits(office, [
    { trainer: trainers[0], sessions: [sessions[0]], sites: [markets[0]] },
  ]);
  return { office, kit: Buffer.from(bytes), trainer: trainers[0], session: sessions[0], store: shops[0] };
}

it('a kit says whose the trainer’s laptop is, and what is written there says so everywhere', async () => {
  const { office, kit, trainer, session, store } = await scene();
  const field = laptop('망원 1호');
  await field.call('app.setUp', { name: '망원 1호', role: 'trainer' });
  expect(await person(field)).toBeNull();
  await field.take('kit.dangol', kit);
  expect(await person(field)).toMatchObject({ id: trainer, name: expect.any(String) as string });

  field.clock.now = Date.parse(`${THURSDAY}T01:00:00Z`);
  const { id } = await field.call('visits.start', { session, store });
  await office.take('evening.dangol', await field.exported({ sessions: [session] }));
  const entries = await office.call('records.history', { entity: 'visit', id });
  expect(entries.length).toBeGreaterThan(0);
  for (const { author } of entries) expect(author).toEqual(await person(field));
});

it('nobody is put in the place of whoever was named, or of nobody in particular', async () => {
  const { office, kit, trainer } = await scene();
  // A coordinator who looks into a kit is not its trainer.
  const second = laptop('사무실 2');
  await second.call('app.setUp', { name: '사무실 2', role: 'coordinator' });
  await second.take('kit.dangol', kit);
  expect(await person(second)).toBeNull();

  const field = laptop('망원 1호');
  await field.call('app.setUp', { name: '망원 1호', role: 'trainer' });
  await field.call('app.usedBy', { person: null });
  await field.take('kit.dangol', kit);
  expect(await person(field)).toBeNull();
  expect((await field.call('app.usedBy', { person: trainer })).laptop.person).toMatchObject({ id: trainer });
  await expect(
    office.call('app.usedBy', { person: '0191aaaa-0000-7000-8000-00000000ffff' }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
