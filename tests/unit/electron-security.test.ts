import fs from 'node:fs';
import { describe, expect, it } from 'vitest';

/** The recommendations of Electron's checklist, in its order; where an upgrade brings a new one, it belongs here. */
const CHECKLIST = [
  'secure content',
  'Node.js integration',
  'context isolation',
  'sandboxing',
  'permission requests',
  'webSecurity',
  'Content-Security-Policy',
  'allowRunningInsecureContent',
  'experimental features',
  'enableBlinkFeatures',
  'allowpopups',
  'options and params',
  'navigation',
  'new windows',
  'shell.openExternal',
  'current version',
  'sender of all IPC',
  'file://',
  'fuses',
  'expose Electron APIs',
];

const doc = fs.readFileSync('docs/electron-security.md', 'utf8');

/** The cells of all tables; a bar within one is written with a backslash. */
const rows = doc
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\|[\s|-]+$/.test(line))
  .map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
  .map((cells) => cells.map((cell) => cell.trim().replaceAll('\\|', '|')));
const checklist = rows.filter(([first]) => /^\d+$/.test(first ?? ''));
const beyond = rows.filter(
  ([first, , , fourth]) => first !== '#' && first !== 'what' && fourth === undefined,
);

/** Code in a cell. */
const CODE = '`([^`]+)`';
const QUOTED = new RegExp(`${CODE}: ${CODE}`, 'g');
const ABSENT = new RegExp(`no ${CODE} in ${CODE}`, 'g');

const found = (pattern: RegExp, text: string): [string, string][] =>
  [...text.matchAll(pattern)].map(([, a, b]) => [a!, b!]);
const quotes = (text: string): [string, string][] => found(QUOTED, text);
const absences = (text: string): [string, string][] => found(ABSENT, text);

function sourcesIn(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|vue|html)$/.test(file))
    .map((file) => `${folder}/${file}`);
}

describe('the table of the checklist', () => {
  it('has every item, in order', () => {
    expect(checklist.map(([number]) => Number(number))).toEqual(CHECKLIST.map((_item, at) => at + 1));
    for (const [at, item] of CHECKLIST.entries()) expect(checklist[at]![1]).toContain(item);
    expect(beyond.length).toBeGreaterThanOrEqual(7);
  });

  it.each([...checklist.map((row) => row.slice(1)), ...beyond])('%s', (_item, where = '', proof = '') => {
    expect(quotes(where).length + absences(where).length).toBeGreaterThan(0);
    expect(quotes(proof).length).toBeGreaterThan(0);
    for (const [file, snippet] of [...quotes(where), ...quotes(proof)]) {
      expect([file, fs.readFileSync(file, 'utf8').includes(snippet), snippet]).toEqual([file, true, snippet]);
    }
    for (const [word, folder] of absences(where)) {
      const holding = sourcesIn(folder).filter((file) => fs.readFileSync(file, 'utf8').includes(word));
      expect(holding).toEqual([]);
    }
  });

  it('every proof is a test, or what a test runs on', () => {
    for (const row of [...checklist, ...beyond]) {
      for (const [file] of quotes(row.at(-1)!)) expect(file).toMatch(/^tests\//);
    }
  });

  it('the version of Electron is the one that is installed', () => {
    const { devDependencies } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    const { version } = JSON.parse(fs.readFileSync('node_modules/electron/package.json', 'utf8')) as {
      version: string;
    };
    expect(version.split('.')[0]).toBe(devDependencies['electron']!.replace(/^\D*/, '').split('.')[0]);
  });
});
