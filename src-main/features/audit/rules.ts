import { desk } from './rules-desk.ts';
import { leaving } from './rules-leaving.ts';
import { own } from './rules-own.ts';
import { recording } from './rules-recording.ts';
import type { Rules } from './rule.ts';

/** One line for every call of the contract: a new call does not compile before somebody has thought about it. */
export const rules: Rules = { ...own, ...recording, ...leaving, ...desk };
