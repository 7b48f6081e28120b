import { once } from 'node:events';
import type { ChaosPlaces } from './chaos-places.ts';
import { startDangol } from './cli.ts';
import type { Random } from './random.ts';

export interface RunEnd {
  readonly killed: boolean;
  /** What it printed; null when it was killed. */
  readonly said: { readonly already: number; readonly parked: number } | null;
}

const KILLED = 0.95;
const TOGETHER = 0.15;
const AWAY = 0.04;
const BACK = 0.2;
/** A kill falls so many milliseconds after a moment at the latest: inside of what follows it. */
const LATER_MS = 12;

/**
 * `outbox run` on the real command line, sometimes two at once as a timer and a person have it. Most are killed by
 * SIGKILL: after so many moments (connections and changes in the folder) as the dice say, below `span`, and some
 * milliseconds. The dice are seeded; what the program does at that instant is the machine's. `look` is called at each
 * moment, `killing` just before a kill. Rejects when a run that was not killed does not end as it should.
 */
export async function runThroughChaos(
  data: string,
  places: ChaosPlaces,
  random: Random,
  span: number,
  look: () => void,
  killing: () => void,
): Promise<RunEnd[]> {
  const count = random.chance(TOGETHER) ? 2 : 1;
  const children = Array.from({ length: count }, () => startOne(data));
  const killAt = children.map(() => (random.chance(KILLED) ? 1 + random.below(span) : Infinity));
  let moments = 0;
  let isAway = false;
  let wrong: unknown;
  places.onMoment(() => {
    try {
      look();
    } catch (error) {
      wrong ??= error;
    }
    moments += 1;
    if (random.chance(isAway ? BACK : AWAY)) places.vanish((isAway = !isAway));
    children.forEach((child, n) => {
      if (moments !== killAt[n]) return;
      setTimeout(() => {
        killing();
        child.kill();
      }, random.below(LATER_MS));
    });
  });
  try {
    const ends = await Promise.all(children.map(({ ended }) => ended));
    if (wrong !== undefined) throw wrong;
    return ends;
  } finally {
    places.onMoment(() => undefined);
    places.vanish(false);
  }
}

function startOne(data: string): { readonly ended: Promise<RunEnd>; kill(): void } {
  const child = startDangol(['--data', data, '--json', 'outbox', 'run']);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = once(child, 'close').then(([code, signal]): RunEnd => {
    if (signal === 'SIGKILL') return { killed: true, said: null };
    if (stderr !== '') throw new Error(`a run said: ${stderr}`);
    const said = JSON.parse(stdout) as NonNullable<RunEnd['said']>;
    if (code !== (said.parked > 0 ? 1 : 0)) throw new Error(`a run ended with ${code}: ${stdout}`);
    return { killed: false, said };
  });
  // Nothing is killed whose number somebody else may have by now.
  return { ended, kill: () => void (child.exitCode === null && child.kill('SIGKILL')) };
}
