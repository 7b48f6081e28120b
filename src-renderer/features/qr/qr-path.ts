import { encodeQR } from 'qr';

export interface QrPath {
  /** Modules along a side, the quiet zone among them. */
  readonly size: number;
  /** The dark modules as an SVG path, one module a unit. */
  readonly path: string;
}

/** What ISO/IEC 18004 asks for around the symbol, in modules. */
const QUIET_ZONE = 4;

/** A QR symbol with a quarter of its words to spare: a card lies on a counter and gets scratched. */
export function qrPath(text: string): QrPath {
  const rows = encodeQR(text, 'raw', { ecc: 'quartile', border: QUIET_ZONE });
  return { size: rows.length, path: rows.flatMap(runsOf).join('') };
}

/** The dark runs of a row, each as one rectangle: modules side by side leave no hair between them. */
function runsOf(row: readonly boolean[], y: number): string[] {
  const runs: string[] = [];
  let start = -1;
  for (let x = 0; x <= row.length; x += 1) {
    if (row[x]) {
      if (start < 0) start = x;
    } else if (start >= 0) {
      runs.push(`M${start} ${y}h${x - start}v1H${start}z`);
      start = -1;
    }
  }
  return runs;
}
