import { reportStore } from './report-store.ts';

/**
 * Programmes with many, few and middling responses. 가: 22 of them in May, June and July; 나: 3; 다: 7, fewest of the
 * others; 라: none. One question was answered by 3 people of 가 alone.
 */
export function withheldScene() {
  const { db, put, store } = reportStore();
  const template = put('surveyTemplate', {
    name: '만족도 조사',
    version: 1,
    questions: [
      { key: 'easy', label: '쉬웠나요?', kind: 'scale' },
      { key: 'kind', label: '친절했나요?', kind: 'scale' },
      { key: 'again', label: '또 오시겠어요?', kind: 'scale' },
      { key: 'helpful', label: '도움이 되었나요?', kind: 'yesNo', role: 'helpful' },
      { key: 'best', label: '무엇이 좋았나요?', kind: 'choice', choices: ['톡채널', '카카오맵'] },
    ],
  });
  const programs = ['가', '나', '다', '라'].map((name, at) =>
    put('program', { name, kind: 'street', startsOn: `2024-0${at + 1}-01` }),
  );
  const sessions = programs.map((program) => put('session', { program, kind: 'class', date: '2024-05-01' }));
  const trainer = put('person', { name: '박트레', kind: 'trainer' });
  /** Whose only 5-point answer is to that question: the mean of it would be the answer. */
  const alone = (of: number, month: string, at: number): { again: number } | null =>
    of === 0 && month === '05' && at === 0 ? { again: 1 } : null;
  const answer = (of: number, month: string, at: number): void => {
    put('surveyResponse', {
      session: sessions[of]!,
      template,
      submittedAt: `2024-${month}-10T03:00:00Z`,
      mode: 'handover',
      answers: alone(of, month, at) ?? {
        easy: of === 0 ? 5 : of === 1 ? 1 + at : 2 + (at % 3),
        kind: of === 1 ? 1 : 4,
        helpful: of !== 1 && at % 3 > 0,
        best: at % 2 ? '톡채널' : '카카오맵',
        ...(of === 0 && month === '05' && at < 3 ? { again: 1 + at } : {}),
      },
    });
  };
  for (let at = 0; at < 15; at += 1) answer(0, '05', at);
  for (let at = 0; at < 5; at += 1) answer(0, '06', at);
  for (let at = 0; at < 2; at += 1) answer(0, '07', at);
  for (let at = 0; at < 3; at += 1) answer(1, '05', at);
  for (let at = 0; at < 7; at += 1) answer(2, '06', at);
  return { db, put, store, programs, sessions, template, trainer };
}
