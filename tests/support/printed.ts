import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** What poppler, which shares no code with the browser, finds in a PDF. */
export interface Printed {
  /** The words of each page in reading order, with single blanks between them. */
  readonly pages: readonly string[];
  /** Millimetres, of each page. */
  readonly sizes: readonly (readonly [width: number, height: number])[];
  readonly fonts: readonly { readonly name: string; readonly embedded: boolean }[];
  /** The same words with where their middle stands, in millimetres from the top left corner of their page. */
  readonly words: readonly (readonly PrintedWord[])[];
  /** How many pictures of pixels are drawn. */
  readonly pictures: number;
}

interface PrintedWord {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

export const A4 = [210, 297] as const;

export function hasPoppler(): boolean {
  try {
    execFileSync('pdfinfo', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export function readPrinted(pdf: Uint8Array, folder: string): Printed {
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'printed.pdf');
  fs.writeFileSync(file, pdf);
  const run = (tool: string, ...args: string[]): string =>
    execFileSync(tool, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const sizes = [...run('pdfinfo', '-l', '-1', file).matchAll(/^Page\s+\d+ size:\s+([\d.]+) x ([\d.]+)/gm)];
  return {
    pages: run('pdftotext', '-layout', file, '-')
      .split('\f')
      .slice(0, -1)
      .map((text) => text.replace(/\s+/g, ' ').trim()),
    sizes: sizes.map(([, width, height]) => [millimetres(width!), millimetres(height!)] as const),
    fonts: tableOf(run('pdffonts', file)).map((row) => ({
      name: row['name']!,
      embedded: row['emb'] === 'yes',
    })),
    words: run('pdftotext', '-bbox', file, '-').split('<page ').slice(1).map(wordsOf),
    pictures: tableOf(run('pdfimages', '-list', file)).filter((row) => row['type'] === 'image').length,
  };
}

function wordsOf(page: string): PrintedWord[] {
  const word = /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</g;
  return [...page.matchAll(word)].map(([, left, top, right, bottom, text]) => ({
    text: text!,
    x: ((Number(left) + Number(right)) / 2 / 72) * 25.4,
    y: ((Number(top) + Number(bottom)) / 2 / 72) * 25.4,
  }));
}

function millimetres(points: string): number {
  return Math.round((Number(points) / 72) * 25.4);
}

/** The rows of a table of poppler's: the line below its head says how wide the columns are, or that there is one blank between. */
function tableOf(text: string): Record<string, string>[] {
  const [head = '', rule = '', ...rows] = text.split('\n');
  const columns = /^-+ /.test(rule)
    ? [...rule.matchAll(/-+/g)].map((dashes) => [dashes.index, dashes.index + dashes[0].length] as const)
    : null;
  if (!columns) {
    const names = head.trim().split(/\s+/);
    return rows
      .filter((row) => row.trim() !== '')
      .map((row) => {
        const cells = row.trim().split(/\s+/);
        return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
      });
  }
  return rows
    .filter((row) => row.trim() !== '')
    .map((row) =>
      Object.fromEntries(
        columns.map(([from, to]) => [head.slice(from, to).trim(), row.slice(from, to).trim()]),
      ),
    );
}
