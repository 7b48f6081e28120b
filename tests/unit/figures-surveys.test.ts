import { testFigures } from '#tests/support/figure-cases.ts';

const scale = {
  id: 't',
  questions: [
    { key: 'x', label: 'x', kind: 'scale' },
    { key: 'y', label: 'y', kind: 'scale' },
    { key: 'h', label: 'h', kind: 'yesNo', role: 'helpful' },
    { key: 'other', label: 'other', kind: 'yesNo' },
  ],
};

testFigures({
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
});
