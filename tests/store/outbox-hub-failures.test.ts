import { describe, expect, it } from 'vitest';
import { Refusal, type ErrorCode } from '#shared/contract/errors.ts';
import { failureOf, type Failure } from '#main/outbox/failure.ts';
import { openHub, type HubWay } from '#main/outbox/hub.ts';
import type { Parcel } from '#main/outbox/transport.ts';

describe('what a hub says of a try', () => {
  const place = { kind: 'hub', url: 'postgres://me@127.0.0.1:1/hub', ca: '' } as const;
  const way = (push: HubWay['push']): HubWay => ({ push, check: () => Promise.resolve() });
  const failed = async (push: HubWay['push'], signal = new AbortController().signal): Promise<Failure> => {
    const thrown: unknown = await openHub(place, null, way(push))
      .send({} as Parcel, signal)
      .catch((error: unknown) => error);
    return failureOf(thrown, null, () => 'bug');
  };

  it.each<[ErrorCode, boolean, boolean]>([
    ['HUB_UNREACHABLE', false, false],
    ['HUB_SLOW', false, false],
    ['HUB_GONE', false, true],
    ['HUB_BUSY', false, true],
    ['HUB_FULL', false, true],
    ['HUB_CERTIFICATE', false, true],
    ['HUB_NO_TLS', false, true],
    ['HUB_SIGN_IN', true, true],
    ['HUB_RIGHTS', true, true],
    ['HUB_OTHER', true, true],
    ['HUB_MISSING', true, true],
    ['HUB_NEWER', true, true],
    ['HUB_ROSTER_FORGED', true, true],
    ['DISK_FULL', false, true],
  ])('%s: lasting %s, reached %s', async (code, lasting, reached) => {
    const failure = await failed(() => Promise.reject(new Refusal(code, { where: 'hub' })));
    expect(failure).toMatchObject({ error: { code }, lasting, reached });
  });

  it('stopped it is tried again, whether that was a wish or its time was over', async () => {
    const where = '127.0.0.1:1/hub';
    const stop = new AbortController();
    const cut = (): Promise<never> => {
      stop.abort();
      return Promise.reject(new Refusal('HUB_GONE', { where }));
    };
    const stopped = { error: { code: 'DELIVERY_STOPPED', params: { where } }, lasting: false };
    expect(await failed(cut, stop.signal)).toMatchObject(stopped);
    expect(await failed(() => Promise.resolve({ pushed: 5, stopped: true }))).toMatchObject(stopped);
    expect(await failed(() => Promise.reject(new Error('a bug')))).toMatchObject({
      ...{ error: { code: 'INTERNAL' }, lasting: false },
    });
  });
});
