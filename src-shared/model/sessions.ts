import { blob, code, date, entity, instant, integer, json, ref, refs, text } from './field.ts';

/** What a trainer does: people, sessions, attendance, visits with their checks, survey responses. */
export const sessions = {
  person: entity('사람', 'Person', {
    name: text('이름', 'Name', { personal: true }),
    phone: text('전화번호', 'Phone', { personal: true }),
    kind: code('역할', 'Role', {
      merchant: ['상인', 'Merchant'],
      trainer: ['트레이너', 'Trainer'],
      coordinator: ['코디네이터', 'Coordinator'],
    }),
    store: ref('store', '점포', 'Store'),
    consentOn: date('동의일', 'Consent on'),
    consentBy: code('동의 방법', 'Consent given by', {
      paper: ['동의서', 'On paper'],
      screen: ['화면', 'On screen'],
      spoken: ['구두', 'Spoken'],
    }),
    /** Consent holds unless this day is set; consent given anew clears it. */
    consentWithdrawnOn: date('동의 철회일', 'Consent withdrawn on'),
  }),
  session: entity('교육 회차', 'Session', {
    program: ref('program', '사업', 'Programme'),
    site: ref('site', '시장·상권', 'Site'),
    kind: code('종류', 'Kind', {
      class: ['교육', 'Class'],
      visitDay: ['방문의 날', 'Visit day'],
      sharing: ['성과 공유회', 'Results sharing'],
    }),
    title: text('제목', 'Title'),
    date: date('날짜', 'Date'),
    startsAt: instant('시작 시각', 'Starts at'),
    endsAt: instant('종료 시각', 'Ends at'),
    place: text('장소', 'Place'),
    trainers: refs('person', '트레이너', 'Trainers'),
    status: code('상태', 'Status', {
      planned: ['예정', 'Planned'],
      open: ['진행 중', 'Open'],
      closed: ['마침', 'Closed'],
    }),
    note: text('메모', 'Note', { words: 'all' }),
  }),
  attendance: entity(
    '출석',
    'Attendance',
    {
      session: ref('session', '교육 회차', 'Session'),
      person: ref('person', '사람', 'Person'),
      status: code('출석 상태', 'Status', {
        present: ['출석', 'Present'],
        late: ['지각', 'Late'],
        absent: ['결석', 'Absent'],
      }),
      signedAt: instant('서명 시각', 'Signed at'),
      signature: { ...blob('서명', 'Signature'), personal: true },
    },
    ['session', 'person'],
  ),
  visit: entity('방문', 'Visit', {
    session: ref('session', '교육 회차', 'Session'),
    store: ref('store', '점포', 'Store'),
    trainer: ref('person', '트레이너', 'Trainer'),
    date: date('날짜', 'Date'),
    startedAt: instant('시작 시각', 'Started at'),
    endedAt: instant('종료 시각', 'Ended at'),
    outcome: code('결과', 'Outcome', {
      done: ['완료', 'Done'],
      closed: ['문 닫음', 'Closed'],
      refused: ['거절', 'Refused'],
      notFound: ['못 찾음', 'Not found'],
      moved: ['이전함', 'Moved'],
    }),
    note: text('메모', 'Note', { words: 'all' }),
    checklistTemplate: ref('checklistTemplate', '점검표 판', 'Checklist version'),
  }),
  check: entity(
    '점검',
    'Check',
    {
      visit: ref('visit', '방문', 'Visit'),
      item: text('항목', 'Item'),
      state: code('상태', 'State', {
        done: ['했어요', 'Done'],
        notDone: ['아직이에요', 'Not done'],
        notApplicable: ['해당 없음', 'Not applicable'],
      }),
      value: text('증빙', 'Evidence'),
      photo: ref('photo', '사진', 'Photo'),
      note: text('메모', 'Note', { words: 'all' }),
    },
    ['visit', 'item'],
  ),
  checklistTemplate: entity('점검표 양식', 'Checklist template', {
    name: text('이름', 'Name'),
    version: integer('판', 'Version'),
    items: json('항목', 'Items'),
    basedOn: ref('checklistTemplate', '고치기 전 판', 'Version before'),
  }),
  surveyTemplate: entity('설문 양식', 'Survey template', {
    name: text('이름', 'Name'),
    version: integer('판', 'Version'),
    questions: json('문항', 'Questions'),
    /** Shown before the first question; without it nobody is asked to agree. */
    consentText: text('동의 안내문', 'Consent text'),
    basedOn: ref('surveyTemplate', '고치기 전 판', 'Version before'),
  }),
  surveyResponse: entity('만족도 응답', 'Survey response', {
    session: ref('session', '교육 회차', 'Session'),
    store: ref('store', '점포', 'Store'),
    template: ref('surveyTemplate', '설문 양식', 'Template'),
    submittedAt: instant('제출 시각', 'Submitted at'),
    mode: code('방식', 'Mode', {
      handover: ['직접 입력', 'Handed over'],
      interview: ['인터뷰', 'Interview'],
      paper: ['종이', 'Paper'],
    }),
    answers: { ...json('응답', 'Answers'), confidential: true, words: 'within' },
    /** What is left of the answers after their words were destroyed: scores, yes and no, choices. Figures go on with it. */
    counted: { ...json('글을 뺀 응답', 'Answers without words'), confidential: true },
    consentedAt: instant('동의 시각', 'Consented at'),
  }),
} as const;
