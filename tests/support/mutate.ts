import { changedBytes } from './mutate-bytes.ts';
import { goodFiles } from './mutate-good.ts';
import { changedLines } from './mutate-lines.ts';
import { changedManifest } from './mutate-manifests.ts';
import { changedZip } from './mutate-zips.ts';
import type { Mutate, Mutation } from './mutation.ts';

import { seeded } from './random.ts';

/** By how often they are drawn: what was signed again gets past the signature, and so deeper in. */
const FAMILIES: readonly [share: number, mutate: Mutate][] = [
  [0.25, changedBytes],
  [0.2, changedZip],
  [0.15, changedManifest],
  [0.4, changedLines],
];

/** The mutation of that number: the same on every run. */
export function mutationAt(index: number): Mutation {
  const random = seeded(index);
  const good = random.pick(goodFiles());
  let left = random.next();
  const family = FAMILIES.find(([share]) => (left -= share) < 0) ?? FAMILIES[0]!;
  return family[1](random, good, index);
}
