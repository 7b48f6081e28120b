import { it } from 'vitest';
import { indexesWith, runMutations } from '#tests/support/mutate-run.ts';

const indexes = indexesWith(0);

it.runIf(indexes.length > 0)(
  `${indexes.length} mutated files are refused, or say what they said (even numbers)`,
  { timeout: 3_600_000 },
  () => runMutations(indexes),
);
