import yauzl from 'yauzl';

/** A reader of xlsx files of our own, so that a workbook is judged by another program than the one that wrote it. */

export interface ReadCell {
  /** A string, a number (a date is one) or null; an Excel error is `{ error }`. */
  readonly value: string | number | null | { readonly error: string };
  readonly formula: string | null;
  readonly numberFormat: string;
  readonly font: string;
}

export interface ReadSheet {
  readonly name: string;
  readonly cells: ReadonlyMap<string, ReadCell>;
  /** The values of a row, from column A, by row number. */
  readonly row: (number: number) => (ReadCell['value'] | null)[];
  readonly rowCount: number;
  readonly xml: string;
}

export interface ReadWorkbook {
  readonly sheets: ReadonlyMap<string, ReadSheet>;
  /** Defined names and what they refer to, such as `'요약'!$B$7`. */
  readonly names: ReadonlyMap<string, string>;
  readonly parts: ReadonlyMap<string, string>;
  /** The cell that a defined name refers to. */
  readonly named: (name: string) => ReadCell;
}

/** Sheets that take more than `mostBytes` are left out, and the texts that they share: the long ones of a large store. */
export async function readWorkbook(bytes: Uint8Array, mostBytes = Infinity): Promise<ReadWorkbook> {
  const parts = await unzip(bytes, mostBytes);
  const part = (name: string): string => {
    const text = parts.get(name);
    if (text === undefined) throw new Error(`the workbook has no ${name}`);
    return text;
  };
  const strings = elements(parts.get('xl/sharedStrings.xml') ?? '', 'si').map(({ inner }) =>
    elements(inner, 't')
      .map(({ inner: text }) => unescapeExcel(decode(text)))
      .join(''),
  );
  const styles = readStyles(part('xl/styles.xml'));
  const targets = new Map(
    elements(part('xl/_rels/workbook.xml.rels'), 'Relationship').map(({ attributes }) => [
      attributes['Id'],
      attributes['Target'],
    ]),
  );
  const workbook = part('xl/workbook.xml');
  const sheets = new Map<string, ReadSheet>();
  for (const { attributes } of elements(workbook, 'sheet')) {
    const name = decode(attributes['name'] ?? '');
    const target = `xl/${(targets.get(attributes['r:id'] ?? '') ?? '').replace(/^\/?xl\//, '')}`;
    if (mostBytes < Infinity && !parts.has(target)) continue;
    sheets.set(name, readSheet(name, part(target), strings, styles));
  }
  const names = new Map(
    elements(workbook, 'definedName').map(({ attributes, inner }) => [
      attributes['name'] ?? '',
      decode(inner),
    ]),
  );
  return {
    sheets,
    names,
    parts,
    named(name) {
      const place = /^'?([^']+)'?!\$?([A-Z]+)\$?(\d+)$/.exec(names.get(name) ?? '');
      const cell = place && sheets.get(place[1]!)?.cells.get(`${place[2]}${place[3]}`);
      if (!cell) throw new Error(`there is no cell named ${name}: ${names.get(name)}`);
      return cell;
    },
  };
}

async function unzip(bytes: Uint8Array, mostBytes: number): Promise<Map<string, string>> {
  const zip = await yauzl.fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const parts = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    if (entry.uncompressedSize > mostBytes) continue;
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    parts.set(entry.fileName.replace(/^\//, ''), Buffer.concat(chunks).toString('utf8'));
  }
  return parts;
}

type Styles = { numberFormat: string; font: string }[];

function readSheet(name: string, xml: string, strings: readonly string[], styles: Styles): ReadSheet {
  const cells = new Map<string, ReadCell>();
  const rows = new Map<number, (ReadCell['value'] | null)[]>();
  for (const { attributes, inner } of elements(xml, 'c')) {
    const address = attributes['r'] ?? '';
    const [, letters = '', digits = ''] = /^([A-Z]+)(\d+)$/.exec(address) ?? [];
    const formula = elements(inner, 'f')[0]?.inner;
    const style = styles[Number(attributes['s'] ?? 0)] ?? { numberFormat: 'General', font: '' };
    const value = valueOf(attributes['t'] ?? 'n', inner, strings);
    cells.set(address, { value, formula: formula === undefined ? null : decode(formula), ...style });
    const row = rows.get(Number(digits)) ?? [];
    row[columnNumber(letters) - 1] = value;
    rows.set(Number(digits), row);
  }
  return {
    name,
    cells,
    xml,
    rowCount: Math.max(0, ...rows.keys()),
    row: (number) => Array.from(rows.get(number) ?? [], (value) => value ?? null),
  };
}

function valueOf(type: string, inner: string, strings: readonly string[]): ReadCell['value'] {
  const raw = elements(inner, 'v')[0]?.inner;
  if (type === 'inlineStr') return unescapeExcel(decode(elements(inner, 't')[0]?.inner ?? ''));
  if (raw === undefined) return null;
  if (type === 's') return strings[Number(raw)] ?? null;
  if (type === 'str') return unescapeExcel(decode(raw));
  if (type === 'e') return { error: decode(raw) };
  return Number(raw);
}

function readStyles(xml: string): Styles {
  const formats = new Map(
    elements(xml, 'numFmt').map(({ attributes }) => [
      attributes['numFmtId'],
      decode(attributes['formatCode'] ?? ''),
    ]),
  );
  const builtIn: Record<string, string> = {
    '0': 'General',
    '1': '0',
    '2': '0.00',
    '3': '#,##0',
    '10': '0.00%',
    '49': '@',
  };
  const fonts = elements(elements(xml, 'fonts')[0]?.inner ?? '', 'font').map(
    ({ inner }) => elements(inner, 'name')[0]?.attributes['val'] ?? '',
  );
  return elements(elements(xml, 'cellXfs')[0]?.inner ?? '', 'xf').map(({ attributes }) => {
    const id = attributes['numFmtId'] ?? '0';
    return {
      numberFormat: formats.get(id) ?? builtIn[id] ?? id,
      font: decode(fonts[Number(attributes['fontId'] ?? 0)] ?? ''),
    };
  });
}

interface Element {
  readonly attributes: Readonly<Record<string, string>>;
  readonly inner: string;
}

/** All elements of a name; they never nest in what we read. */
function elements(xml: string, name: string): Element[] {
  const pattern = new RegExp(`<${name}(\\s[^>]*?)?(?:/>|>([\\s\\S]*?)</${name}>)`, 'g');
  return Array.from(xml.matchAll(pattern), ([, attributes = '', inner = '']) => ({
    attributes: Object.fromEntries(
      Array.from(attributes.matchAll(/([\w:.]+)="([^"]*)"/g), ([, key, value]) => [key!, value!]),
    ),
    inner,
  }));
}

function decode(text: string): string {
  const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
  return text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(parseInt(hex as string, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return named[name as string] ?? (whole as string);
  });
}

/** Excel writes what XML cannot hold as _xHHHH_. */
function unescapeExcel(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, hex) =>
    String.fromCharCode(parseInt(hex as string, 16)),
  );
}

export function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}
