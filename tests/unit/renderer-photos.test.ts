import { describe, expect, test } from 'vitest';
import { cameraFault } from '../../src-renderer/features/photos/camera.ts';
import { meantAmong, type Taker } from '../../src-renderer/features/photos/incoming.ts';
import { lanes } from '../../src-renderer/features/photos/lanes.ts';
import { bendsOf, cropOf, isSigned, type Stroke } from '../../src-renderer/features/sessions/signature.ts';

describe('lanes', () => {
  test('let no more run than there are, in the order of asking, whatever fails', async () => {
    const run = lanes(2);
    const ends: (() => void)[] = [];
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    const work = (n: number) =>
      run(async () => {
        begun.push(n);
        running += 1;
        most = Math.max(most, running);
        await new Promise<void>((resolve) => ends.push(resolve));
        running -= 1;
        if (n === 1) throw new Error('one');
        return n;
      });
    const asked = [0, 1, 2].map(work);
    const turn = async (): Promise<void> => {
      for (let i = 0; i < 8; i += 1) await Promise.resolve();
    };
    await turn();
    ends.shift()?.();
    await turn();
    // The third has taken the place of the first: a fourth that asks now must wait all the same.
    asked.push(work(3), work(4));
    await turn();
    expect(begun).toEqual([0, 1, 2]);
    const all = Promise.allSettled(asked);
    for (let left = 0; left < 5; left += 1) {
      ends.shift()?.();
      await turn();
    }
    const results = await all;
    expect(begun).toEqual([0, 1, 2, 3, 4]);
    expect(most).toBe(2);
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    // A lane is free again after all of them.
    await expect(run(() => Promise.resolve('again'))).resolves.toBe('again');
  });
});

describe('what is pasted or dropped', () => {
  const place = (name: string, main: boolean): Taker => ({
    main,
    element: () => ({ id: name }) as HTMLElement,
    take: () => undefined,
  });
  const all = [place('visit', true), place('qr', false), place('sign', false)];
  const is = (name: string) => (element: HTMLElement) => element.id === name;
  const none = () => false;

  test.each([
    ['the place with the focus', [is('qr'), is('sign')], 'qr'],
    ['else the one under the pointer', [none, is('sign')], 'sign'],
    ['else the main one', [none, none], 'visit'],
    ['the main one where nothing is asked', [], 'visit'],
  ])('goes to %s', (_where, signs, name) => {
    expect(meantAmong(all, ...signs)?.element()?.id).toBe(name);
  });

  test('goes nowhere where no place is meant and none is the main one', () => {
    expect(meantAmong(all.slice(1), none)).toBeUndefined();
    expect(meantAmong([], none)).toBeUndefined();
  });
});

test.each([
  ['NotFoundError', 'cameraNone'],
  ['OverconstrainedError', 'cameraNone'],
  ['NotAllowedError', 'cameraDenied'],
  ['SecurityError', 'cameraDenied'],
  ['NotReadableError', 'cameraBusy'],
  ['', 'cameraNone'],
])('a camera that says %s: %s', (name, fault) => expect(cameraFault(name)).toBe(fault));

describe('a signature', () => {
  const at = (...points: [number, number][]): Stroke => points.map(([x, y]) => ({ x, y }));

  test('is one smooth line from its first point to its last, through the middles', () => {
    const bends = bendsOf(at([0, 0], [10, 0], [10, 10], [20, 10]));
    expect(bends).toEqual([
      { by: { x: 10, y: 0 }, to: { x: 10, y: 5 } },
      { by: { x: 10, y: 10 }, to: { x: 15, y: 10 } },
      { by: { x: 20, y: 10 }, to: { x: 20, y: 10 } },
    ]);
    expect(bendsOf(at([3, 4]))).toEqual([{ by: { x: 3, y: 4 }, to: { x: 3, y: 4 } }]);
    expect(bendsOf([])).toEqual([]);
  });

  test.each([
    ['nothing', [], false],
    ['a touch', [at([5, 5])], false],
    ['a slip', [at([5, 5], [15, 5])], false],
    ['many touches', Array.from({ length: 50 }, (_, i) => at([i * 10, 5])), false],
    ['a stroke', [at([5, 5], [40, 5])], true],
    ['two short ones', [at([0, 0], [0, 13]), at([9, 0], [9, 13])], true],
  ])('%s is signed: %s', (_what, strokes, signed) => expect(isSigned(strokes)).toBe(signed));

  test('is cut out with a margin and never made larger', () => {
    expect(cropOf([at([100, 50], [300, 90])])).toEqual({
      from: { x: 88, y: 38 },
      scale: 1,
      size: { width: 224, height: 64 },
    });
  });

  test.each([
    ['wide', at([0, 0], [1256, 40])],
    ['high', at([0, 0], [40, 700])],
    ['both', at([-20, -20], [2000, 900])],
  ])('fits its picture when it is %s', (_how, stroke) => {
    const { scale, size } = cropOf([stroke]);
    expect(scale).toBeLessThan(1);
    expect(size.width).toBeLessThanOrEqual(640);
    expect(size.height).toBeLessThanOrEqual(256);
  });

  test('of a hundred thousand points is cut out all the same', () => {
    const long = Array.from({ length: 200_000 }, (_, i) => ({ x: i % 500, y: i % 90 }));
    expect(cropOf([long]).size).toEqual({ width: 523, height: 113 });
  });
});
