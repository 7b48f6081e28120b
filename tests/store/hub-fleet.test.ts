import { describe, expect, it } from 'vitest';
import { runHubFleet } from '#tests/support/hub-fleet.ts';
import { whyNoPostgres } from '#tests/support/postgres.ts';

const reason = whyNoPostgres();

/** `DANGOL_HUB_ROUNDS=2000` for the whole; `DANGOL_HUB_SEED` repeats one. */
const rounds = Number(process.env['DANGOL_HUB_ROUNDS'] ?? 6);
const seed = Number(process.env['DANGOL_HUB_SEED'] ?? 1);

describe.skipIf(reason !== null)(`a hub under thirty laptops${reason ? ` (skipped: ${reason})` : ''}`, () => {
  it(
    'loses nothing and takes nothing twice while connections are cut and the server is killed',
    async () => {
      const counts = await runHubFleet(seed, 30, rounds);
      console.log(JSON.stringify(counts));
      expect(counts.changes).toBeGreaterThan(rounds);
      expect(counts.failed).toBeGreaterThan(0);
    },
    60_000 + rounds * 10_000,
  );

  it(
    'gives everybody what they may know and no more, sealed, with trainers of some programmes and coordinators on a list',
    async () => {
      const counts = await runHubFleet(seed, 30, rounds, 'personal');
      console.log(JSON.stringify(counts));
      expect(counts.changes).toBeGreaterThan(rounds);
      expect(counts.failed).toBeGreaterThan(0);
      expect(counts.namedLate).toBeGreaterThan(0);
      expect(counts.sealed).toBeGreaterThan(0);
      expect(counts.hidden).toBeGreaterThan(0);
    },
    60_000 + rounds * 10_000,
  );
});
