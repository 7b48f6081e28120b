import { describe, expect, it } from 'vitest';
import { dangol, json } from '#tests/support/cli.ts';
import { laptop } from '#tests/support/laptop.ts';
import { market, shop, scene } from '#tests/support/duplicate-shops.ts';

describe('the command line', () => {
  it('prints the pairs as one array, each reason with a sentence', async () => {
    const { at, site, a, b } = await scene();
    const all = await json(at.dir, 'duplicates');
    expect(all).toMatchObject({ code: 0, stderr: '' });
    const [pair] = all.value as {
      left: { id: string };
      right: { id: string };
      score: number;
      reasons: object[];
    }[];
    expect([pair!.left.id, pair!.right.id]).toEqual([a, b].sort());
    expect(pair!.score).toBeGreaterThan(0.99);
    expect(pair!.reasons).toContainEqual({
      field: 'name',
      kind: 'same',
      weight: 7,
      left: expect.any(String) as string,
      right: expect.any(String) as string,
      text: 'The names are the same',
    });
    const [few, sure, bad, none] = await Promise.all([
      json(at.dir, 'duplicates', '--site', site, '--limit', '1', '--min', '0.2'),
      json(at.dir, 'duplicates', '--min', '1'),
      dangol(['--data', at.dir, 'duplicates', '--min', 'much']),
      dangol(['--data', at.dir, '--json', 'duplicates', '--site', a]),
    ]);
    expect(few.value).toHaveLength(1);
    expect(sure).toMatchObject({ code: 0, value: [] });
    expect(bad.code).toBe(2);
    expect(none).toMatchObject({ code: 1 });
    expect(JSON.parse(none.stdout)).toMatchObject({ error: { code: 'NOT_FOUND', entity: 'site' } });
  });

  it('says on the side what stands at too many shops to be compared', async () => {
    const at = laptop('office');
    const site = await market(at);
    for (let count = 0; count < 101; count += 1) {
      const name = `${String.fromCharCode(0xac00 + count * 97)}${String.fromCharCode(0xb098 + count * 89)}집`;
      await shop(at, site, { name, phone: '02-335-3591' });
    }
    const { code, value, stderr } = await json(at.dir, 'duplicates');
    expect({ code, value }).toEqual({ code: 0, value: [] });
    expect(stderr).toBe(
      'phone: 1 keys stand at too many shops (up to 101); 4095 pairs were not met by them\n',
    );
  });
});
