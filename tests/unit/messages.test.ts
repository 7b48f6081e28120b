import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { errorCodes, type ErrorCode, type ErrorParams } from '#shared/contract/errors.ts';
import { messageOf, type Language } from '#shared/contract/messages.ts';

/** The sentence with every parameter filled in, and which it asked for. */
function sentence(code: ErrorCode, language: Language): { text: string; asked: string[] } {
  const asked = new Set<string>();
  const params = new Proxy<ErrorParams>({}, { get: (_none, name) => (asked.add(String(name)), 'X') });
  return { text: messageOf({ code, params }, language), asked: [...asked].sort() };
}

describe('every error has its sentence', () => {
  it.each(errorCodes)('%s, in both languages, with the same parameters', (code) => {
    const [ko, en] = [sentence(code, 'ko'), sentence(code, 'en')];
    expect(ko.text).toMatch(/요[.]$/);
    expect(en.text).toMatch(/^[\x20-\x7e]+[.]$/);
    expect(ko.asked).toEqual(en.asked);
    expect(ko.text + en.text).not.toMatch(/[{}?]/);
  });
});

interface Thrown {
  readonly code: string;
  readonly params: readonly string[];
  readonly where: string;
}

/** Every `new Refusal('CODE', {…})` in the program whose parameters stand there in full. */
function refusals(): Thrown[] {
  const root = path.join(import.meta.dirname, '../..');
  const found: Thrown[] = [];
  for (const file of fs.globSync('src-{main,shared}/**/*.ts', { cwd: root })) {
    const source = ts.createSourceFile(
      file,
      fs.readFileSync(path.join(root, file), 'utf8'),
      ts.ScriptTarget.Latest,
    );
    const visit = (node: ts.Node): void => {
      if (ts.isNewExpression(node) && node.expression.getText(source) === 'Refusal') {
        const [code, params] = node.arguments ?? [];
        if (code && ts.isStringLiteral(code) && (!params || ts.isObjectLiteralExpression(params))) {
          const properties = params?.properties ?? [];
          if (!properties.some(ts.isSpreadAssignment)) {
            found.push({
              code: code.text,
              params: properties.map((property) => property.name!.getText(source)),
              where: `${file}:${source.getLineAndCharacterOfPosition(node.pos).line + 1}`,
            });
          }
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

describe('whoever throws an error gives what its sentence asks for', () => {
  const all = refusals();

  it('and many do', () => {
    expect(all.length).toBeGreaterThan(50);
  });

  it.each(all.map((one) => [`${one.code} ${one.where}`, one] as const))('%s', (_what, { code, params }) => {
    expect(errorCodes).toContain(code);
    const { asked } = sentence(code as ErrorCode, 'en');
    expect(asked.filter((name) => !params.includes(name))).toEqual([]);
  });
});

describe('a parameter in a sentence', () => {
  it.each<[string, string | number, string]>([
    ['is put in as it is', '장터.dangol', 'The file 장터.dangol is cut short.'],
    ['may be a number', 7, 'The file 7 is cut short.'],
    ['is no place for another', '{file}', 'The file {file} is cut short.'],
    ['does not command a terminal', 'a\u001b[2Jb\r\n', 'The file a\ufffd[2Jb\ufffd\ufffd is cut short.'],
    ['does not turn the reading around', 'a\u202egpj.exe', 'The file a\ufffdgpj.exe is cut short.'],
  ])('%s', (_what, file, begin) => {
    expect(messageOf({ code: 'FILE_CUT_SHORT', params: { file } }, 'en')).toContain(begin);
  });

  it('is cut when it is very long', () => {
    const text = messageOf({ code: 'FILE_CUT_SHORT', params: { file: 'x'.repeat(10_000) } }, 'ko');
    expect(text.length).toBeLessThan(500);
    expect(text).toContain('x…');
  });
});
