import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dangol, json } from '#tests/support/cli.ts';
import { scratchDir } from '#tests/support/laptop.ts';
import { startPostgres, whyNoPostgres, type TestPostgres } from '#tests/support/postgres.ts';

const reason = whyNoPostgres();

let server: TestPostgres;
beforeAll(async () => {
  if (!reason) server = await startPostgres();
});
afterAll(() => server?.close());

describe.skipIf(reason !== null)(
  `the hub on the command line${reason ? ` (skipped: ${reason})` : ''}`,
  () => {
    it('is made, asked, pushed to and pulled from, as docs/hub.md types it', async () => {
      const url = await server.database('team');
      const [office, field] = [scratchDir(), scratchDir()];
      await json(office, 'init', '--name', '사무실', '--role', 'coordinator');
      await json(field, 'init', '--name', '망원 1호');
      const made = await json(
        office,
        'hub',
        'init',
        '--url',
        url,
        '--name',
        '단골 허브',
        '--seal',
        'nothing',
      );
      expect(made).toMatchObject({
        code: 0,
        value: { did: 'made', hub: { name: '단골 허브', seal: 'nothing' } },
      });
      const { stdout: roles, code } = await dangol(['hub', 'roles']);
      expect(code).toBe(0);
      await server.sql('team', roles);
      const { value: status } = await json(field, 'call', 'app.status');
      const { laptop } = status as { laptop: { id: string } };
      await server.sql('team', `CREATE ROLE minji LOGIN PASSWORD 'secret' IN ROLE dangol_trainer`);
      await server.sql(
        'team',
        `INSERT INTO dangol.member (login, laptop, kind) VALUES ('minji', $1, 'trainer')`,
        [laptop.id],
      );
      await server.sql(
        'team',
        `INSERT INTO dangol.member_programme (login, programme) VALUES ('minji', '*')`,
      );

      await json(office, 'call', 'programs.create', JSON.stringify({ name: '단골거리', kind: 'street' }));
      expect(await json(office, 'hub', 'push', '--url', url)).toMatchObject({
        code: 0,
        value: { pushed: 1 },
      });
      const minji = server.url('team', 'minji');
      expect(await json(field, 'hub', 'pull', '--url', minji)).toMatchObject({ code: 0, value: { new: 1 } });
      expect(await json(field, 'hub', 'status', '--url', minji)).toMatchObject({
        ...{ code: 0, value: { kind: 'trainer', toPush: 0, toPull: 0, laptops: [{ name: '사무실' }] } },
      });

      await server.sql('team', `UPDATE dangol.parcel SET content = '\\x00'`);
      const again = await json(field, 'hub', 'pull', '--again', '--url', minji);
      expect(again).toMatchObject({ code: 1, value: { refused: 1, error: { code: 'HUB_PARCEL_FORGED' } } });
      expect((again.value as { error: { message: string } }).error.message).toContain('not as it was signed');
      expect(await json(field, 'hub', 'push', '--url', 'postgres://x@127.0.0.1:1/y')).toMatchObject({
        ...{ code: 1, value: { error: { code: 'HUB_UNREACHABLE' } } },
      });
      expect((await dangol(['--data', field, 'hub', 'push'])).code).toBe(2);
      expect(await json(field, 'hub', 'forget')).toMatchObject({ code: 0, value: { forgot: '단골 허브' } });
    }, 60_000);
  },
);
