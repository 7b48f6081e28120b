import { siteOfEach, testFigures, two } from '#tests/support/figure-cases.ts';

testFigures({
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
});
