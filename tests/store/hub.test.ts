import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { laptop, MORNING, type TestLaptop } from '#tests/support/laptop.ts';
import { startPostgres, whyNoPostgres, type TestPostgres } from '#tests/support/postgres.ts';

const reason = whyNoPostgres();
const STORE = '0190aaaa-0000-7000-8000-000000000001';
const PROGRAM = '0190aaaa-0000-7000-8000-0000000000aa';
const SITE = '0190aaaa-0000-7000-8000-0000000000bb';

let server: TestPostgres;
let databases = 0;

beforeAll(async () => {
  if (!reason) server = await startPostgres();
});
afterAll(() => server?.close());

/** An office that made a hub, and its address for any login. */
async function madeHub(seal: 'personal' | 'nothing' = 'nothing') {
  const name = `hub${(databases += 1)}`;
  const url = await server.database(name);
  const office = laptop('office');
  const { hub } = await office.call('hub.init', { url, name: '단골 허브', seal });
  /** A laptop with a login of its own. */
  async function joined(
    who: string,
    kind: 'coordinator' | 'trainer' = 'coordinator',
  ): Promise<{ other: TestLaptop; url: string }> {
    const other = laptop(who, { now: MORNING + 1000 * (who.length + who.charCodeAt(0)) });
    const { laptop: me } = await other.call('app.status', {});
    const login = `${who}_${name}`;
    await server.sql(name, `CREATE ROLE ${login} LOGIN SUPERUSER`);
    await server.sql(name, 'INSERT INTO dangol.member VALUES ($1, $2, $3)', [login, me!.id, kind]);
    await server.sql(name, `INSERT INTO dangol.member_programme VALUES ($1, '*')`, [login]);
    return { other, url: server.url(name, login) };
  }
  return { name, url, office, hub, joined };
}

async function write(
  one: TestLaptop,
  entity: string,
  id: string,
  set: Record<string, string>,
): Promise<void> {
  one.clock.now += 1000;
  await one.call('records.write', { entity, id, set });
}

describe.skipIf(reason !== null)(`a hub in PostgreSQL${reason ? ` (skipped: ${reason})` : ''}`, () => {
  it('brings what one laptop wrote to another, and back, once', async () => {
    const { office, url, joined, hub } = await madeHub();
    expect(hub).toMatchObject({ name: '단골 허브', seal: 'nothing' });
    const { other, url: otherUrl } = await joined('field');
    await write(office, 'program', PROGRAM, { name: '단골거리', kind: 'street' });
    await write(office, 'site', SITE, { name: '망원시장', program: PROGRAM });
    await write(office, 'store', STORE, { name: '김밥집', site: SITE, phone: '010-0000-1234' });

    expect(await office.call('hub.push', { url })).toMatchObject({ pushed: 3, parcels: 1, held: 0 });
    expect(await office.call('hub.push', { url })).toMatchObject({ pushed: 0, parcels: 0, held: 0 });

    const pulled = await other.call('hub.pull', { url: otherUrl });
    expect(pulled).toMatchObject({ new: 3, known: 0, conflicts: 0, refused: 0, stopped: false });
    expect(pulled.files).toMatchObject([{ status: 'imported', laptop: { name: 'office', firstSeen: true } }]);
    expect(other.dump()).toBe(office.dump());
    expect(await other.call('hub.pull', { url: otherUrl })).toMatchObject({ new: 0, files: [] });
    // What came by the hub does not go there again.
    expect(await other.call('hub.push', { url: otherUrl })).toMatchObject({ pushed: 0, held: 0 });

    await write(other, 'store', STORE, { name: '김밥천국' });
    await write(office, 'store', STORE, { name: '김밥나라' });
    await other.call('hub.push', { url: otherUrl });
    await office.call('hub.push', { url });
    expect(await office.call('hub.pull', { url })).toMatchObject({ new: 1, conflicts: 1 });
    expect(await other.call('hub.pull', { url: otherUrl })).toMatchObject({ new: 1, conflicts: 1 });
    expect(other.dump()).toBe(office.dump());
    expect(await other.call('app.verify', {})).toMatchObject({ faults: [] });
    expect(await office.call('hub.status', { url })).toMatchObject({
      kind: 'coordinator',
      toPush: 0,
      toPull: 0,
    });
  });
});
