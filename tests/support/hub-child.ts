import { realWorld } from '#main/answers.ts';
import { openCore } from '#main/core.ts';

/**
 * Pushes to or pulls from a hub (`node hub-child.ts DIR push|pull URL [NOW]`), to be killed meanwhile. Prints the answer as
 * JSON.
 */
const [dataDir = '', what = '', url = '', now = ''] = process.argv.slice(2);
const world = now === '' ? realWorld : { ...realWorld, now: () => Number(now) };
const opened = openCore({ dataDir, create: false }, world);
if (!opened.ok) throw new Error(opened.error.code);
const answer = await opened.value.call(`hub.${what}`, { url });
opened.value.close();
process.stdout.write(JSON.stringify(answer));
