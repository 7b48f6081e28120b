import { writeSync } from 'node:fs';
import { openCore } from '#main/core.ts';
import { inputAt, type Desk } from './typing-stream.ts';

/** Types into a store until it is killed; says the number of each input once the core has confirmed it. */
const [dir = '', seed, from, desk = ''] = process.argv.slice(2);
const opened = openCore({ dataDir: dir, create: false });
if (!opened.ok) throw new Error(opened.error.code);
// Who is killed leaves no compiled code behind for the next one.
if (from === undefined) process.exit();
for (let at = Number(from); ; at += 1) {
  const { method, input } = inputAt(at, JSON.parse(desk) as Desk, Number(seed));
  const answer = await opened.value.call(method, input);
  if (!answer.ok) throw new Error(`${at} ${method}: ${JSON.stringify(answer.error)}`);
  writeSync(1, `${at}\n`);
}
