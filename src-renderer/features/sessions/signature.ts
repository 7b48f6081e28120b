import type { Size } from '#shared/pictures/size.ts';

/** Pixels of the pad, from its upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Stroke = readonly Point[];

/** A piece of a smoothed line: from where the last one ended, bent towards `by`. */
export interface Bend {
  readonly by: Point;
  readonly to: Point;
}

/** What is kept: wide enough to be read on paper, small enough to travel. */
const MOST: Size = { width: 640, height: 256 };
const MARGIN = 12;
/** Pixels of ink below which a touch was a slip and no signature. */
const LEAST_INK = 24;

/**
 * The line through the middles between its points, each point bending it: what a hand draws has no corners, what a
 * screen reports has many.
 */
export function bendsOf(stroke: Stroke): Bend[] {
  const [first, ...rest] = stroke;
  if (!first) return [];
  const last = rest.at(-1) ?? first;
  const bends = rest.slice(0, -1).map((point, i): Bend => ({ by: point, to: middle(point, rest[i + 1]!) }));
  return [...bends, { by: last, to: last }];
}

/** Whether there is enough ink for a signature. */
export function isSigned(strokes: readonly Stroke[]): boolean {
  let ink = 0;
  for (const stroke of strokes) {
    for (let i = 1; i < stroke.length; i += 1) {
      ink += Math.hypot(stroke[i]!.x - stroke[i - 1]!.x, stroke[i]!.y - stroke[i - 1]!.y);
    }
  }
  return ink >= LEAST_INK;
}

/** The part of the pad that has ink, with a margin, and the size of the picture of it. */
export function cropOf(strokes: readonly Stroke[]): { from: Point; scale: number; size: Size } {
  const points = strokes.flat();
  const least = (of: (point: Point) => number): number =>
    points.reduce((a, p) => Math.min(a, of(p)), Infinity);
  const [left, top] = [least(({ x }) => x), least(({ y }) => y)];
  const whole = {
    width: -least(({ x }) => -x) - left + 2 * MARGIN,
    height: -least(({ y }) => -y) - top + 2 * MARGIN,
  };
  const scale = Math.min(1, MOST.width / whole.width, MOST.height / whole.height);
  return {
    from: { x: left - MARGIN, y: top - MARGIN },
    scale,
    size: { width: Math.ceil(whole.width * scale), height: Math.ceil(whole.height * scale) },
  };
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
