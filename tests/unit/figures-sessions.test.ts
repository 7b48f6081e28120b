import { testFigures, two } from '#tests/support/figure-cases.ts';

testFigures({
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
});
