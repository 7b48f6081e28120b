import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { getRawHeader } from '@electron/asar';
import { NtExecutable, NtExecutableResource } from 'resedit';

/** What Electron compares with before it opens an archive: the hash of the list of its files, which has theirs. */
export function hashOfArchive(asar: string): string {
  return createHash('sha256').update(getRawHeader(asar).headerString).digest('hex');
}

/** What stands in a program of Windows for its archive. */
export async function hashInWindowsProgram(file: string): Promise<string | undefined> {
  const program = NtExecutable.from(await readFile(file));
  const entries = NtExecutableResource.from(program).entries;
  const found = entries.find(({ type, id }) => type === 'INTEGRITY' && id === 'ELECTRONASAR');
  if (!found) return undefined;
  const list = JSON.parse(Buffer.from(found.bin).toString('utf8')) as { file: string; value: string }[];
  return list.find(({ file: name }) => name === 'resources\\app.asar')?.value;
}
