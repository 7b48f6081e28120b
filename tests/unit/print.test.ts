import { describe, expect, it } from 'vitest';
import { boxPoints, emsOf, linesAt, oneLinePoints } from '../../src-renderer/features/print/fit.ts';
import { friendLine } from '../../src-renderer/features/print/friend-line.ts';
import { cutMarks, emptyRows, GRID, pagesOf } from '../../src-renderer/features/print/sheets.ts';

const POINT = 25.4 / 72;

describe('a name on one line', () => {
  it.each([
    ['', 46],
    ['김단골', 46],
    ['남궁하늘빛나는별님이예요', 34],
  ])('%s stands at %d points in 146 mm', (name, points) => {
    expect(oneLinePoints(name, 146, 46)).toBe(points);
  });

  it('never is wider than its line, however long', () => {
    for (let letters = 1; letters <= 200; letters += 1) {
      const name = '가'.repeat(letters);
      expect(emsOf(name) * oneLinePoints(name, 146, 46) * POINT).toBeLessThanOrEqual(146);
    }
  });
});

describe('a name in a box', () => {
  it.each([
    ['가나다', 3, 1],
    ['가나다', 2, 2],
    ['가나 다라', 4.3, 1],
    ['가나 다라', 4.2, 2],
    ['가나다라마바사', 3, 3],
    ['가 나다라마바사', 3, 3],
    ['', 3, 1],
  ])('%s takes at a width of %d ems so many lines: %d', (text, ems, lines) => {
    expect(linesAt(text, ems)).toBe(lines);
  });

  const box = { width: 37, height: 24, most: 15, lineHeight: 1.25 };

  it('is as large as it may be while it is short, and smaller the longer it is', () => {
    expect(boxPoints('바다횟집', box)).toBe(15);
    const sizes = [4, 20, 40, 80, 120].map((letters) => boxPoints('가'.repeat(letters), box));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(new Set(sizes).size).toBeGreaterThan(3);
  });

  it('fits its height at the size that was found', () => {
    for (let letters = 1; letters <= 100; letters += 7) {
      const name = '긴 이름 '.repeat(letters).slice(0, letters);
      const points = boxPoints(name, box);
      const lines = linesAt(name, box.width / (points * POINT));
      expect(lines * points * POINT * box.lineHeight).toBeLessThanOrEqual(box.height);
    }
  });
});

describe('the line of friends', () => {
  it.each([
    ['no reading', []],
    ['one reading', [['2026-01-01', 5]]],
  ] as [string, [string, number][]][])('%s is no line', (_what, readings) => {
    expect(
      friendLine(
        readings.map(([date, friends]) => ({ date, friends })),
        100,
        20,
      ),
    ).toBeNull();
  });

  it('goes by days and by counts, more is higher', () => {
    const plot = friendLine(
      [
        { date: '2026-01-01', friends: 10 },
        { date: '2026-01-02', friends: 20 },
        { date: '2026-01-11', friends: 30 },
      ],
      100,
      20,
    );
    expect(plot).toEqual({ points: '0,20 10,10 100,0', last: { x: 100, y: 0 } });
  });

  it('is level in the middle where nothing changed', () => {
    const same = ['2026-01-01', '2026-02-01'].map((date) => ({ date, friends: 7 }));
    expect(friendLine(same, 100, 20)?.points).toBe('0,10 100,10');
  });
});

describe('sheets', () => {
  it.each([
    [0, []],
    [1, [1]],
    [8, [8]],
    [9, [8, 1]],
    [17, [8, 8, 1]],
  ])('%d cards are pages of %j', (count, pages) => {
    const cards = Array.from({ length: count }, (_, i) => i);
    expect(pagesOf(cards).map((page) => page.length)).toEqual(pages);
    expect(pagesOf(cards).flat()).toEqual(cards);
  });

  it('a sheet without anyone is a page to fill, any other has a few rows more', () => {
    expect([0, 1, 60].map(emptyRows)).toEqual([15, 5, 5]);
  });

  it('cut marks lie on the lines between the cards, on the paper and never on a card', () => {
    const [xs, ys] = [
      [10, 105, 200],
      [16.5, 82.5, 148.5, 214.5, 280.5],
    ];
    const inside = (x: number, y: number): boolean => x > GRID.left && x < 200 && y > GRID.top && y < 280.5;
    for (const { x1, y1, x2, y2 } of cutMarks()) {
      expect(x1 === x2 ? xs.includes(x1) : ys.includes(y1)).toBe(true);
      // A printer cannot reach the last millimetres of the paper.
      expect(Math.min(x1, x2, y1, y2)).toBeGreaterThan(3);
      expect(Math.max(x1, x2)).toBeLessThan(207);
      expect(Math.max(y1, y2)).toBeLessThan(294);
      const crosses = inside((x1 + x2) / 2, (y1 + y2) / 2);
      if (crosses) expect(x1 === x2 ? ys.includes((y1 + y2) / 2) : xs.includes((x1 + x2) / 2)).toBe(true);
    }
  });
});
