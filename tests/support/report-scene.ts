import { reportStore } from './report-store.ts';

/** Texts as they come in from elsewhere, and that must stay texts. */
export const hostile = {
  formula: '=1+1',
  plus: '+82 10 0000 0000',
  minus: '-2+3',
  at: '@SUM(A1:A9)',
  markup: '<b>"좋은" & \'싼\' 가게</b>',
  escape: '_x0041_ 상회',
  emoji: '꽃집 🌷👩‍🌾 𠮷野',
  lines: '  앞뒤 빈칸과\n줄 바꿈  ',
} as const;

export const controls = '탭\t은 두고 벨\u0007과 DEL\u007F은 빼요\r\n';
export const long = '가'.repeat(40_000);

/**
 * Three programmes with everything that makes a figure hard: same shops over two programmes, declined and deleted ones,
 * missing parents, a person at two classes, days around midnight in Seoul. `program` is the street programme's id.
 */
export function reportScene() {
  const { db, put, store } = reportStore();
  const survey = put('surveyTemplate', {
    name: '만족도 조사',
    version: 1,
    questions: [
      { key: 'easy', label: '=설명이 쉬웠나요?', kind: 'scale' },
      { key: 'kind', label: '친절했나요?', kind: 'scale' },
      { key: 'helpful', label: '도움이 되었나요?', kind: 'yesNo', role: 'helpful' },
      { key: 'best', label: '무엇이 좋았나요?', kind: 'choice', choices: ['톡채널', '카카오맵'] },
      { key: 'words', label: '하고 싶은 말씀', kind: 'text' },
    ],
  });
  const program = put('program', {
    name: '단골거리',
    kind: 'street',
    startsOn: '2024-03-01',
    endsOn: '2024-12-31',
    goalStores: 10,
    goalFriends: 500,
    minimumRespondents: 1,
  });
  const other = put('program', {
    name: '우수시장 조성',
    kind: 'excellentMarket',
    startsOn: '2024-01-01',
    minimumRespondents: 1,
  });
  const empty = put('program', { name: '=cmd|사업', kind: 'laterKind' });
  const street = put('site', {
    program,
    name: '합정 예시거리',
    kind: 'street',
    province: '서울특별시',
    district: '마포구',
    phone: '02-0000-0000',
    indoorMapLinkedOn: '2024-02-29',
    storeCount: 120,
  });
  const market = put('site', { program: other, name: '중앙시장', kind: 'traditionalMarket' });
  const second = put('site', { program: other, name: '중앙시장', kind: 'traditionalMarket' });
  put('site', { program, name: '전국', kind: 'nationwide' });
  put('site', { program: 'gone', name: '주인 없는 시장' });

  const shops = Object.values(hostile).map((name, index) =>
    put('store', {
      site: street,
      name,
      category: index % 2 ? '분식' : null,
      status: 'active',
      ownerName: '김단골',
      phone: '010-0000-1234',
      businessNumber: '0123456789',
      channelOpenedOn: `2024-05-0${index + 1}`,
      mapRegisteredOn: index % 2 ? `2024-06-0${index + 1}` : null,
      firstOnline: index % 3 === 0,
    }),
  );
  shops.push(put('store', { site: street, name: controls, status: 'active', channelOpenedOn: '어제쯤' }));
  shops.push(put('store', { site: market, name: long, status: 'closed', mapRegisteredOn: '2024-12-31' }));
  const twin = put('store', {
    site: market,
    name: '같은 가게',
    status: 'active',
    channelOpenedOn: '2023-11-11',
  });
  put('match', { left: shops[0]!, right: twin, decision: 'same' });
  put('match', { left: shops[1]!, right: shops[2]!, decision: 'different' });
  put('store', { site: street, name: '안 하는 가게', status: 'declined', channelOpenedOn: '2024-05-05' });
  const deleted = put('store', {
    site: street,
    name: '지운 가게',
    channelOpenedOn: '2024-05-05',
    deleted: true,
  });
  put('store', { site: 'nowhere', name: '어딘가의 가게' });

  const people = shops
    .slice(0, 5)
    .map((store) => put('person', { name: '남궁단골', kind: 'merchant', phone: '010-0000-5678', store }));
  const trainer = put('person', { name: '박트레', kind: 'trainer' });
  const first = put('session', {
    program,
    site: street,
    kind: 'class',
    title: '톡채널 첫걸음',
    date: '2024-05-01',
    status: 'closed',
  });
  const next = put('session', {
    program: other,
    site: market,
    kind: 'class',
    title: '카카오맵',
    date: '2024-07-01',
  });
  put('session', { program, site: street, kind: 'sharing', title: '성과 공유회', date: '2024-12-17' });
  put('session', { program: other, site: second, kind: 'visitDay', title: '@방문' });
  const gone = put('session', { program, kind: 'class', title: '취소', date: '2024-05-01', deleted: true });
  people.forEach((person, index) => {
    const status = (['present', 'late', 'absent'] as const)[index % 3]!;
    put('attendance', { session: first, person, status, signedAt: '2024-04-30T15:30:00Z' });
    put('attendance', { session: next, person, status: 'present' });
    put('attendance', { session: gone, person, status: 'present' });
  });
  const before = put('checklistTemplate', {
    name: '점포 방문',
    version: 1,
    items: [{ key: 'channel', label: '톡채널을 열었나요?' }],
    deleted: true,
  });
  const checklist = put('checklistTemplate', {
    name: '점포 방문',
    version: 2,
    items: [
      { key: 'channel', label: '톡채널을 열었나요?', evidence: 'channelUrl' },
      { key: 'map', label: '=카카오맵에 등록했나요?', evidence: 'mapPlaceUrl' },
      { key: 'talk', label: '무슨 이야기를 했나요?', evidence: 'text' },
    ],
  });
  const visits = [...shops, twin, deleted].map((store, index) =>
    put('visit', {
      checklistTemplate: index === 1 ? before : checklist,
      session: index % 2 ? first : next,
      store,
      trainer,
      date: index % 2 ? '2024-05-01' : null,
      startedAt: '2024-05-01T14:30:00.000Z',
      endedAt: '2024-05-01T15:10:00.000Z',
      outcome: index % 3 ? 'done' : 'refused',
    }),
  );
  const states = ['done', 'notDone', 'notApplicable'] as const;
  visits.forEach((visit, index) => {
    const shown =
      index % 2 ? 'https://pf.kakao.com/_dangol' : 'https://pf.kakao.com/_dangol 김단골 010-0000-0001';
    put('check', { visit, item: 'channel', state: states[index % 3]!, value: shown });
    const place = index % 2 ? '김단골 010-0000-0002' : 'https://place.map.kakao.com/123 김단골 010-0000-0003';
    if (index < 6) put('check', { visit, item: 'map', state: states[index % 2]!, value: place });
    if (index < 2)
      put('check', { visit, item: 'talk', state: 'done', value: '=비밀 이야기', note: '김단골 메모' });
  });
  put('check', { visit: visits[4]!, item: 'later', state: 'laterState' as 'done' });
  put('check', { visit: 'gone', item: 'channel', state: 'done' });
  const answers = [
    { easy: 5, kind: 5, helpful: true, best: '톡채널', words: '=비밀' },
    { easy: 4, kind: 5, helpful: true, best: { formula: '1+1' } },
    { easy: 3, kind: { formula: 'HYPERLINK("http://x")' }, helpful: false, best: '=기타' },
    { easy: 9, words: '글만 적음' },
  ];
  answers.forEach((given, index) => {
    put('surveyResponse', {
      session: index % 2 ? first : next,
      store: shops[index]!,
      template: survey,
      submittedAt: index === 0 ? '2024-04-30T14:59:59Z' : '2024-04-30T15:00:00Z',
      mode: 'handover',
      answers: given,
    });
  });
  put('surveyResponse', { session: first, template: survey, answers: { easy: 1 } });
  for (const [date, friends] of [
    ['2024-04-01', 100],
    ['2024-06-01', 250],
    ['2024-12-01', 240],
  ] as const) {
    put('friendReading', { owner: street, ownerKind: 'site', date, friends });
    put('friendReading', { owner: shops[0]!, ownerKind: 'store', date, friends: friends / 10 });
  }
  put('friendReading', { owner: twin, ownerKind: 'store', date: '2024-11-01', friends: 77 });
  for (const [index, store] of [...shops, twin, deleted].entries()) {
    put('grant', {
      program: index % 2 ? program : other,
      store,
      amount: 300_000,
      grantedOn: '2024-08-01',
      usedAmount: index * 1000,
    });
  }
  put('award', {
    program: other,
    site: market,
    store: twin,
    person: people[0]!,
    title: '우수 단골상',
    awardedOn: '2024-12-17',
  });
  return { db, put, store, program, other, empty };
}
