import { openCore } from '#main/core.ts';

/** Pushes to or pulls from a hub (`node hub-child.ts DIR push|pull URL`), to be killed meanwhile. Ends with 0 when done. */
const [dataDir = '', what = '', url = ''] = process.argv.slice(2);
const opened = openCore({ dataDir, create: false });
if (!opened.ok) throw new Error(opened.error.code);
const answer = await opened.value.call(`hub.${what}`, { url });
if (!answer.ok) throw new Error(answer.error.code);
opened.value.close();
