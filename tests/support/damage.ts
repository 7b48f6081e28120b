import type { ErrorCode, ErrorParams } from '#shared/contract/errors.ts';
import {
  changeIdAt,
  dawn,
  exchangeFile,
  recordId,
  sha256,
  type FileDraft,
  type Line,
} from './exchange-builder.ts';

/** Everything that can be wrong with an exchange file, each with the code that it is refused with. */
export interface DamageCase {
  readonly what: string;
  readonly bytes: () => Buffer;
  readonly code: ErrorCode;
  /** Some of the parameters: which rule, and where. */
  readonly params?: ErrorParams;
}

export const photo = Buffer.from('not really a JPEG, but the same bytes on every run');
export const photoName = `blobs/${sha256(photo)}`;

/** Three changes of one morning: a site, a shop in it, and the shop's photo. */
export const goodLines: readonly Line[] = [
  set(1, 'site', 1, { name: '망원시장', kind: 'traditionalMarket' }),
  set(2, 'store', 2, { site: recordId(1), name: '망원분식', phone: '02-335-3591' }),
  set(3, 'photo', 3, { owner: recordId(2), ownerKind: 'store', blob: sha256(photo) }),
];

export const goodDraft: FileDraft = { author: dawn, lines: goodLines, blobs: [photo] };

/** A change of Dawn's that sets fields. */
export function set(minute: number, entity: string, record: number, fields: Record<string, unknown>): object {
  return { id: changeIdAt(minute), author: null, entity, record: recordId(record), set: fields };
}

/** The good file with some damage. */
export function damaged(
  what: string,
  code: ErrorCode,
  damage: Partial<FileDraft>,
  params: ErrorParams = {},
): DamageCase {
  return { what, code, params, bytes: () => exchangeFile({ ...goodDraft, ...damage }) };
}
