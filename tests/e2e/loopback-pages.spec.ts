import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { encode } from '#shared/contract/wire.ts';
import { expect, test, type App } from './fixtures.ts';

/** What a page elsewhere is given: all that it could know, and the token that it cannot. */
interface Target {
  readonly origin: string;
  readonly token: string;
  readonly script: string;
  /** A call that writes, as it goes over the wire. */
  readonly body: readonly number[];
}

/** A page of another origin, in the browser that has the program open: on another port, and under another name. */
const attacked = test.extend<{ elsewhere: { port: number; heard: string[] } }>({
  elsewhere: async ({}, use) => {
    const heard: string[] = [];
    const server = http.createServer((request, response) => {
      heard.push(`${request.url} ${request.headers.referer ?? ''}`);
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end('<!doctype html><title>elsewhere</title><body>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await use({ port: (server.address() as AddressInfo).port, heard });
    server.closeAllConnections();
    server.close();
  },
});

async function targetOf({ page }: App): Promise<Target> {
  const seen = await page.evaluate(() => ({
    origin: location.origin,
    token: sessionStorage.getItem('dangol-token') ?? '',
    script: document.querySelector<HTMLScriptElement>('script[src]')?.src ?? '',
  }));
  const call = { method: 'records.write', input: { entity: 'program', set: { name: '몰래' } } };
  expect(seen.token).toHaveLength(43);
  return { ...seen, body: [...encode(call)] };
}

/** Everything that a page can make a browser send; each way answers `held`, or what it got. */
function attack(page: Page, target: Target): Promise<Record<string, string>> {
  return page.evaluate(async ({ origin, token, script, body }) => {
    const bytes = new Uint8Array(body);
    const got: Record<string, string> = {};
    const tries = async (name: string, way: () => Promise<string>): Promise<void> => {
      const late = new Promise<string>((resolve) => setTimeout(() => resolve('no answer'), 10_000));
      got[name] = await Promise.race([way().catch(() => 'held'), late]);
    };
    const loads = (element: HTMLElement & { src: string }, src: string): Promise<string> =>
      new Promise((resolve) => {
        element.onload = () => resolve('loaded');
        element.onerror = () => resolve('held');
        element.src = src;
        document.body.append(element);
      });

    await tries('fetch', async () => (await fetch(`${origin}/call`, { method: 'POST', body: bytes })).text());
    await tries('fetch with the token', async () => {
      const headers = { 'x-dangol-token': token };
      return (await fetch(`${origin}/call`, { method: 'POST', headers, body: bytes })).text();
    });
    await tries('fetch of the page', async () => (await fetch(`${origin}/?token=${token}`)).text());
    await tries('fetch without CORS', async () => {
      const headers = { 'content-type': 'text/plain' };
      const init: RequestInit = { method: 'POST', mode: 'no-cors', headers, body: bytes };
      const response = await fetch(`${origin}/call`, init);
      return response.type === 'opaque' ? 'held' : response.text();
    });
    await tries('a beacon', async () => {
      navigator.sendBeacon(`${origin}/call`, bytes);
      return 'held';
    });
    await tries('script', () => loads(document.createElement('script'), script));
    await tries('image', () => loads(new Image(), `${origin}/favicon.svg`));
    await tries('event stream', () => {
      const source = new EventSource(`${origin}/events?token=${token}`);
      return new Promise((resolve) => {
        source.onopen = () => resolve('opened');
        source.onerror = () => resolve('held');
      });
    });
    await tries('socket', () => {
      const socket = new WebSocket(`${origin.replace('http', 'ws')}/events?token=${token}`);
      return new Promise((resolve) => {
        socket.onopen = () => resolve('opened');
        socket.onerror = () => resolve('held');
      });
    });
    const frame = document.createElement('iframe');
    for (const [name, address] of [
      ['frame', `${origin}/`],
      ['frame with the token', `${origin}/?token=${token}`],
    ] as const) {
      await tries(name, async () => {
        await loads(frame, address);
        return frame.contentDocument === null ? 'held' : 'read';
      });
    }
    await tries('form', async () => {
      const form = document.createElement('form');
      Object.assign(form, {
        method: 'post',
        action: `${origin}/call`,
        enctype: 'text/plain',
        target: 'sent',
      });
      const sent = document.createElement('iframe');
      sent.name = 'sent';
      document.body.append(sent);
      const field = document.createElement('textarea');
      field.name = new TextDecoder('latin1').decode(bytes);
      form.append(field);
      document.body.append(form);
      const done = new Promise((resolve) => (sent.onload = resolve));
      form.submit();
      await done;
      return sent.contentDocument === null ? 'held' : 'read';
    });
    await tries('window', async () => {
      const other = window.open(`${origin}/?token=${token}`);
      // COOP takes the page out of the reach of whoever opened it, which then sees it as closed.
      while (other && !other.closed) await new Promise((resolve) => setTimeout(resolve, 50));
      return other === null || other.closed ? 'held' : other.document.title;
    });
    return got;
  }, target);
}

for (const [what, host] of [
  ['on another port', '127.0.0.1'],
  ['of another site', 'evil.localhost'],
] as const) {
  attacked(`a page ${what} reaches nothing, even with the token @browser`, async ({ app, elsewhere }) => {
    const target = await targetOf(app);
    const before = await app.call('app.status', {});
    const page = await app.page.context().newPage();
    await page.goto(`http://${host}:${elsewhere.port}/`);
    const got = await attack(page, target);
    expect(got).toEqual(Object.fromEntries(Object.keys(got).map((way) => [way, 'held'])));
    expect(Object.keys(got)).toHaveLength(13);
    expect((await app.call('app.status', {})).counts).toEqual(before.counts);
    // The program goes on as if nothing had been.
    await app.page.reload();
    await expect(app.page.locator('#app').getByRole('heading').first()).toBeVisible();
  });
}

attacked('the program under another name for this machine answers nothing @browser', async ({ app }) => {
  const { origin, token } = await targetOf(app);
  const page = await app.page.context().newPage();
  for (const host of ['rebound.localhost', 'localhost']) {
    const { port } = new URL(origin);
    const reply = await page.goto(`http://${host}:${port}/?token=${token}`);
    expect([host, reply?.status()]).toEqual([host, 421]);
    const asked = await page.evaluate(async (given) => {
      const response = await fetch('/call', { method: 'POST', headers: { 'x-dangol-token': given } });
      return response.status;
    }, token);
    expect([host, asked]).toEqual([host, 421]);
  }
});

attacked('the token is in no address, and goes nowhere with a link @browser', async ({ app, elsewhere }) => {
  const { origin, token } = await targetOf(app);
  expect(app.page.url()).not.toContain(token);
  await app.page.reload();
  await expect(app.page.locator('#app').getByRole('heading').first()).toBeVisible();
  expect(app.page.url()).not.toContain(token);
  await app.page.evaluate((address) => {
    location.href = address;
  }, `http://127.0.0.1:${elsewhere.port}/from`);
  await app.page.waitForURL('**/from');
  expect(elsewhere.heard.filter((line) => line.startsWith('/from'))).toEqual(['/from ']);
  // Back again, it is the tab that has the token.
  await app.page.goBack();
  await expect(app.page.locator('#app').getByRole('heading').first()).toBeVisible();
  expect(app.page.url().startsWith(`${origin}/#`)).toBe(true);

  // Another tab has none, and is told what to do.
  const other = await app.page.context().newPage();
  await other.goto(`${origin}/`);
  await expect(other.getByText('프로그램이 알려 준 주소로 열어 주세요.')).toBeVisible();
});
