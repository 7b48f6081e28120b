import { describe, expect, test } from 'vitest';
import { readQr, type Pixels } from '#tests/support/read-qr.ts';
import { channelLink, shortLink } from '../../src-renderer/features/qr/channel-link.ts';
import { qrPath, type QrPath } from '../../src-renderer/features/qr/qr-path.ts';

const MODULE = 4;
/** Of ISO/IEC 18004, in modules. */
const QUIET = 4;

/** The path drawn by its own grammar: `M x y h n v1 H x z` for each run. */
function drawn({ size, path }: QrPath): Pixels {
  const width = size * MODULE;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, n] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)) {
    for (let py = Number(y) * MODULE; py < (Number(y) + 1) * MODULE; py += 1) {
      for (let px = Number(x) * MODULE; px < (Number(x) + Number(n)) * MODULE; px += 1) {
        data.fill(0, (py * width + px) * 4, (py * width + px) * 4 + 3);
      }
    }
  }
  return { width, height: width, data };
}

describe('the QR of a channel', () => {
  test.each([
    'https://pf.kakao.com/_a',
    'https://pf.kakao.com/_abcDEF/friend',
    `https://pf.kakao.com/_${'x'.repeat(150)}`,
  ])('reads back as %s', (text) => {
    expect(readQr(drawn(qrPath(text)))).toBe(text);
  });

  test('has four empty modules on every side', () => {
    const qr = qrPath('https://pf.kakao.com/_abc');
    const runs = [...qr.path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map((run) => run.slice(1).map(Number));
    expect(Math.min(...runs.map(([x]) => x!))).toBe(QUIET);
    expect(Math.min(...runs.map(([, y]) => y!))).toBe(QUIET);
    expect(Math.max(...runs.map(([x, , n]) => x! + n!))).toBe(qr.size - QUIET);
    expect(Math.max(...runs.map(([, y]) => y!))).toBe(qr.size - QUIET - 1);
  });

  test('still reads with a hole in it as large as a coin on a card', () => {
    const text = 'https://pf.kakao.com/_abcDEF';
    const picture = drawn(qrPath(text));
    const hole = Math.round(picture.width * 0.16);
    const from = Math.round(picture.width * 0.45);
    for (let y = from; y < from + hole; y += 1) {
      picture.data.fill(255, (y * picture.width + from) * 4, (y * picture.width + from + hole) * 4);
    }
    expect(readQr(picture)).toBe(text);
  });
});

test.each([
  ['pf.kakao.com/_abc', 'https://pf.kakao.com/_abc'],
  [' http://pf.kakao.com/_abc/friend ', 'https://pf.kakao.com/_abc/friend'],
  ['https://pf.kakao.com/_abc', 'https://pf.kakao.com/_abc'],
  ['pf.kakao.com/abc', null],
  ['https://example.com/pf.kakao.com/_abc', null],
  ['javascript:alert(1)//pf.kakao.com/_a', null],
  ['', null],
  [null, null],
  [undefined, null],
])('%j leads to %j', (written, link) => {
  expect(channelLink(written)).toBe(link);
  if (link) expect(`https://${shortLink(link)}`).toBe(link);
});
