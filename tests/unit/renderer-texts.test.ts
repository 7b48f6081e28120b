import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'vue/compiler-sfc';
import { features } from '../../src-renderer/features.ts';
import type { Texts } from '../../src-renderer/feature.ts';
import { messagesOf } from '../../src-renderer/i18n/index.ts';

/** As Vue's compiler numbers the nodes of a template. */
const TEXT = 2;
const ATTRIBUTE = 6;
const SPOKEN = new Set(['alt', 'aria-label', 'label', 'placeholder', 'text', 'title']);

interface TemplateNode {
  readonly type: number;
  readonly content?: unknown;
  readonly children?: readonly TemplateNode[];
  readonly props?: readonly {
    readonly type: number;
    readonly name: string;
    readonly value?: { readonly content: string };
  }[];
}

const HANGUL = /[ㄱ-ㆎ가-힣]/;
const ROOM = 'src-renderer';

function flat(texts: Texts, prefix = ''): [key: string, text: string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value, `${prefix}${key}.`),
  );
}

const ko = new Map(flat(messagesOf('ko')));
const en = new Map(flat(messagesOf('en')));

const sources = fs
  .readdirSync(ROOM, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(vue|ts)$/.test(file) && !file.split(path.sep).includes('i18n'))
  .map((file) => ({ file, text: fs.readFileSync(path.join(ROOM, file), 'utf8') }));

/** Comments may speak Korean; strings and templates may not. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->/g, '').replace(/(^|\s)\/\/.*$/gm, '');
}

/** What a person would see or hear of a template that comes from no key: texts, and attributes that are read out. */
function wordsIn(node: TemplateNode | undefined): string[] {
  if (!node) return [];
  const own = node.type === TEXT && typeof node.content === 'string' ? [node.content] : [];
  const told = (node.props ?? [])
    .filter(({ type, name }) => type === ATTRIBUTE && SPOKEN.has(name))
    .map(({ value }) => value?.content ?? '');
  const words = [...own, ...told].map((text) => text.trim()).filter((text) => /\p{L}/u.test(text));
  return [...words, ...(node.children ?? []).flatMap(wordsIn)];
}

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort();

describe('the words of the window', () => {
  test('both languages have the same keys', () => {
    expect([...en.keys()].sort()).toEqual([...ko.keys()].sort());
  });

  test('every key has words in both languages, with the same blanks', () => {
    const wrong = [...ko].filter(([key, text]) => {
      const english = en.get(key) ?? '';
      return text === '' || english === '' || String(placeholders(text)) !== String(placeholders(english));
    });
    expect(wrong).toEqual([]);
  });

  test('English is English', () => {
    const korean = [...en].filter(([key, text]) => HANGUL.test(text) && key !== 'settings.korean');
    expect(korean).toEqual([]);
  });

  test('no file outside i18n has Korean of its own', () => {
    const own = sources.filter(({ text }) => HANGUL.test(withoutComments(text)));
    expect(own.map(({ file }) => file)).toEqual([]);
  });

  test('no template has words of its own, in whatever language', () => {
    const own = sources
      .filter(({ file }) => file.endsWith('.vue'))
      .flatMap(({ file, text }) =>
        wordsIn(parse(text).descriptor.template?.ast as TemplateNode | undefined).map(
          (words) => `${file}: ${words}`,
        ),
      );
    expect(own).toEqual([]);
  });

  test('every key that a file names exists', () => {
    const missing = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/\bt\(\s*'([\w.]+)'/g)]
        .filter((match) => !ko.has(match[1]!))
        .map((match) => `${file}: ${match[1]}`),
    );
    expect(missing).toEqual([]);
  });

  test('every key is used', () => {
    const all = sources.map((source) => source.text).join('\n');
    // Keys made from parts, such as t(`role.${role}`), count for all that begin like them.
    const beginnings = [...all.matchAll(/`((?:[\w-]+\.)+\w*)\$\{/g)].map((match) => match[1]!);
    const unused = [...ko.keys()].filter(
      (key) => !all.includes(`'${key}'`) && !beginnings.some((beginning) => key.startsWith(beginning)),
    );
    expect(unused).toEqual([]);
  });

  test('the names of screens in the navigation are words', () => {
    const titles = features.flatMap((feature) => (feature.nav ? [feature.nav.title] : []));
    expect(titles.length).toBeGreaterThan(2);
    for (const title of titles) expect(ko.has(title)).toBe(true);
  });
});
