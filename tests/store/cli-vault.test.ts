import fs from 'node:fs';
import path from 'node:path';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { decode, encode } from '#shared/contract/wire.ts';
import { dangol, json, startDangol } from '#tests/support/cli.ts';
import { scratchDir } from '#tests/support/laptop.ts';

const OLD = '망원시장 앞 파란 우산';
const NEW = 'seven lamps by the harbour';

const as = (secret: string, fresh?: string): Record<string, string> => ({
  DANGOL_PASSPHRASE: secret,
  ...(fresh === undefined ? {} : { DANGOL_NEW_PASSPHRASE: fresh }),
});

async function run(data: string, env: Record<string, string>, ...args: string[]) {
  const { code, stdout, stderr } = await dangol(['--data', data, '--json', ...args], env);
  return { code, value: JSON.parse(stdout) as Record<string, unknown>, stderr };
}

it('a store that was made with a passphrase opens with it alone, is changed, recovered and moved', async () => {
  const data = path.join(scratchDir(), 'store');
  expect(await run(data, as('short'), 'init')).toMatchObject({
    code: 1,
    value: { error: { code: 'PASSPHRASE_WEAK' } },
  });
  expect(fs.existsSync(data)).toBe(false);
  expect((await run(data, as(OLD), 'init', '--name', '시장')).code).toBe(0);
  expect(fs.readdirSync(data).sort()).toEqual(['store.db', 'store.first', 'vault.json']);

  const locked = await json(data, 'kpis');
  expect(locked).toMatchObject({ code: 1, value: { error: { code: 'STORE_LOCKED' } } });
  expect(locked.stderr).toContain('DANGOL_PASSPHRASE');
  expect(await run(data, as('not this one'), 'kpis')).toMatchObject({
    value: { error: { code: 'PASSPHRASE_WRONG' } },
  });

  const { value } = await run(data, as(OLD), 'vault', '--recovery');
  const code = value['code'] as string;
  expect(code).toMatch(/^([0-9A-Z]{4}-){8}[0-9A-Z]{4}$/);
  // Forgotten: the code opens, and proves that whoever sets the new one may.
  expect(await run(data, as(code, NEW), 'vault', '--passphrase')).toMatchObject({ code: 0 });
  expect(await run(data, as(OLD), 'vault')).toMatchObject({ value: { error: { code: 'PASSPHRASE_WRONG' } } });
  expect(await run(data, as(NEW), 'vault')).toMatchObject({
    value: { protected: true, ways: ['recovery', 'passphrase'], keyringHere: 'none' },
  });

  const copy = path.join(scratchDir(), 'copy.db');
  expect((await run(data, as(NEW), 'backup', '--out', copy)).code).toBe(0);
  const there = path.join(scratchDir(), 'there');
  expect(await run(there, {}, 'restore', copy)).toMatchObject({ value: { error: { code: 'STORE_LOCKED' } } });
  expect((await run(there, as(NEW), 'restore', copy)).code).toBe(0);
  expect((await run(there, as(NEW), 'verify')).code).toBe(0);
});

it('the loopback shell asks the page, and answers nothing else until the passphrase comes', async () => {
  const data = path.join(scratchDir(), 'store');
  expect((await run(data, as(OLD), 'init')).code).toBe(0);
  const child = startDangol(['--data', data, 'serve', '--port', '0']);
  try {
    const [printed] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    const url = new URL(printed.trim());
    const ask = async (method: string, input: unknown, token = url.searchParams.get('token')!) => {
      const response = await fetch(new URL('./call', url), {
        method: 'POST',
        headers: { 'x-dangol-token': token },
        body: encode({ method, input }) as Uint8Array<ArrayBuffer>,
      });
      return response.ok ? decode(new Uint8Array(await response.arrayBuffer())) : response.status;
    };
    expect(await ask('app.status', {})).toMatchObject({ error: { code: 'STORE_LOCKED' } });
    expect(await ask('vault.state', {})).toEqual({ ok: true, value: { open: false, ways: ['passphrase'] } });
    expect(await ask('vault.unlock', { secret: OLD }, 'another')).toBe(403);
    expect(await ask('vault.unlock', { secret: NEW })).toMatchObject({ error: { code: 'PASSPHRASE_WRONG' } });
    expect(await ask('vault.unlock', { secret: OLD })).toEqual({ ok: true, value: { way: 'passphrase' } });
    expect(await ask('app.status', {})).toMatchObject({ ok: true, value: { vault: { protected: true } } });
    expect(await ask('vault.useKeyring', { proof: OLD })).toMatchObject({ error: { code: 'KEYRING_NONE' } });
  } finally {
    child.kill();
    await once(child, 'close');
  }
});
