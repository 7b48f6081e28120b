import { describe, expect, test } from 'vitest';
import { decode, encode } from '#shared/contract/wire.ts';
import { transportOf } from '../../src-renderer/transports.ts';

interface Sent {
  address: string;
  headers: Record<string, string>;
  body: unknown;
  keepalive: boolean;
}

/** As much of a window as the loopback transport looks at, with the token in its page or kept by its tab. */
function pageServing(answer: (sent: Sent) => Response, given: string | null = 'token-of-this-run') {
  const sent: Sent[] = [];
  const kept = new Map<string, string>();
  const addresses: string[] = [];
  const page = {
    document: { querySelector: () => (given === null ? null : { content: given }) },
    sessionStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    },
    history: { state: null, replaceState: (_state: null, _title: string, to: string) => addresses.push(to) },
    location: { pathname: '/', hash: '#/today', replace: (to: string) => addresses.push(to) },
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
  return { page, sent, kept, addresses };
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

  test('the token goes out of the address, and the tab keeps it for when it is loaded again', async () => {
    const first = pageServing(answering(null));
    transportOf(first.page);
    expect(first.addresses).toEqual(['/#/today']);
    const again = pageServing(answering(null), null);
    for (const [key, value] of first.kept) again.kept.set(key, value);
    await transportOf(again.page).call('app.status', {});
    expect(again.sent[0]!.headers['x-dangol-token']).toBe('token-of-this-run');
    expect(again.addresses).toEqual([]);
  });

  test('a tab that was never given one goes where the shell says how to open the program', () => {
    const { page, addresses } = pageServing(answering(null), null);
    transportOf(page);
    expect(addresses).toEqual(['./?token=']);
  });

  test("inside Electron its bridge is used, not the page's network", () => {
    const bridge = {
      call: () => Promise.resolve({ ok: true as const, value: null }),
      on: () => () => undefined,
    };
    expect(transportOf({ dangol: bridge } as unknown as Window)).toBe(bridge);
  });
});
