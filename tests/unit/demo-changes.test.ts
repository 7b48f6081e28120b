import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { demoChanges } from '#main/features/demo/generator.ts';
import { faultOf, isUuid, type Change } from '#shared/merge/change.ts';
import { parseChangeId } from '#shared/merge/clock.ts';
import { project } from '#shared/merge/register.ts';
import { idFromParts } from '#shared/model/ids.ts';
import { fieldOf, fieldsOf, isEntityName, model, type EntityName } from '#shared/model/model.ts';
import type { Entity } from '#shared/model/field.ts';

// The national demo is made several times over, on machines that do other things as well.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** The form of the demo's changes, and that they are spread as field data is. The figures are in demo.test.ts. */

const SEOUL_MS = 9 * 60 * 60 * 1000;

/** The hash of the changes as lines; of the first `count` of them, if given. */
function hashOf(scale: '2024' | 'national', seed: number, count = Infinity): string {
  const hash = createHash('sha256');
  let line = 0;
  for (const change of demoChanges({ scale, seed })) {
    if (line++ === count) break;
    hash.update(JSON.stringify(change) + '\n');
  }
  return hash.digest('hex');
}

function byRecord(changes: readonly Change[]): Map<string, Change[]> {
  return Map.groupBy(changes, (change) => change.record);
}

describe('a seed alone decides', () => {
  it('gives the same bytes on every run', () => {
    expect(hashOf('national', 1)).toBe(hashOf('national', 1));
    expect(hashOf('2024', 2)).not.toBe(hashOf('2024', 1));
  });

  it('begins the national changes with those of 2024', () => {
    const count = [...demoChanges({ scale: '2024', seed: 1 })].length;
    expect(hashOf('national', 1, count)).toBe(hashOf('2024', 1));
  });
});

describe.each(['2024', 'national'] as const)('the changes of %s', (scale) => {
  let changes: Change[];
  beforeAll(() => {
    changes = [...demoChanges({ scale, seed: 1 })];
  });

  it('are changes that any laptop takes in, with ids that rise on each laptop', () => {
    expect(changes.map(faultOf).filter((fault) => fault !== null)).toEqual([]);
    const last = new Map<string, string>();
    const backwards = changes.filter(({ id }) => {
      const { laptop } = parseChangeId(id);
      const back = id <= (last.get(laptop) ?? '');
      last.set(laptop, id);
      return back;
    });
    expect(backwards).toEqual([]);
    expect(new Set(changes.map((change) => change.id)).size).toBe(changes.length);
    expect(last.size).toBeGreaterThanOrEqual(10);
  });

  it('name as prior what came before on the same record, and leave no conflict', () => {
    for (const [record, list] of byRecord(changes)) {
      const seen = new Map<string, Change>();
      for (const change of list) {
        for (const [field, ids] of Object.entries(change.prior ?? {})) {
          for (const id of ids) expect(seen.get(id)?.set, `${record} ${field}`).toHaveProperty(field);
        }
        seen.set(change.id, change);
      }
      expect(project(list).conflicts).toEqual({});
    }
  });

  it('have records and fields of the model, codes that it knows, and ids from their parts', () => {
    const entityOf = new Map(changes.map((change) => [change.record, change.entity]));
    const problems: string[] = [];
    for (const [record, list] of byRecord(changes)) {
      const entity = list[0]!.entity as EntityName;
      if (!isEntityName(entity) || !isUuid(record)) problems.push(`${entity} ${record}`);
      const { fields } = project(list);
      for (const [name, value] of Object.entries(fields)) {
        const field = name === 'deleted' ? undefined : fieldOf(entity, name);
        if (name !== 'deleted' && !field) problems.push(`${entity}.${name}`);
        if (field?.codes && !Object.hasOwn(field.codes, String(value)))
          problems.push(`${name} ${String(value)}`);
        const ids = field?.kind === 'ref' ? [value] : field?.kind === 'refs' ? (value as string[]) : [];
        for (const id of ids) {
          const target = entityOf.get(String(id));
          if (!target || (field!.to !== '*' && field!.to !== target))
            problems.push(`${entity}.${name} to ${target}`);
        }
      }
      const { idFrom }: Entity = model[entity];
      if (
        idFrom &&
        idFromParts(
          entity,
          idFrom.map((part) => String(fields[part])),
        ) !== record
      ) {
        problems.push(`${entity} ${record} is not of its parts`);
      }
    }
    expect(problems).toEqual([]);
  });

  it('are written by people of the demo, on working days between 2022 and the publication', () => {
    const kinds = new Map<string, unknown>();
    for (const { entity, record, set } of changes)
      if (entity === 'person' && set?.['kind']) kinds.set(record, set['kind']);
    const odd = changes.filter(({ id, author }) => {
      const time = new Date(parseChangeId(id).ms + SEOUL_MS);
      const day = time.toISOString();
      const staff = ['trainer', 'coordinator'].includes(String(kinds.get(String(author))));
      const hour = time.getUTCHours();
      const works = ![0, 6].includes(time.getUTCDay()) && hour >= 8 && hour < 19;
      return !staff || !works || day < '2022-03' || day >= '2024-12-17';
    });
    expect(odd.slice(0, 3)).toEqual([]);
  });

  it('are visits and marks made on the day of their session', () => {
    const days = new Map(changes.filter((c) => c.set?.['date']).map((c) => [c.record, c.set!['date']]));
    const dayOf = (id: string) => new Date(parseChangeId(id).ms + SEOUL_MS).toISOString().slice(0, 10);
    const visits = changes.filter((change) => change.entity === 'visit' && change.set?.['session']);
    const odd = visits.filter(({ id, set }) => {
      const day = days.get(String(set!['session']));
      return day !== set!['date'] || day !== dayOf(id);
    });
    expect(visits.length).toBeGreaterThan(1000);
    expect(odd).toEqual([]);
  });

  it('keep a trainer in one place at a time', () => {
    const states = [...byRecord(changes)]
      .filter(([, list]) => list[0]!.entity === 'visit')
      .map(([, list]) => project(list));
    const visits = states.map(({ fields }) => fields).filter((fields) => !fields['deleted']);
    const ways = Map.groupBy(visits, (fields) => `${String(fields['trainer'])} ${String(fields['date'])}`);
    for (const way of ways.values()) {
      way.sort((left, right) => (String(left['startedAt']) < String(right['startedAt']) ? -1 : 1));
      expect(new Set(way.map((fields) => fields['session'])).size).toBe(1);
      way.slice(1).forEach((fields, place) => {
        expect(String(fields['startedAt']) > String(way[place]!['endedAt'])).toBe(true);
      });
    }
  });
});

describe('the spread of field data', () => {
  const changes = [...demoChanges({ scale: '2024', seed: 1 })];
  const lists = [...byRecord(changes).values()];
  const of = (entity: EntityName) => lists.filter((list) => list[0]!.entity === entity);
  const states = (entity: EntityName) => of(entity).map((list) => project(list).fields);
  const live = (entity: EntityName) => states(entity).filter((fields) => fields['deleted'] !== true);
  const share = (part: number, all: readonly unknown[]) => part / all.length;

  it('has every outcome of a visit, every mark, every state of an item, and shops visited again', () => {
    for (const [entity, field] of [
      ['visit', 'outcome'],
      ['attendance', 'status'],
      ['check', 'state'],
      ['store', 'status'],
      ['surveyResponse', 'mode'],
      ['match', 'decision'],
    ] as const) {
      const codes = Object.keys(fieldOf(entity, field)!.codes!).sort();
      expect([...new Set(live(entity).map((fields) => String(fields[field])))].sort()).toEqual(codes);
    }
    const visits = Map.groupBy(live('visit'), (fields) => fields['store']);
    expect([...visits.values()].filter((list) => list.length > 1).length).toBeGreaterThan(200);
  });

  it('has gaps: phones, owners, places, answers, and sheets never handed in', () => {
    const stores = live('store');
    for (const field of ['phone', 'ownerName', 'businessNumber', 'latitude', 'unit', 'roadAddress']) {
      const missing = share(stores.filter((fields) => fields[field] === undefined).length, stores);
      expect(missing, field).toBeGreaterThan(0.03);
      expect(missing, field).toBeLessThan(0.8);
    }
    const sheets = live('surveyResponse');
    expect(sheets.some((fields) => !fields['submittedAt'])).toBe(true);
    expect(sheets.some((fields) => Object.keys(fields['answers'] as object).length < 6)).toBe(true);
  });

  it('invents plainly: phones, business numbers and addresses on the web', () => {
    const phones = [...live('store'), ...live('person'), ...live('site')].flatMap(
      (fields) => fields['phone'] ?? [],
    );
    expect(phones.filter((phone) => !/^010-0000-\d{4}$/.test(String(phone)))).toEqual([]);
    const numbers = live('store')
      .flatMap((fields) => fields['businessNumber'] ?? [])
      .map(String);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const number of numbers) {
      expect(number).toMatch(/^000-00-\d{5}$/);
      const digits = [...number.replaceAll('-', '')].map(Number);
      const weights = [1, 3, 7, 1, 3, 7, 1, 3, 5, 1];
      const sum = digits.reduce((total, digit, place) => total + digit * weights[place]!, 0);
      expect((sum + Math.floor((digits[8]! * 5) / 10)) % 10).toBe(0);
    }
    const urls = live('store').flatMap((fields) => fields['channelUrl'] ?? []);
    expect(urls.filter((url) => !/^http:\/\/pf\.kakao\.com\/_demo\d{4,}$/.test(String(url)))).toEqual([]);
  });

  it('has a history: values replaced from other laptops, conflicts settled, records deleted and taken back', () => {
    const laptopOf = (id: string) => parseChangeId(id).laptop;
    const replaced = changes.filter((change) =>
      Object.entries(change.prior ?? {}).some(
        ([field, ids]) => field in change.set! && ids.some((id) => laptopOf(id) !== laptopOf(change.id)),
      ),
    );
    expect(replaced.length).toBeGreaterThan(100);
    const settled = changes.filter((change) => (change.prior?.['phone']?.length ?? 0) > 1);
    expect(settled.length).toBe(2);

    const deleted = lists
      .filter((list) => project(list).fields['deleted'] === true)
      .map((list) => list[0]!.entity);
    const kinds = 'attendance friendReading grant noticeDelivery person session store surveyResponse visit';
    expect([...new Set(deleted)].sort().join(' ')).toBe(kinds);
    expect(lists.some((list) => list.some((change) => change.set!['deleted'] === false))).toBe(true);
    const twoHeads = changes.filter((change) => change.set!['deleted'] === true && change.prior?.['deleted']);
    expect(twoHeads.length).toBe(1);
  });

  it('lets a deletion name the heads of all fields that its author had', () => {
    for (const list of lists) {
      for (const [place, change] of list.entries()) {
        if (change.set!['deleted'] !== true) continue;
        const known = new Set(list.slice(0, place).flatMap((before) => Object.keys(before.set!)));
        expect(Object.keys(change.prior!).sort()).toEqual([...known].sort());
      }
    }
  });

  it('has two laptops that agree on one mark without knowing of each other', () => {
    const twice = of('attendance').filter((list) => {
      const marks = list.filter((change) => change.set!['status']);
      return marks.length > 1 && marks.every((change) => !change.prior?.['status']);
    });
    expect(twice.length).toBeGreaterThan(3);
  });

  it('uses every field of the model but those that need a file', () => {
    const used = new Set(
      changes.flatMap(({ entity, set }) => Object.keys(set!).map((name) => `${entity}.${name}`)),
    );
    const unused = (Object.keys(model) as EntityName[])
      .flatMap((entity) => fieldsOf(entity).map(([name]) => `${entity}.${name}`))
      .filter((name) => !used.has(name) && !name.startsWith('photo.') && !name.startsWith('destruction.'));
    expect(unused).toEqual([
      'program.unfinishedSurveys',
      'program.retentionMonths',
      'site.phone',
      'site.note',
      'person.consentBy',
      'person.consentWithdrawnOn',
      'attendance.signature',
      // The demo's visits are from before visits named their checklist, and its templates have one version each.
      'visit.checklistTemplate',
      'check.photo',
      'check.note',
      'checklistTemplate.basedOn',
      'surveyTemplate.consentText',
      'surveyTemplate.basedOn',
      // What is left of answers after a destruction.
      'surveyResponse.counted',
      'surveyResponse.consentedAt',
    ]);
  });
});
