import os from 'node:os';
import type { DeliveryRecord } from '../store/deliveries.ts';
import { isLeased } from './schedule.ts';

/** A name for whoever sends: the machine, the process, and something of its own; a process may hold several. */
export function ownerName(random: (bytes: number) => Uint8Array): string {
  return `${os.hostname()} ${process.pid} ${Buffer.from(random(8)).toString('hex')}`;
}

/**
 * Whether a row that says it is being sent is so no more: its lease is over, or the process that had it has ended. The
 * lease alone decides where the process cannot be asked: on another machine, or under the number of our own, which a
 * program that was started again in a container has had before.
 */
export function isLeftBehind(
  row: Pick<DeliveryRecord, 'owner' | 'leaseUntil'>,
  self: string,
  now: number,
  isAlive: (pid: number) => boolean = isRunning,
): boolean {
  if (row.owner === null || row.owner === self || !isLeased(row.leaseUntil ?? 0, now)) return true;
  const [host, pid] = row.owner.split(' ');
  const [ownHost, ownPid] = self.split(' ');
  return host === ownHost && pid !== ownPid && !isAlive(Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // One that belongs to another user is there too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
