import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openCore } from '#main/core.ts';
import { bookFor } from '#main/features/report.ts';
import { openStore } from '#main/store/store.ts';
import { readKeyFile } from '#main/vault/key-file.ts';
import { streamWorkbook } from '#main/workbook/compose/compose.ts';
import type { Book } from '#main/workbook/sheet.ts';
import { peak } from './import.ts';

type Scale = '2024' | 'national';
type Way = 'ours' | 'stream' | 'memory' | 'hucre';

export interface Written {
  /** From the rows in the store to the book. */
  gatherSeconds: number;
  /** From the book to the file. */
  writeSeconds: number;
  cells: number;
  megabytes: number;
  peakMegabytes: number;
}

export interface ReportFigures {
  ours: Written;
  exceljsStreaming: Written;
  /** The long sheets alone, without looks and formulas: a lower bound. */
  hucreStreaming: Written;
  /** Of the time from the book to the file; the median of the rounds. */
  oursToStreaming: number;
  oursToStreamingRounds: number[];
  oursToHucre: number;
  exceljsInMemory?: Written;
  oursToInMemory?: number;
}

const writers: Readonly<Record<Way, (book: Book, file: string) => Promise<void>>> = {
  ours: (book, file) => streamWorkbook(book, fs.createWriteStream(file)),
  // Loaded by those who use it: exceljs would count in the memory of ours, which loads it by itself.
  stream: async (book, file) => (await import('./exceljs-writer.ts')).streamThroughExceljs(book, file),
  hucre: async (book, file) => (await import('./hucre-writer.ts')).streamThroughHucre(book, file),
  memory: async (book, file) => (await import('./exceljs-writer.ts')).writeThroughExceljs(book, file),
};

/**
 * The same book of one store written in four ways, each in a process of its own and in turn. In memory exceljs takes
 * gigabytes for the national programmes: it writes those of 2024 alone.
 */
export async function reports(
  scale: Scale,
  rounds: number,
  child: (way: Way, dir: string) => Written,
): Promise<ReportFigures> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'dangol-bench-'));
  try {
    const opened = openCore({ dataDir: dir, create: true });
    if (!opened.ok) throw new Error(opened.error.code);
    await opened.value.call('app.fillDemo', { scale, seed: 1 });
    opened.value.close();
    const runs = Array.from({ length: rounds }, () => ({
      ours: child('ours', dir),
      stream: child('stream', dir),
      hucre: child('hucre', dir),
    }));
    const ratios = runs.map(({ ours, stream }) => round(ours.writeSeconds / stream.writeSeconds));
    const { ours, stream, hucre } = runs.at(-1)!;
    const figures: ReportFigures = {
      ours,
      exceljsStreaming: stream,
      hucreStreaming: hucre,
      oursToStreaming: median(ratios),
      oursToStreamingRounds: ratios,
      oursToHucre: median(runs.map((run) => run.ours.writeSeconds / run.hucre.writeSeconds)),
    };
    if (scale === 'national') return figures;
    const memory = child('memory', dir);
    return {
      ...figures,
      exceljsInMemory: memory,
      oursToInMemory: round(ours.writeSeconds / memory.writeSeconds),
    };
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

/** One way, in this process. */
export async function writeReport(way: Way, dir: string): Promise<Written> {
  const now = Date.UTC(2026, 10, 23, 15, 30);
  const store = openStore({ dir, key: readKeyFile(dir), now: () => now });
  const file = path.join(dir, `${way}.xlsx`);
  const from = performance.now();
  const book = bookFor({ store, now: () => now }, {}, now);
  const made = performance.now();
  await writers[way](book, file);
  const written = performance.now();
  store.close();
  const peakMegabytes = peak();
  return {
    gatherSeconds: round((made - from) / 1000),
    writeSeconds: round((written - made) / 1000),
    cells: cellsOf(book),
    megabytes: Math.round(fs.statSync(file).size / 1e5) / 10,
    peakMegabytes,
  };
}

/** Cells with something in them. */
function cellsOf({ sheets }: Book): number {
  let cells = 0;
  for (const sheet of sheets) {
    if (sheet.layout === 'free') continue;
    for (let index = 0; index < sheet.rowCount; index += 1) {
      for (const cell of sheet.row(index)) if (cell !== null && cell !== '') cells += 1;
    }
  }
  return cells;
}

function median(values: readonly number[]): number {
  return round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
