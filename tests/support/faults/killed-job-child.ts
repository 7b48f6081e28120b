import { writeSync } from 'node:fs';
import { doJob, type Ground, type Job } from './jobs.ts';

/** Does one job when it is told to, says each step once it is confirmed, and ends; somebody kills it meanwhile. */
const { job, ground, now } = JSON.parse(process.argv[2] ?? '') as { job: Job; ground: Ground; now: number };
writeSync(1, 'ready\n');
const end = await doJob(job, ground, now, (confirmed) => writeSync(1, `${confirmed}\n`));
if (end.refused !== null || end.bugs.length > 0) throw new Error(JSON.stringify(end));
writeSync(1, 'done\n');
