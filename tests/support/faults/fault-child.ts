import { createInterface } from 'node:readline';
import { doJob, type Ground, type Job } from './jobs.ts';

/** Does one job after the other, as told on its input, while somebody makes the system fail under it. */
for await (const line of createInterface({ input: process.stdin })) {
  const { job, ground, now } = JSON.parse(line) as { job: Job; ground: Ground; now: number };
  const end = await doJob(job, ground, now);
  process.stdout.write(`${JSON.stringify(end)}\n`);
}
