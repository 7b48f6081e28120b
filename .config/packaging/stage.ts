import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isMap, parseDocument } from 'yaml';

/** A feed's text that offers its release to a share of the laptops, in per cent; each laptop draws its own number once. */
export function staged(text: string, share: number): string {
  if (!Number.isInteger(share) || share < 1 || share > 100) {
    throw new Error(`a share is a whole number from 1 to 100, not ${share}`);
  }
  const feed = parseDocument(text);
  if (feed.errors.length > 0 || !isMap(feed.contents) || !feed.has('version'))
    throw new Error('this is no feed');
  if (share === 100) feed.delete('stagingPercentage');
  else feed.set('stagingPercentage', share);
  return feed.toString();
}

/** `stage.ts FOLDER SHARE`: every feed in a folder. Without one there is nothing to stage: no address was given. */
function main([folder = 'dist', share = '']: readonly string[]): void {
  const feeds = readdirSync(folder).filter((name) => /^latest.*\.yml$/.test(name));
  for (const name of feeds) {
    const file = path.join(folder, name);
    writeFileSync(file, staged(readFileSync(file, 'utf8'), Number(share)));
    process.stdout.write(`${name}: ${share} %\n`);
  }
  if (feeds.length === 0) process.stdout.write(`no feed in ${folder}: built without DANGOL_UPDATE_URL\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main(process.argv.slice(2));
