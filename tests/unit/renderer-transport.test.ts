import { describe, expect, test } from 'vitest';
import { decode, encode } from '#shared/contract/wire.ts';
import { transportOf } from '../../src-renderer/transports.ts';

interface Sent {
  address: string;
  headers: Record<string, string>;
  body: unknown;
  keepalive: boolean;
}

/** As much of a window as the loopback transport looks at. */
function pageServing(answer: (sent: Sent) => Response) {
  const sent: Sent[] = [];
  const page = {
    document: { querySelector: () => ({ content: 'token-of-this-run' }) },
    fetch: async (address: string, init: RequestInit) => {
      const request: Sent = {
        address,
        headers: init.headers as Record<string, string>,
        body: decode(init.body as Uint8Array),
        keepalive: init.keepalive === true,
      };
      sent.push(request);
      return answer(request);
    },
  } as unknown as Window;
  return { page, sent };
}

const answering = (value: unknown) => () =>
  new Response(encode({ ok: true, value }) as Uint8Array<ArrayBuffer>);

describe('the loopback transport', () => {
  test('a call goes out with the token, and bytes come back as bytes', async () => {
    const { page, sent } = pageServing(answering({ name: 'a.dangol', bytes: new Uint8Array([1, 2, 255]) }));
    const answer = await transportOf(page).call('exchange.export', { sessions: ['s'] });
    expect(answer).toEqual({ ok: true, value: { name: 'a.dangol', bytes: new Uint8Array([1, 2, 255]) } });
    expect(sent[0]).toMatchObject({
      address: './call',
      headers: { 'x-dangol-token': 'token-of-this-run' },
      body: { method: 'exchange.export', input: { sessions: ['s'] } },
    });
  });

  test('an edit outlives the tab, a file does not try to', async () => {
    const { page, sent } = pageServing(answering(null));
    await transportOf(page).call('visits.update', { id: 'v', note: '다음 주에 다시' });
    await transportOf(page).call('exchange.import', { file: 'a.dangol', bytes: new Uint8Array(10) });
    await transportOf(page).call('visits.update', { id: 'v', note: '가'.repeat(30_000) });
    expect(sent.map((request) => request.keepalive)).toEqual([true, false, false]);
  });

  test('a shell that turns the call away is an error, not an answer', async () => {
    const { page } = pageServing(() => new Response('no', { status: 403 }));
    await expect(transportOf(page).call('app.status', {})).rejects.toThrow('403');
  });

  test("inside Electron its bridge is used, not the page's network", () => {
    const bridge = {
      call: () => Promise.resolve({ ok: true as const, value: null }),
      on: () => () => undefined,
    };
    expect(transportOf({ dangol: bridge } as unknown as Window)).toBe(bridge);
  });
});
