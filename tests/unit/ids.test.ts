import { describe, expect, it } from 'vitest';
import { idFromParts, newId } from '#shared/model/ids.ts';
import { entityNames, model, type EntityName } from '#shared/model/model.ts';
import type { Entity } from '#shared/model/field.ts';

const A = '0191aaaa-0000-7000-8000-000000000001';
const B = '0191aaaa-0000-7000-8000-000000000002';

describe('the id of a fact that two laptops can record', () => {
  // Computed by another program from the same namespace. They may never change: laptops in the field have made them.
  it.each<[EntityName, string[], string]>([
    ['attendance', [A, B], 'cef77dd4-93b8-5829-bede-ca006aa0dd5d'],
    ['check', [A, 'channel'], '6f9377a6-c347-5a75-961d-f9da436446f2'],
    ['check', [A, '톡채널'], 'c262a643-6b5e-5f63-b740-aa81b3f27d72'],
    ['friendReading', [A, '2026-11-24'], '7d7a0fee-7961-5361-93b1-93f443108e6a'],
    ['noticeDelivery', [A, B], 'e25e2a0e-cb8b-5ad3-9e2c-453ad5d7c358'],
    ['match', [A, B], '6bc0ef15-5a69-58f1-a201-06d286fcfd39'],
  ])('%s of %j', (entity, parts, id) => {
    expect(idFromParts(entity, parts)).toBe(id);
  });

  it('does not depend on which shop stands left', () => {
    expect(idFromParts('match', [B, A])).toBe(idFromParts('match', [A, B]));
    expect(idFromParts('attendance', [B, A])).not.toBe(idFromParts('attendance', [A, B]));
  });

  it('takes as many parts as the model says, and not of an entity that has none', () => {
    expect(() => idFromParts('attendance', [A])).toThrow(TypeError);
    expect(() => idFromParts('store', [A])).toThrow(TypeError);
    const made = entityNames.filter((name) => (model[name] as Entity).idFrom);
    expect(made).toEqual(['attendance', 'check', 'friendReading', 'match', 'noticeDelivery']);
  });
});

describe('a new id', () => {
  it('is a UUIDv7 of its time and randomness', () => {
    const random = Uint8Array.from({ length: 16 }, (_none, i) => i);
    expect(newId(0x0193557a1c2f, random)).toMatch(
      /^0193557a-1c2f-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(newId(0x0193557a1c2f, random)).toBe(newId(0x0193557a1c2f, random));
    expect(newId(0x0193557a1c2f, new Uint8Array(16))).not.toBe(newId(0x0193557a1c2f, random));
    expect(newId(1, random) < newId(2, random)).toBe(true);
  });
});
