import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import jsQR from 'jsqr';

/** A picture as a scanner sees it: RGBA, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** What a scanner that shares no code with the program reads; null when it finds no QR. */
export function readQr({ data, width, height }: Pixels): string | null {
  return jsQR(data, width, height, { inversionAttempts: 'dontInvert' })?.data ?? null;
}

/** The picture cut across into bands of one height, from the top. */
export function bands({ width, height, data }: Pixels, count: number): Pixels[] {
  const band = Math.floor(height / count);
  return Array.from({ length: count }, (_, i) => ({
    width,
    height: band,
    data: data.slice(i * band * width * 4, (i + 1) * band * width * 4),
  }));
}

/** The pixels of a PNG, decoded by the page's own browser. */
export async function pixelsOf(page: Page, png: Uint8Array): Promise<Pixels> {
  const { width, height, base64 } = await page.evaluate(async (encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!;
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, picture.width, picture.height);
    let text = '';
    for (let at = 0; at < data.length; at += 0x8000) {
      text += String.fromCharCode(...data.subarray(at, at + 0x8000));
    }
    return { width: picture.width, height: picture.height, base64: btoa(text) };
  }, Buffer.from(png).toString('base64'));
  return { width, height, data: new Uint8ClampedArray(Buffer.from(base64, 'base64')) };
}

/** The first page of a PDF as poppler draws it, at a printer's coarsest; null where there is no poppler. */
export function printedPixels(pdf: Uint8Array, folder: string): Pixels | null {
  try {
    execFileSync('pdftoppm', ['-v'], { stdio: 'ignore' });
  } catch {
    return null;
  }
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'card.pdf');
  fs.writeFileSync(file, pdf);
  execFileSync('pdftoppm', ['-r', '150', '-singlefile', file, path.join(folder, 'card')]);
  return pixelsOfPpm(fs.readFileSync(path.join(folder, 'card.ppm')));
}

/** PPM (P6): a head of three numbers, then RGB. */
function pixelsOfPpm(ppm: Buffer): Pixels {
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.subarray(0, 64).toString('latin1'));
  if (!head) throw new Error('not a picture of pdftoppm');
  const [width, height] = [Number(head[1]), Number(head[2])];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at += 1) {
    for (let part = 0; part < 3; part += 1) data[at * 4 + part] = ppm[head[0].length + at * 3 + part]!;
  }
  return { width, height, data };
}
