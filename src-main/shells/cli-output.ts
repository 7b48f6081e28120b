import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Refusal, type ErrorReport } from '#shared/contract/errors.ts';
import { messageOf, type Language } from '#shared/contract/messages.ts';

/** An error as the command line prints it. */
export function errorDocument(error: ErrorReport, language: Language): { error: Record<string, unknown> } {
  return { error: { code: error.code, message: messageOf(error, language), ...error.params } };
}

/** A bug as the command line tells of it: what was thrown goes to stderr under an id, and only the id into the answer. */
export function unexpected(thrown: unknown): Refusal {
  const id = randomBytes(4).toString('hex');
  console.error(`error ${id}`, thrown);
  return new Refusal('INTERNAL', { id });
}

/** Korean where the person's language is Korean or `DANGOL_LANG=ko` says so, else English. */
export function languageOf(env: NodeJS.ProcessEnv): Language {
  const asked = env['DANGOL_LANG'] ?? env['LC_ALL'] ?? env['LANG'] ?? '';
  return asked.startsWith('ko') ? 'ko' : 'en';
}

/** Writes to stdout and waits until the other side has room. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** One JSON document; bytes become `{"$base64":"…"}`. */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, (_key, item: unknown) =>
    item instanceof Uint8Array ? { $base64: Buffer.from(item).toString('base64') } : item,
  )}\n`;
}

/** The reverse of `toJson`; throws a SyntaxError. */
export function fromJson(text: string): unknown {
  return JSON.parse(text, (_key, item: unknown) => {
    const base64 =
      typeof item === 'object' && item !== null ? (item as { $base64?: unknown }).$base64 : undefined;
    return typeof base64 === 'string' ? new Uint8Array(Buffer.from(base64, 'base64')) : item;
  });
}

/** A value for people: nested members indented, one to a line. */
export function toText(value: unknown, indent = ''): string {
  if (value === null || value === undefined) return `${indent}-\n`;
  if (typeof value !== 'object') return `${indent}${plain(value)}\n`;
  const entries: [string, unknown][] = Array.isArray(value)
    ? value.map((item, i) => [`${i + 1}`, item as unknown])
    : Object.entries(value);
  if (entries.length === 0) return `${indent}-\n`;
  return entries
    .map(([key, item]) =>
      typeof item === 'object' && item !== null
        ? `${indent}${plain(key)}:\n${toText(item, `${indent}  `)}`
        : `${indent}${plain(key)}: ${item === null || item === undefined ? '-' : plain(item)}\n`,
    )
    .join('');
}

/** Text without control characters: a value may come from someone else's file, and a terminal obeys them. */
function plain(value: unknown): string {
  return String(value).replace(/\p{Cc}/gu, (char) => (char === '\n' ? ' ' : '\ufffd'));
}
