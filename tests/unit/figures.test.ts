import { describe, expect, it } from 'vitest';
import { figureNames, type FigureName, type Figures } from '#shared/contract/report.ts';
import { definitions } from '#shared/figures/definitions.ts';
import { factsOf } from '#shared/figures/facts.ts';
import { kpisOf } from '#shared/figures/measure.ts';
import { figures, rows, siteOfEach, two, type Given } from '#tests/support/figure-cases.ts';

describe('figures', () => {
  it('are zero, and means nothing, without data', () => {
    const { total, programs } = kpisOf(factsOf(rows({ programs: [] }), {}), [], {});
    const empty = Object.fromEntries(
      figureNames.map((name) => [name, ['surveyMean', 'surveyHelpfulShare'].includes(name) ? null : 0]),
    );
    expect(total).toEqual(empty);
    expect(programs).toEqual([]);
  });

  it('do not depend on the order of rows', () => {
    const given: Given = {
      programs: two,
      sites: siteOfEach,
      stores: ['1', '2', '3', '4'].map((id, at) => ({
        id,
        site: at % 2 ? 'sa' : 'sb',
        channelOpenedOn: `2024-05-0${id}`,
      })),
      matches: [
        { left: '4', right: '1' },
        { left: '2', right: '4' },
      ],
      friendReadings: ['1', '2', '4'].map((owner) => ({
        owner,
        ownerKind: 'store',
        date: '2024-05-01',
        friends: Number(owner),
      })),
      grants: ['1', '2', '3'].map((store) => ({ program: 'a', store, amount: 1 })),
    };
    const turned = Object.fromEntries(
      Object.entries(given).map(([table, list]) => [
        table,
        table === 'programs' ? list : (list as unknown[]).toReversed(),
      ]),
    ) as Given;
    expect(figures(turned)).toEqual(figures(given));
  });

  it('of one programme are the same, asked for alone or among all', () => {
    const given: Given = {
      programs: two,
      sites: siteOfEach,
      stores: [
        { id: '1', site: 'sa' },
        { id: '2', site: 'sb', channelOpenedOn: '2024-05-01' },
        { id: '3', site: 'sb' },
      ],
      matches: [{ left: '1', right: '2' }],
      friendReadings: [{ owner: '2', ownerKind: 'store', date: '2024-05-01', friends: 5 }],
      grants: [{ program: 'a', store: '2', amount: 3 }],
    };
    for (const program of ['a', 'b']) {
      const alone = figures(given, { program });
      expect(alone.by).toEqual({ [program]: figures(given).by[program] });
      expect(alone.total).toMatchObject(pick(alone.by[program]!));
    }
  });

  it('each have a name and a meaning in both languages', () => {
    expect(Object.keys(definitions)).toEqual([...figureNames]);
    for (const { label, meaning } of Object.values(definitions)) {
      for (const text of [label.ko, label.en, meaning.ko, meaning.en]) expect(text.length).toBeGreaterThan(1);
    }
    for (const name of ['sites', 'stores', 'firstOnlineStores'] as const) {
      expect(definitions[name].meaning.ko).toContain('기간을 정해도');
    }
  });
});

function pick(from: Figures): Partial<Figures> {
  return Object.fromEntries(figureNames.map((name: FigureName) => [name, from[name]]));
}
