import fs from 'node:fs';
import { describe, expect, test } from 'vitest';

/** WCAG 2.2: contrast of text on its ground is at least 4.5, of a control's edge 3. */
const TEXT = 4.5;
const EDGE = 3;

const css = fs.readFileSync('src-renderer/styles/tokens.css', 'utf8');

function themeOf(selector: string): Map<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? '';
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1]!, match[2]!]));
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['desk', 'paper', 'sheet', 'well'];
const pairs: [text: string, ground: string, least: number][] = [
  ...grounds.flatMap((ground): [string, string, number][] => [
    ['ink', ground, TEXT],
    ['soft', ground, TEXT],
    ['accent', ground, TEXT],
    ['warm', ground, TEXT],
    ['danger', ground, TEXT],
    ['edge', ground, EDGE],
  ]),
  ...['accent', 'warm', 'sun', 'sky', 'danger'].map((name): [string, string, number] => [
    name,
    `${name}-soft`,
    TEXT,
  ]),
  // The words of a state, on the row that is chosen and on the others.
  ...['ink', 'soft', 'warm', 'sun', 'sky', 'danger'].flatMap((name): [string, string, number][] => [
    [name, 'accent-soft', TEXT],
    [name, 'sheet', TEXT],
  ]),
  ['ink', 'line', TEXT],
  ['on-accent', 'accent', TEXT],
  ['on-accent', 'accent-deep', TEXT],
  ['sheet', 'warm', TEXT],
  ['paper', 'ink', TEXT],
];

describe.each([':root', ":root[data-theme='dark']"])('colours of %s', (selector) => {
  const theme = themeOf(selector);
  test.each(pairs)('%s on %s is at least %f', (text, ground, least) => {
    expect(contrast(theme.get(text)!, theme.get(ground)!)).toBeGreaterThanOrEqual(least);
  });
});
