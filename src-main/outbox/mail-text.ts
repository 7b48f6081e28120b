import type { SendMailOptions } from 'nodemailer';
import type { Parcel } from './transport.ts';

/** Base64 in lines of 76 and CR LF, RFC 2045; and as much again for the text and the headers. */
const ENCODED = (4 / 3) * (78 / 76);
const AROUND = 4_096;
const TITLE_MAX = 150;

/**
 * The mail that carries a parcel: the same at every try, to the Message-ID and the date, so that a second one is known
 * as the first. The id's right side is the sender's domain, as is usual; changing the sender makes it another mail.
 */
export function mailOf(
  parcel: Parcel,
  { from, to }: { readonly from: string; readonly to: string[] },
): SendMailOptions {
  const { name, bytes, sha256, key, contentType, queuedAt } = parcel;
  const title = oneLine(parcel.title).slice(0, TITLE_MAX);
  return {
    from,
    to,
    envelope: { from, to, size: Math.ceil(bytes.byteLength * ENCODED) + AROUND },
    messageId: `<${key}.${sha256.slice(0, 12)}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    date: new Date(queuedAt),
    subject: `[단골수첩] ${title}`,
    text: [
      '단골수첩에서 보낸 파일을 붙여요.',
      '',
      `제목: ${title}`,
      `파일: ${oneLine(name)}`,
      `크기: ${bytes.byteLength.toLocaleString('ko-KR')}바이트`,
      `SHA-256: ${sha256}`,
      '',
      '같은 SHA-256이 적힌 메일이 두 번 오면 같은 파일이에요. 한 번만 열어도 돼요.',
      '',
    ].join('\n'),
    attachments: [{ filename: oneLine(name), content: Buffer.from(bytes), contentType }],
    // RFC 3834: no holiday notice should answer it.
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

/** A title is typed by a person or comes from a file: no line break of it may begin a header of its own. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
