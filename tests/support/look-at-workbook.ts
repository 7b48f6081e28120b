import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** A page as it is printed: width, height, and three bytes a pixel. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** The pages of a workbook as LibreOffice prints them, from one to another, at 40 dots an inch. */
export async function printedPages(
  command: string,
  workbook: Uint8Array,
  from: number,
  to: number,
): Promise<Picture[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dangol-printed-'));
  const run = promisify(execFile);
  try {
    writeFileSync(path.join(folder, 'in.xlsx'), workbook);
    const profile = pathToFileURL(path.join(folder, 'profile')).href;
    await run(command, [
      `-env:UserInstallation=${profile}`,
      '--headless',
      '--convert-to',
      'pdf',
      '--outdir',
      folder,
      path.join(folder, 'in.xlsx'),
    ]);
    const pages = ['-r', '40', '-f', String(from), '-l', String(to)];
    await run('pdftoppm', [...pages, path.join(folder, 'in.pdf'), path.join(folder, 'page')]);
    return readdirSync(folder)
      .filter((name) => name.endsWith('.ppm'))
      .sort()
      .map((name) => readPpm(readFileSync(path.join(folder, name))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How many pixels of a picture are of a colour, such as 2F6B4F, or nearly so. */
export function pixelsOf({ pixels }: Picture, color: string): number {
  const wanted = [0, 2, 4].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  let count = 0;
  for (let at = 0; at < pixels.length; at += 3) {
    if (wanted.every((value, channel) => Math.abs(pixels[at + channel]! - value) <= 6)) count += 1;
  }
  return count;
}

/** P6, as pdftoppm writes it. */
function readPpm(bytes: Buffer): Picture {
  const [, width, height] = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'))!;
  const size = Number(width) * Number(height) * 3;
  return { width: Number(width), height: Number(height), pixels: bytes.subarray(bytes.length - size) };
}
