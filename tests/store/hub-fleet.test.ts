import { describe, expect, it } from 'vitest';
import { runHubFleet } from '#tests/support/hub-fleet.ts';
import { whyNoPostgres } from '#tests/support/postgres.ts';

const reason = whyNoPostgres();

/** `DANGOL_HUB_ROUNDS=2000` for the whole; `DANGOL_HUB_SEED` repeats one. */
const rounds = Number(process.env['DANGOL_HUB_ROUNDS'] ?? 6);
const seed = Number(process.env['DANGOL_HUB_SEED'] ?? 1);
/** Most of it goes by before the first round and after the last one, and other tests may run beside it. */
const most = 180_000 + rounds * 10_000;
/** The second one is smaller where nobody asks for more: each kind of trainer is there twice. */
const sealedSize = rounds > 6 ? 30 : 18;

describe.skipIf(reason !== null)(`a hub under many laptops${reason ? ` (skipped: ${reason})` : ''}`, () => {
  it(
    'loses nothing and takes nothing twice while connections are cut and the server is killed',
    async () => {
      const counts = await runHubFleet(seed, 30, rounds);
      console.log(JSON.stringify(counts));
      expect(counts.changes).toBeGreaterThan(rounds);
      expect(counts.failed).toBeGreaterThan(0);
    },
    most,
  );

  it(
    'gives everybody what they may know and no more, sealed, with trainers of some programmes and coordinators on a list',
    async () => {
      const counts = await runHubFleet(seed, sealedSize, rounds, 'personal');
      console.log(JSON.stringify(counts));
      expect(counts.changes).toBeGreaterThan(rounds);
      expect(counts.failed).toBeGreaterThan(0);
      expect(counts.namedLate).toBeGreaterThan(0);
      expect(counts.sealed).toBeGreaterThan(0);
      expect(counts.hidden).toBeGreaterThan(0);
    },
    most,
  );
});
