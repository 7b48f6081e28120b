import { Refusal } from '#shared/contract/errors.ts';

/** Control characters, C1 and private use: no list has them, but binary data and other encodings read as one do. */
const NEVER_IN_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ue000-\uf8ff]/;

/**
 * The text of a CSV file: UTF-8 where the bytes are valid UTF-8, otherwise CP949 (what Excel in Korea saves as CSV).
 * In NFC, because macOS spells file content typed there with separate jamo. Refuses anything else with TABLE_ENCODING.
 */
export function decodeText(file: string, bytes: Uint8Array): string {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  // The label euc-kr means windows-949 in the Encoding Standard, hence CP949.
  const text = decode('utf-8', bytes) ?? (marked ? null : decode('euc-kr', bytes));
  if (text === null) throw new Refusal('TABLE_ENCODING', { file });
  return text.normalize('NFC');
}

function decode(encoding: string, bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return NEVER_IN_TEXT.test(text) ? null : text;
  } catch {
    return null;
  }
}
