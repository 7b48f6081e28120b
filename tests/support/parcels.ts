import { createHash } from 'node:crypto';
import type { Parcel } from '#main/outbox/transport.ts';

/** A parcel as the outbox makes one. */
export function parcelOf(name: string, bytes: Uint8Array, more: Partial<Parcel> = {}): Parcel {
  return {
    name,
    bytes,
    size: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    key: '0193557a-1c2f-7000-8000-8f1c2d3e4a5b',
    title: '2024년 단골거리 보고서',
    contentType: 'application/octet-stream',
    queuedAt: '2026-11-24T01:00:00.000Z',
    ...more,
  };
}

/** Names that a title may bring: Korean, in parts and composed, and whatever a path or a URL reads as its own. */
export const ODD_NAMES = [
  '단골거리 보고서 2024-09_1a2b3c4d.xlsx',
  '망원시장 (1) 50% & +더하기 #샵 ?물음.xlsx',
  "작은'따옴표' 그리고 세미;콜론=등호,쉼표.dangol",
  '한글'.normalize('NFD') + '_조합형.xlsx',
  'a~b!c@d$e^f[g]{h}.xlsx',
  '커피☕와 떡🍡.dangol',
  '%2e%2e%2f.xlsx',
] as const;
