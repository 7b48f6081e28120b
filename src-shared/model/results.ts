import { blob, code, date, entity, instant, integer, money, ref, text } from './field.ts';

/** What came of it: friend counts, grants, awards, notices, same-shop decisions and photos. */
export const results = {
  friendReading: entity(
    '친구 수',
    'Friend reading',
    {
      owner: ref('*', '대상', 'Owner'),
      ownerKind: code('대상 종류', 'Owner kind', {
        store: ['점포', 'Store'],
        site: ['시장·상권', 'Site'],
      }),
      date: date('날짜', 'Date'),
      friends: integer('친구 수', 'Friends'),
    },
    ['owner', 'date'],
  ),
  grant: entity('메시지 지원금', 'Grant', {
    program: ref('program', '사업', 'Programme'),
    store: ref('store', '점포', 'Store'),
    amount: money('지원 금액', 'Amount'),
    grantedOn: date('지급일', 'Granted on'),
    usedAmount: money('사용 금액', 'Used amount'),
  }),
  award: entity('포상', 'Award', {
    program: ref('program', '사업', 'Programme'),
    site: ref('site', '시장·상권', 'Site'),
    store: ref('store', '점포', 'Store'),
    person: ref('person', '사람', 'Person'),
    title: text('상 이름', 'Title'),
    awardedOn: date('포상일', 'Awarded on'),
  }),
  notice: entity('지원사업 공고', 'Notice', {
    title: text('제목', 'Title'),
    organisation: text('기관', 'Organisation'),
    url: text('주소', 'Address'),
    closesOn: date('마감일', 'Closes on'),
  }),
  noticeDelivery: entity(
    '공고 전달',
    'Notice delivery',
    {
      notice: ref('notice', '지원사업 공고', 'Notice'),
      store: ref('store', '점포', 'Store'),
      deliveredOn: date('전달일', 'Delivered on'),
      by: ref('person', '전달한 사람', 'By'),
    },
    ['notice', 'store'],
  ),
  match: entity(
    '같은 점포 판단',
    'Match',
    {
      left: ref('store', '점포 1', 'Left'),
      right: ref('store', '점포 2', 'Right'),
      decision: code('판단', 'Decision', {
        same: ['같은 점포', 'Same'],
        different: ['다른 점포', 'Different'],
      }),
      reason: text('이유', 'Reason'),
    },
    ['left', 'right'],
  ),
  photo: entity('사진', 'Photo', {
    owner: ref('*', '대상', 'Owner'),
    ownerKind: code('대상 종류', 'Owner kind', {
      store: ['점포', 'Store'],
      visit: ['방문', 'Visit'],
      site: ['시장·상권', 'Site'],
      session: ['교육 회차', 'Session'],
    }),
    blob: { ...blob('사진 파일', 'Photo file'), personal: true },
    takenAt: instant('찍은 시각', 'Taken at'),
    caption: text('설명', 'Caption', { words: 'all' }),
  }),
} as const;
