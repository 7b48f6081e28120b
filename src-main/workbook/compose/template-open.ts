import yauzl from 'yauzl';
import { Refusal } from '#shared/contract/errors.ts';
import { MAX_TEMPLATE_FILE } from '#shared/contract/limits.ts';
import type { Parts } from './parts.ts';

/**
 * A manager's workbook is someone else's input. Bytes: beyond these it is refused before anything of it is read; real
 * ones with covers, pictures and pivots are a few megabytes.
 */
const TEMPLATE_LIMITS = { file: MAX_TEMPLATE_FILE, unpacked: 256 << 20, parts: 4_000 } as const;

const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
/** How Office keeps a workbook with a password, and how it kept all of them before 2007. */
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

/** A worksheet of a package. */
export interface TemplateSheet {
  readonly name: string;
  readonly part: string;
  /** Its place, from 0, as defined names count. */
  readonly index: number;
}

export interface Template {
  readonly parts: Parts;
  readonly sheets: readonly TemplateSheet[];
}

/**
 * Opens a manager's workbook. Refuses with TEMPLATE_SEALED (a password, or a file of before 2007), TEMPLATE_MACROS,
 * TEMPLATE_TOO_LARGE or TEMPLATE_UNREADABLE.
 */
export async function openTemplate(file: string, bytes: Uint8Array): Promise<Template> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length > TEMPLATE_LIMITS.file) throw new Refusal('TEMPLATE_TOO_LARGE', { file });
  if (buffer.subarray(0, 4).equals(OLE)) throw new Refusal('TEMPLATE_SEALED', { file });
  if (!buffer.subarray(0, 4).equals(ZIP)) throw new Refusal('TEMPLATE_UNREADABLE', { file, reason: 'zip' });
  const parts = await unpacked(file, buffer);
  const types = textOf(parts, '[Content_Types].xml');
  if (types.includes('macroEnabled') || [...parts.keys()].some((name) => /vbaProject\.bin$/i.test(name))) {
    throw new Refusal('TEMPLATE_MACROS', { file });
  }
  const sheets = sheetsOf(parts);
  if (sheets.length === 0) throw new Refusal('TEMPLATE_UNREADABLE', { file, reason: 'xl/workbook.xml' });
  return { parts, sheets };
}

/** The directory of a zip is its author's word: each part errs when more comes out than was declared. */
async function unpacked(file: string, buffer: Buffer): Promise<Parts> {
  try {
    const zip = await yauzl.fromBufferPromise(buffer);
    if (zip.entryCount > TEMPLATE_LIMITS.parts) throw new Refusal('TEMPLATE_TOO_LARGE', { file });
    const parts: Parts = new Map();
    let size = 0;
    for await (const entry of zip.eachEntry()) {
      size += entry.uncompressedSize;
      if (size > TEMPLATE_LIMITS.unpacked) throw new Refusal('TEMPLATE_TOO_LARGE', { file });
      if (entry.fileName.endsWith('/')) continue;
      const chunks: Buffer[] = [];
      for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
      parts.set(entry.fileName.replace(/^\//, ''), Buffer.concat(chunks));
    }
    return parts;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('TEMPLATE_UNREADABLE', { file, reason: 'zip' }, error);
  }
}

function sheetsOf(parts: Parts): TemplateSheet[] {
  const targets = new Map(
    tagsIn(textOf(parts, 'xl/_rels/workbook.xml.rels'), 'Relationship').map((tag) => [
      attributeOf(tag, 'Id'),
      attributeOf(tag, 'Target'),
    ]),
  );
  return tagsIn(textOf(parts, 'xl/workbook.xml'), 'sheet').flatMap((tag, index): TemplateSheet[] => {
    const target = targets.get(attributeOf(tag, 'r:id')) ?? '';
    const part = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
    return parts.has(part) ? [{ name: unescaped(attributeOf(tag, 'name') ?? ''), part, index }] : [];
  });
}

export function textOf(parts: Parts, name: string): string {
  return parts.get(name)?.toString('utf8') ?? '';
}

/** The tags of one name, without what stands in them. */
export function tagsIn(xml: string, name: string): string[] {
  return xml.match(new RegExp(`<${name}(?:\\s[^>]*)?>`, 'g')) ?? [];
}

export function attributeOf(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
}

export function unescaped(text: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex as string, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return named[name as string] ?? (whole as string);
  });
}
