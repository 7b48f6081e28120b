import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWebdav } from '#main/outbox/webdav.ts';
import {
  DAV_PASSWORD,
  DAV_USER,
  startWebdav,
  type WebdavServer,
  whyNoApache,
} from '#tests/support/webdav-server.ts';

const never = new AbortController().signal;
function parcel(name: string, bytes: Uint8Array, key = 'k1') {
  return {
    name,
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    key,
    title: 't',
    contentType: 'application/octet-stream',
    queuedAt: '2026-11-24T01:00:00.000Z',
  };
}
describe.skipIf(whyNoApache() !== null)('first', () => {
  let server: WebdavServer;
  beforeAll(async () => {
    server = await startWebdav();
  });
  afterAll(() => server.close());
  it('works', async () => {
    const t = openWebdav({ kind: 'webdav', url: server.url, user: DAV_USER }, DAV_PASSWORD);
    const p = parcel("망원시장 보고서 (1) #50% & +'a'!.xlsx", Buffer.from('hello'));
    expect(await t.send(p, never)).toBe('arrived');
    expect(await t.send(p, never)).toBe('already');
    expect(server.names()).toEqual([p.name]);
    expect(fs.readFileSync(path.join(server.dir, p.name), 'utf8')).toBe('hello');
    await t.test(never);
    expect(server.names()).toEqual([p.name]);
  });
});
