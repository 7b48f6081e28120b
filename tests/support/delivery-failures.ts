import { expect } from 'vitest';
import type { ErrorCode, ErrorParams } from '#shared/contract/errors.ts';
import { messageOf } from '#shared/contract/messages.ts';
import { DeliveryFailure } from '#main/outbox/transport.ts';
import type { Fault } from './faulty-proxy.ts';

export interface Seen {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  readonly lasting: boolean;
  readonly offline: boolean;
  readonly retryAfter: number | undefined;
}

/** What was wrong with a delivery. Neither it nor its sentences may hold one of the secrets, in whatever writing. */
export async function failureOf(delivery: Promise<unknown>, secrets: readonly string[]): Promise<Seen> {
  const error = await delivery.then(
    (value) => expect.fail(`it ended well: ${String(value)}`),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DeliveryFailure);
  const failure = error as DeliveryFailure;
  const { code, params, lasting, offline, retryAfter } = failure;
  const said = [
    failure.message,
    messageOf(failure, 'ko'),
    messageOf(failure, 'en'),
    JSON.stringify(params),
  ].join('\n');
  expect(said).not.toContain('?');
  for (const secret of secrets) {
    for (const form of [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64').slice(0, -4),
    ]) {
      expect(said).not.toContain(form);
    }
  }
  return { code, params, lasting, offline, retryAfter };
}

/** What a proxy between program and server can do to a request of HTTP, with the code that it must lead to. */
export const HTTP_FAULTS: readonly (readonly [what: string, fault: Fault, code: ErrorCode])[] = [
  ['a closed door', { kind: 'refuse' }, 'DELIVERY_CUT'],
  ['a cut before the first byte', { kind: 'cutUp', after: 0 }, 'DELIVERY_CUT'],
  ['a cut in the request', { kind: 'cutUp', after: 100 }, 'DELIVERY_CUT'],
  ['a cut before the answer', { kind: 'cutDown', after: 0 }, 'DELIVERY_CUT'],
  ['half an answer', { kind: 'cutDown', after: 60 }, 'DELIVERY_CUT'],
  ['a swallowed answer', { kind: 'swallow' }, 'DELIVERY_CUT'],
  ['401', { kind: 'answer', status: 401 }, 'DELIVERY_SIGN_IN'],
  ['403', { kind: 'answer', status: 403 }, 'DELIVERY_FORBIDDEN'],
  ['409', { kind: 'answer', status: 409 }, 'DELIVERY_NO_FOLDER'],
  ['413', { kind: 'answer', status: 413 }, 'DELIVERY_TOO_LARGE'],
  ['423', { kind: 'answer', status: 423 }, 'DELIVERY_LOCKED'],
  ['500', { kind: 'answer', status: 500 }, 'DELIVERY_SERVER'],
  ['507', { kind: 'answer', status: 507 }, 'DELIVERY_NO_ROOM'],
];
