import { describe, expect, it } from 'vitest';
import { figureNames, type FigureName, type Figures } from '#shared/contract/report.ts';
import { definitions } from '#shared/figures/definitions.ts';
import { factsOf } from '#shared/figures/facts.ts';
import { kpisOf } from '#shared/figures/measure.ts';
import type { FigureRows } from '#shared/figures/rows.ts';
import type { Question } from '#shared/figures/scope.ts';

type Given = {
  [T in keyof FigureRows]?: FigureRows[T] extends readonly (infer R)[] ? Partial<R>[] : never;
} & {
  gone?: { [T in keyof FigureRows['deleted']]?: string[] };
};

/** Rows with what a case does not care about filled in as null. Programme a is there unless the case brings its own. */
function rows({ gone = {}, ...given }: Given): FigureRows {
  const fill = <R>(list: Partial<R>[] | undefined, empty: R): R[] =>
    (list ?? []).map((row) => ({ ...empty, ...row }));
  const program = { id: 'a', name: '가', kind: null };
  return {
    programs: fill(given.programs ?? [program], program),
    sites: fill(given.sites, { id: '', program: null, kind: null }),
    stores: fill(given.stores, {
      id: '',
      site: null,
      channelOpenedOn: null,
      mapRegisteredOn: null,
      firstOnline: null,
      status: null,
    }),
    matches: fill(given.matches, { left: '', right: '' }),
    sessions: fill(given.sessions, { id: '', program: null, site: null, kind: null, date: null }),
    people: fill(given.people, { id: '', kind: null }),
    attendance: fill(given.attendance, { session: null, person: null, status: null }),
    visits: fill(given.visits, { session: null, store: null, date: null }),
    surveyTemplates: fill(given.surveyTemplates, { id: '', questions: null }),
    surveyResponses: fill(given.surveyResponses, {
      session: null,
      store: null,
      template: null,
      submittedAt: null,
      answers: null,
    }),
    friendReadings: fill(given.friendReadings, { owner: null, ownerKind: null, date: null, friends: null }),
    grants: fill(given.grants, { program: null, store: null, amount: null, grantedOn: null }),
    awards: fill(given.awards, { program: null, store: null, awardedOn: null }),
    deleted: {
      sites: new Set(gone.sites),
      stores: new Set(gone.stores),
      sessions: new Set(gone.sessions),
      people: new Set(gone.people),
    },
  };
}

function figures(given: Given, question: Question = {}): { total: Figures; by: Record<string, Figures> } {
  const all = rows(given);
  const { total, programs } = kpisOf(factsOf(all, question), all.programs, question);
  return { total, by: Object.fromEntries(programs.map((program) => [program.id, program])) };
}

interface Case {
  readonly says: string;
  readonly given: Given;
  readonly question?: Question;
  readonly total: Partial<Figures>;
  readonly a?: Partial<Figures>;
  readonly b?: Partial<Figures>;
}

const two = [{ id: 'a' }, { id: 'b' }];
const siteOfEach = [
  { id: 'sa', program: 'a' },
  { id: 'sb', program: 'b' },
];
const scale = {
  id: 't',
  questions: [
    { key: 'x', label: 'x', kind: 'scale' },
    { key: 'y', label: 'y', kind: 'scale' },
    { key: 'h', label: 'h', kind: 'yesNo', role: 'helpful' },
    { key: 'other', label: 'other', kind: 'yesNo' },
  ],
};

const cases: Record<string, Case[]> = {
  sites: [
    {
      says: 'leaves out the whole country',
      given: {
        sites: [
          { id: '1', program: 'a', kind: 'street' },
          { id: '2', program: 'a', kind: 'nationwide' },
          { id: '3', program: 'a' },
        ],
      },
      total: { sites: 2 },
      a: { sites: 2 },
    },
    {
      says: 'of an unknown programme count in the total alone',
      given: { sites: [{ id: '1', program: 'gone' }, { id: '2' }] },
      total: { sites: 2 },
      a: { sites: 0 },
    },
    {
      says: 'are not limited by a period',
      given: { sites: [{ id: '1', program: 'a' }] },
      question: { from: '2030-01-01' },
      total: { sites: 1 },
    },
  ],
  stores: [
    {
      says: 'count without declined ones',
      given: {
        sites: siteOfEach,
        stores: [
          { id: '1', site: 'sa', status: 'active' },
          { id: '2', site: 'sa', status: 'declined' },
          { id: '3', site: 'sa', status: 'closed' },
          { id: '4', site: 'sa' },
        ],
      },
      total: { stores: 3 },
      a: { stores: 3 },
    },
    {
      says: 'of an unknown site count in the total alone',
      given: { stores: [{ id: '1', site: 'elsewhere' }, { id: '2' }] },
      total: { stores: 2 },
      a: { stores: 0 },
    },
    {
      says: 'joined as the same count once, through others too',
      given: {
        sites: siteOfEach,
        stores: [
          { id: '1', site: 'sa' },
          { id: '2', site: 'sa' },
          { id: '3', site: 'sa' },
          { id: '4', site: 'sa' },
        ],
        matches: [
          { left: '1', right: '2' },
          { left: '2', right: '3' },
        ],
      },
      total: { stores: 2 },
      a: { stores: 2 },
    },
    {
      says: 'joined through a shop that is not here',
      given: {
        sites: siteOfEach,
        stores: [
          { id: '1', site: 'sa' },
          { id: '3', site: 'sa' },
        ],
        matches: [
          { left: '1', right: '2' },
          { left: '2', right: '3' },
        ],
      },
      total: { stores: 1 },
      a: { stores: 1 },
    },
    {
      says: 'joined over two programmes count once in each and once in all',
      given: {
        programs: two,
        sites: siteOfEach,
        stores: [
          { id: '1', site: 'sa' },
          { id: '2', site: 'sb' },
          { id: '3', site: 'sb' },
        ],
        matches: [{ left: '1', right: '2' }],
      },
      total: { stores: 2 },
      a: { stores: 1 },
      b: { stores: 2 },
    },
    {
      says: 'joined with a declined one count by the other',
      given: {
        sites: siteOfEach,
        stores: [
          { id: '1', site: 'sa', status: 'declined', channelOpenedOn: '2024-01-01' },
          { id: '2', site: 'sa' },
        ],
        matches: [{ left: '1', right: '2' }],
      },
      total: { stores: 1, channelsOpened: 0 },
      a: { stores: 1 },
    },
    {
      says: 'all declined in one programme count in the other alone',
      given: {
        programs: two,
        sites: siteOfEach,
        stores: [
          { id: '1', site: 'sa', status: 'declined' },
          { id: '2', site: 'sb' },
        ],
        matches: [{ left: '1', right: '2' }],
      },
      total: { stores: 1 },
      a: { stores: 0 },
      b: { stores: 1 },
    },
    {
      says: 'of one programme alone, when it is asked for',
      given: {
        programs: two,
        sites: siteOfEach,
        stores: [{ id: '1', site: 'sa' }, { id: '2', site: 'sb' }, { id: '3' }],
        matches: [{ left: '1', right: '2' }],
      },
      question: { program: 'b' },
      total: { stores: 1 },
      b: { stores: 1 },
    },
  ],
  channelsOpened: [
    {
      says: 'have the day',
      given: {
        stores: [
          { id: '1', channelOpenedOn: '2024-05-01' },
          { id: '2' },
          { id: '3', channelOpenedOn: 'soon' },
        ],
      },
      total: { channelsOpened: 1, mapRegistered: 0 },
    },
    {
      says: 'include both ends of a period',
      given: {
        stores: [
          { id: '1', channelOpenedOn: '2024-05-01' },
          { id: '2', channelOpenedOn: '2024-05-31' },
          { id: '3', channelOpenedOn: '2024-04-30' },
          { id: '4', channelOpenedOn: '2024-06-01' },
        ],
      },
      question: { from: '2024-05-01', to: '2024-05-31' },
      total: { channelsOpened: 2, stores: 4 },
    },
    {
      says: 'go by the earliest day of same shops, in whichever programme it stands',
      given: {
        programs: two,
        sites: siteOfEach,
        stores: [
          { id: '1', site: 'sa', channelOpenedOn: '2024-05-02' },
          { id: '2', site: 'sb', channelOpenedOn: '2024-04-01' },
          { id: '3', site: 'sb' },
        ],
        matches: [
          { left: '1', right: '2' },
          { left: '3', right: '1' },
        ],
      },
      question: { from: '2024-05-01' },
      total: { channelsOpened: 0 },
      a: { channelsOpened: 0 },
    },
    {
      says: 'give their day to same shops without one',
      given: {
        programs: two,
        sites: siteOfEach,
        stores: [
          { id: '1', site: 'sa', mapRegisteredOn: '2024-05-02' },
          { id: '2', site: 'sb' },
        ],
        matches: [{ left: '1', right: '2' }],
      },
      total: { mapRegistered: 1 },
      a: { mapRegistered: 1 },
      b: { mapRegistered: 1 },
    },
  ],
  firstOnlineStores: [
    {
      says: 'said yes, one member is enough',
      given: {
        stores: [
          { id: '1', firstOnline: 1 },
          { id: '2', firstOnline: 0 },
          { id: '3' },
          { id: '4', firstOnline: 0 },
        ],
        matches: [{ left: '1', right: '2' }],
      },
      question: { to: '2000-01-01' },
      total: { firstOnlineStores: 1 },
    },
  ],
  sessions: [
    {
      says: 'of every kind, with or without anyone',
      given: {
        sessions: [
          { id: '1', program: 'a', kind: 'class' },
          { id: '2', program: 'a', kind: 'sharing' },
          { id: '3', program: 'gone' },
        ],
        attendance: [
          { session: '1', person: 'p' },
          { session: '1', person: 'q' },
        ],
      },
      total: { sessions: 3 },
      a: { sessions: 2 },
    },
    {
      says: 'go by their date; without one they fall out of a period',
      given: { sessions: [{ id: '1', date: '2024-05-01' }, { id: '2', date: '2024-05-02' }, { id: '3' }] },
      question: { to: '2024-05-01' },
      total: { sessions: 1 },
    },
  ],
  visits: [
    {
      says: 'each counts, whatever came of it',
      given: {
        sessions: [{ id: '1', program: 'a' }],
        visits: [
          { session: '1', store: 's' },
          { session: '1', store: 's' },
          { session: null },
          { session: 'unknown' },
        ],
      },
      total: { visits: 4 },
      a: { visits: 2 },
    },
    {
      says: 'of a deleted session or store do not count',
      given: {
        visits: [{ session: '1' }, { store: 's' }, { store: 'kept' }],
        gone: { sessions: ['1'], stores: ['s'] },
      },
      total: { visits: 1 },
    },
    {
      says: 'go by their own date',
      given: {
        sessions: [{ id: '1', program: 'a', date: '2024-05-01' }],
        visits: [{ session: '1', date: '2024-05-02' }],
      },
      question: { from: '2024-05-02' },
      total: { visits: 1, sessions: 0 },
      a: { visits: 1 },
    },
  ],
  merchantsTrained: [
    {
      says: 'were present or late at a class, each once',
      given: {
        programs: two,
        people: ['m', 'n', 'o', 'q']
          .map((id) => ({ id, kind: 'merchant' }))
          .concat({ id: 't', kind: 'trainer' }),
        sessions: [
          { id: '1', program: 'a', kind: 'class' },
          { id: '2', program: 'a', kind: 'class' },
          { id: '3', program: 'b', kind: 'class' },
          { id: '4', program: 'b', kind: 'visitDay' },
        ],
        attendance: [
          { session: '1', person: 'm', status: 'present' },
          { session: '2', person: 'm', status: 'late' },
          { session: '3', person: 'm', status: 'present' },
          { session: '1', person: 'n', status: 'late' },
          { session: '1', person: 'o', status: 'absent' },
          { session: '1', person: 't', status: 'present' },
          { session: '4', person: 'q', status: 'present' },
        ],
      },
      total: { merchantsTrained: 2 },
      a: { merchantsTrained: 2 },
      b: { merchantsTrained: 1 },
    },
    {
      says: 'who are deleted, or at a deleted session, do not count',
      given: {
        people: [{ id: 'n', kind: 'merchant' }],
        sessions: [{ id: '1', kind: 'class' }],
        attendance: [
          { session: '1', person: 'm', status: 'present' },
          { session: '2', person: 'n', status: 'present' },
        ],
        gone: { people: ['m'], sessions: ['2'] },
      },
      total: { merchantsTrained: 0, sessions: 1 },
    },
    {
      says: 'by the date of the class',
      given: {
        people: [{ id: 'm', kind: 'merchant' }],
        sessions: [{ id: '1', kind: 'class', date: '2024-05-01' }],
        attendance: [{ session: '1', person: 'm', status: 'present' }],
      },
      question: { from: '2024-05-02' },
      total: { merchantsTrained: 0 },
    },
  ],
  surveyResponses: [
    {
      says: 'were handed in',
      given: {
        sessions: [{ id: '1', program: 'a' }],
        surveyResponses: [
          { session: '1', submittedAt: '2024-05-01T00:00:00Z' },
          { session: '1' },
          { submittedAt: '2024-05-01T00:00:00Z' },
        ],
      },
      total: { surveyResponses: 2 },
      a: { surveyResponses: 1 },
    },
    {
      says: 'go by the day in Seoul',
      given: {
        surveyResponses: [
          '2024-04-30T14:59:59.999Z',
          '2024-04-30T15:00:00Z',
          '2024-05-01T14:59:59Z',
          '2024-05-01T15:00:00Z',
          'later',
        ].map((submittedAt) => ({ submittedAt })),
      },
      question: { from: '2024-05-01', to: '2024-05-01' },
      total: { surveyResponses: 2 },
    },
    {
      says: 'of a deleted session or store do not count',
      given: {
        surveyResponses: [
          { session: '1', submittedAt: '2024-05-01T00:00:00Z' },
          { store: 's', submittedAt: '2024-05-01T00:00:00Z' },
        ],
        gone: { sessions: ['1'], stores: ['s'] },
      },
      total: { surveyResponses: 0 },
    },
  ],
  surveyMean: [
    {
      says: 'is the mean of the means, not of all answers',
      given: {
        surveyTemplates: [scale],
        surveyResponses: [
          { template: 't', submittedAt: 'x', answers: { x: 5, y: 4 } },
          { template: 't', submittedAt: 'x', answers: { x: 1 } },
        ],
      },
      total: { surveyMean: 2.75 },
    },
    {
      says: 'takes 5-point questions alone, and whole answers from 1 to 5',
      given: {
        surveyTemplates: [scale],
        surveyResponses: [
          { template: 't', submittedAt: 'x', answers: { x: 4, y: 6, other: 1 } },
          { template: 't', submittedAt: 'x', answers: { x: 4.5, y: '3' } },
          { template: 't', submittedAt: 'x', answers: { h: true } },
        ],
      },
      total: { surveyMean: 4, surveyResponses: 3 },
    },
    {
      says: 'without a known template takes every whole answer from 1 to 5',
      given: {
        surveyTemplates: [{ id: 'odd', questions: { later: true } }],
        surveyResponses: [
          { template: 'odd', submittedAt: 'x', answers: { p: 3, q: 5, r: 7, s: 'five', t: true } },
          { template: 'gone', submittedAt: 'x', answers: { p: 2 } },
          { submittedAt: 'x', answers: ['1'] },
        ],
      },
      total: { surveyMean: 3 },
    },
    {
      says: 'is nothing without answers',
      given: { surveyResponses: [{ submittedAt: 'x', answers: {} }] },
      total: { surveyMean: null, surveyHelpfulShare: null },
    },
    {
      says: 'does not show in which order it was added',
      given: {
        surveyResponses: [
          [5, 5, 4],
          [4, 5, 5, 5, 5],
          [5, 5, 5, 5, 4, 5, 5],
        ].map((list) => ({ submittedAt: 'x', answers: { ...list } })),
      },
      total: { surveyMean: 4.774603175 },
    },
  ],
  surveyHelpfulShare: [
    {
      says: 'is yes among those who answered',
      given: {
        surveyTemplates: [scale],
        surveyResponses: [{ h: true }, { h: false }, { h: true }, { x: 3 }, { h: 'yes' }].map((answers) => ({
          template: 't',
          submittedAt: 'x',
          answers,
        })),
      },
      total: { surveyHelpfulShare: 0.666666667 },
    },
    {
      says: 'needs a template that says which question it is',
      given: { surveyResponses: [{ submittedAt: 'x', answers: { h: true } }] },
      total: { surveyHelpfulShare: null },
    },
  ],
  friends: [
    {
      says: 'are the latest of each site and shop',
      given: {
        sites: siteOfEach,
        stores: [{ id: '1', site: 'sa' }],
        friendReadings: [
          { owner: 'sa', ownerKind: 'site', date: '2024-05-02', friends: 30 },
          { owner: 'sa', ownerKind: 'site', date: '2024-05-01', friends: 50 },
          { owner: '1', ownerKind: 'store', date: '2024-05-01', friends: 7 },
        ],
      },
      total: { friends: 37 },
      a: { friends: 37 },
    },
    {
      says: 'are as of the end of a period, whenever it starts',
      given: {
        sites: siteOfEach,
        friendReadings: [
          { owner: 'sa', ownerKind: 'site', date: '2024-04-01', friends: 10 },
          { owner: 'sa', ownerKind: 'site', date: '2024-07-01', friends: 99 },
        ],
      },
      question: { from: '2024-05-01', to: '2024-06-30' },
      total: { friends: 10 },
      a: { friends: 10 },
    },
    {
      says: 'of same shops are the latest of any of them, once',
      given: {
        programs: two,
        sites: siteOfEach,
        stores: [
          { id: '1', site: 'sa' },
          { id: '2', site: 'sb' },
        ],
        matches: [{ left: '1', right: '2' }],
        friendReadings: [
          { owner: '1', ownerKind: 'store', date: '2024-05-01', friends: 10 },
          { owner: '2', ownerKind: 'store', date: '2024-05-02', friends: 8 },
        ],
      },
      total: { friends: 8 },
      a: { friends: 8 },
      b: { friends: 8 },
    },
    {
      says: 'of same shops on one day are the greater count',
      given: {
        stores: [{ id: '1' }, { id: '2' }],
        matches: [{ left: '1', right: '2' }],
        friendReadings: [
          { owner: '2', ownerKind: 'store', date: '2024-05-01', friends: 8 },
          { owner: '1', ownerKind: 'store', date: '2024-05-01', friends: 10 },
        ],
      },
      total: { friends: 10 },
    },
    {
      says: 'of a deleted owner do not count; of an unknown one in the total alone',
      given: {
        friendReadings: [
          { owner: 'x', ownerKind: 'site', date: '2024-05-01', friends: 1 },
          { owner: 'y', ownerKind: 'store', date: '2024-05-01', friends: 2 },
          { owner: 'z', ownerKind: 'store', date: '2024-05-01', friends: 4 },
        ],
        gone: { sites: ['x'], stores: ['y'] },
      },
      total: { friends: 4 },
      a: { friends: 0 },
    },
  ],
  grants: [
    {
      says: 'count their shops once, and all that was paid',
      given: {
        programs: two,
        grants: [
          { program: 'a', store: '1', amount: 300_000 },
          { program: 'a', store: '2', amount: 100_000 },
          { program: 'b', store: '1', amount: 50_000 },
          { program: 'a', store: '3' },
          { program: 'gone', store: '4', amount: 1 },
          { program: 'a', amount: 5 },
        ],
        matches: [{ left: '1', right: '2' }],
      },
      total: { grantHolders: 3, grantsPaid: 450_006 },
      a: { grantHolders: 2, grantsPaid: 400_005 },
      b: { grantHolders: 1, grantsPaid: 50_000 },
    },
    {
      says: 'of a declined shop were paid, of a deleted one do not count',
      given: {
        stores: [{ id: '1', status: 'declined' }],
        grants: [
          { program: 'a', store: '1', amount: 3 },
          { program: 'a', store: '2', amount: 4 },
        ],
        gone: { stores: ['2'] },
      },
      total: { grantHolders: 1, grantsPaid: 3 },
    },
    {
      says: 'go by the day they were paid',
      given: {
        grants: [
          { program: 'a', store: '1', amount: 3, grantedOn: '2024-05-01' },
          { program: 'a', store: '2', amount: 4, grantedOn: '2024-05-02' },
          { program: 'a', store: '3', amount: 5 },
        ],
      },
      question: { from: '2024-05-02', to: '2024-05-02' },
      total: { grantHolders: 1, grantsPaid: 4 },
    },
  ],
  awards: [
    {
      says: 'by the day of the award and their own programme',
      given: {
        awards: [
          { program: 'a', awardedOn: '2024-05-01' },
          { program: null, awardedOn: '2024-05-01' },
          { program: 'a', awardedOn: '2024-06-01' },
        ],
      },
      question: { to: '2024-05-31' },
      total: { awards: 2 },
      a: { awards: 1 },
    },
  ],
};

describe.each(Object.entries(cases))('%s', (_name, list) => {
  it.each(list)('$says', ({ given, question, total, a, b }) => {
    const found = figures(given, question);
    expect(found.total).toMatchObject(total);
    if (a) expect(found.by['a']).toMatchObject(a);
    if (b) expect(found.by['b']).toMatchObject(b);
  });
});

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
