import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { recordId } from '#tests/support/exchange-builder.ts';
import { kitScene } from '#tests/support/kit-scene.ts';
import { laptop, scratchDir, valueOf } from '#tests/support/laptop.ts';

const CHILD = path.join(import.meta.dirname, '../support/sending-child.ts');
const MOST_STEPS = 60;

/** A laptop with a session file and a report in its outbox, closed. */
async function waiting(): Promise<{ dir: string; folder: string }> {
  const [dir, folder] = [scratchDir(), scratchDir()];
  const field = laptop('망원 1호', { dir });
  const { sessions } = await kitScene(field);
  const { id } = await field.call('destinations.save', {
    name: '폴더',
    place: { kind: 'folder', path: folder },
  });
  const send = (key: number, what: object) =>
    field.call('outbox.send', { destination: id, key: recordId(key), what: what as never });
  await send(96_001, { kind: 'session', sessions: [sessions[0]] });
  await send(96_002, { kind: 'report' });
  field.close();
  return { dir, folder };
}

function run(dir: string, step?: number): { killed: boolean; steps: number } {
  const child = spawnSync(process.execPath, [CHILD, dir, String(step ?? 'never')], { encoding: 'utf8' });
  if (child.signal !== 'SIGKILL' && child.status !== 0) throw new Error(child.stderr);
  return { killed: child.signal === 'SIGKILL', steps: Number(child.stdout) };
}

const EXPECTED = [
  /^단골수첩-보고서-\d{4}-\d\d-\d\d-[0-9a-f]{12}\.xlsx$/,
  /^망원-1호-망원-방문의-날-\d{4}-\d\d-\d\d-[0-9a-f]{12}\.dangol$/,
];

/** Two files, each whole: its name says what its content must be. */
function expectBothOnce(folder: string): void {
  const names = fs.readdirSync(folder).sort();
  expect(names).toEqual(EXPECTED.map((name) => expect.stringMatching(name) as string));
  for (const name of names) {
    const sha256 = createHash('sha256')
      .update(fs.readFileSync(path.join(folder, name)))
      .digest('hex');
    expect(name).toContain(sha256.slice(0, 12));
  }
}

it('killed before any step of a run, the next run delivers each file exactly once and whole', async () => {
  const at = await waiting();
  const { steps } = run(at.dir);
  expectBothOnce(at.folder);
  expect(steps).toBeGreaterThan(10);
  expect(steps).toBeLessThan(MOST_STEPS);

  let kills = 0;
  let duplicates = 0;
  for (let step = 1; step <= steps; step += 1) {
    const { dir, folder } = await waiting();
    if (run(dir, step).killed) kills += 1;
    // No half file under a final name, whatever the instant.
    const seen = fs.readdirSync(folder).filter((name) => !name.startsWith('.'));
    for (const name of seen) expect(EXPECTED.some((one) => one.test(name))).toBe(true);
    const again = laptop('망원 1호', { dir, fresh: false, now: Date.now() });
    const { already, waiting: left } = valueOf(await again.core.runOutbox());
    expect(left).toBe(0);
    duplicates += already;
    again.close();
    expectBothOnce(folder);
  }
  expect(kills).toBe(steps);
  // At some of these instants a file stood there and nobody had taken that down.
  expect(duplicates).toBeGreaterThan(0);
  console.log(`${kills} kills, ${duplicates} recognised duplicates, every file once`);
}, 600_000);

it('killed twice in a row at the same place, it is still one file', async () => {
  const { dir, folder } = await waiting();
  const { steps } = run((await waiting()).dir);
  for (const step of [Math.floor(steps / 2), Math.floor(steps / 2)]) run(dir, step);
  run(dir);
  expectBothOnce(folder);
});
