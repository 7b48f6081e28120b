import fs from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import os from 'node:os';
import path from 'node:path';
import type { CoreEvent } from '#shared/contract/contract.ts';
import { startCoreHost, type CoreHost } from '#main/shells/core-host.ts';
import { readWorkbook } from '#tests/support/read-workbook.ts';

/** The core as the shells have it, in a thread, with the demo of 2024. */
let core: CoreHost;
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'dangol-apart-'));
let events: CoreEvent[] = [];

beforeAll(async () => {
  core = await startCoreHost({ dataDir: dir, create: true });
  core.on((event) => events.push(event));
  expect(await core.call('app.fillDemo', { scale: '2024', seed: 1 })).toMatchObject({ ok: true });
}, 60_000);
beforeEach(() => {
  events = [];
});
afterAll(async () => {
  await core.close();
  fs.rmSync(dir, { recursive: true });
});

const percents = (events: CoreEvent[]): number[] =>
  events.flatMap((event) => (event.kind === 'progress' && event.job === 'report' ? event.done : []));

describe('the report in a thread of its own', () => {
  it('is the workbook, and tells how far it is', async () => {
    const [answer, kpis] = await Promise.all([
      core.call('report.workbook', {}),
      core.call('report.kpis', {}),
    ]);
    if (!answer.ok || !kpis.ok) throw new Error(JSON.stringify([answer, kpis]));
    const book = await readWorkbook((answer.value as { bytes: Uint8Array }).bytes);
    const { total } = kpis.value as { total: Record<string, number> };
    expect(book.named('KPI_stores').value).toBe(total['stores']);
    const told = percents(events);
    expect(told.at(-1)).toBe(100);
    expect(told.length).toBeGreaterThan(5);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  });

  it('sees what was written a moment ago, and writes nothing', async () => {
    const before = await core.call('app.verify', {});
    const program = await core.call('records.write', { entity: 'program', set: { name: '방금 만든 사업' } });
    expect(program).toMatchObject({ ok: true });
    const answer = await core.call('report.workbook', {});
    if (!answer.ok) throw new Error(answer.error.code);
    const book = await readWorkbook((answer.value as { bytes: Uint8Array }).bytes);
    expect(book.sheets.get('사업별')!.xml).toContain('방금 만든 사업');
    expect(before).toMatchObject({ ok: true });
    expect(await core.call('app.verify', {})).toMatchObject({ ok: true, value: { faults: [] } });
  });

  it('is stopped, refused with CANCELLED, and nothing is left; the next one is made', async () => {
    const files = fs.readdirSync(dir).toSorted();
    const running = core.call('report.workbook', {});
    expect(await core.call('report.stop', {})).toEqual({ ok: true, value: null });
    expect(await running).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    expect(percents(events)).toEqual([]);
    expect(fs.readdirSync(dir).toSorted()).toEqual(files);
    expect(await core.call('report.workbook', {})).toMatchObject({ ok: true });
    // Nothing runs: there is nothing to stop.
    expect(await core.call('report.stop', {})).toEqual({ ok: true, value: null });
  });

  it('gives way to the one that is asked for last', async () => {
    const first = core.call('report.workbook', {});
    const second = core.call('report.workbook', { from: '2024-06-01' });
    expect(await first).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    expect(await second).toMatchObject({ ok: true });
  });

  it('refuses what the core would refuse', async () => {
    const program = '0193557a-1c2f-7000-8000-00000000ffff';
    expect(await core.call('report.workbook', { program })).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND', params: { id: program } },
    });
    const template = { file: '글.xlsx', bytes: new TextEncoder().encode('PK no') };
    const refused = await core.call('report.workbook', { template });
    expect(refused.ok ? '' : refused.error.code).toMatch(/^TEMPLATE_/);
  });
});
