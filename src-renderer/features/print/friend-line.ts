import { daysBetween } from '../../use/format.ts';

interface Reading {
  readonly date: string;
  readonly friends: number;
}

export interface Plot {
  /** The points of a polyline. */
  readonly points: string;
  readonly last: { readonly x: number; readonly y: number };
}

/** Friends over time as a line that fills a width and a height; null of fewer than two days, which are no line. */
export function friendLine(readings: readonly Reading[], width: number, height: number): Plot | null {
  const [first, last] = [readings[0], readings.at(-1)];
  if (!first || !last || first.date === last.date) return null;
  const counts = readings.map(({ friends }) => friends);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const days = daysBetween(first.date, last.date);
  const place = ({ date, friends }: Reading): { x: number; y: number } => ({
    x: round((daysBetween(first.date, date) / days) * width),
    y: round(most === least ? height / 2 : height - ((friends - least) / (most - least)) * height),
  });
  return {
    points: readings
      .map(place)
      .map(({ x, y }) => `${x},${y}`)
      .join(' '),
    last: place(last),
  };
}

function round(length: number): number {
  return Math.round(length * 100) / 100;
}
