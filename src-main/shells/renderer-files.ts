import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';

/** A file of the built page, with the type to serve it as. */
export interface RendererFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/**
 * The file below `root` that a URL's path names (`/` is the page itself), or null when there is none to serve.
 * A type that is not in the list above is not served: the page has no other files.
 */
export async function readRendererFile(root: string, urlPath: string): Promise<RendererFile | null> {
  const file = rendererPath(root, urlPath);
  const type = file && types[path.extname(file)];
  if (!file || !type) return null;
  try {
    // A link among the files would lead to whatever it names.
    const [real, realRoot] = await Promise.all([realpath(file), realpath(root)]);
    return isBelow(realRoot, real) ? { bytes: await readFile(real), type } : null;
  } catch (error) {
    if (isNotThere(error)) return null;
    throw error;
  }
}

/** Where a URL's path leads below `root`; null when it leads out of it or cannot be a file's name. */
export function rendererPath(root: string, urlPath: string): string | null {
  const decoded = decodePath(urlPath);
  // A backslash or a drive's colon would be a separator on Windows alone: the page's own files have neither.
  if (decoded === null || /[\\:\0]/.test(decoded)) return null;
  const file = path.resolve(root, '.' + path.posix.resolve('/', decoded));
  if (file === path.resolve(root)) return path.join(root, 'index.html');
  return isBelow(root, file) ? file : null;
}

function isBelow(root: string, file: string): boolean {
  const inside = path.relative(root, file);
  return inside !== '' && !inside.startsWith('..') && !path.isAbsolute(inside);
}

function decodePath(urlPath: string): string | null {
  try {
    return decodeURIComponent(urlPath);
  } catch {
    return null;
  }
}

function isNotThere(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(String(error.code))
  );
}
