import { siteOfEach, testFigures, two } from '#tests/support/figure-cases.ts';

testFigures({
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
});
