import type { ChecklistItem, SurveyQuestion } from '#shared/model/templates.ts';

export const CHECKLIST: readonly ChecklistItem[] = [
  { key: 'channel', label: '톡채널 개설', evidence: 'channelUrl' },
  { key: 'profile', label: '채널 프로필 꾸미기' },
  { key: 'firstMessage', label: '첫 메시지 보내기', evidence: 'text' },
  { key: 'map', label: '카카오맵 매장관리 등록', evidence: 'mapPlaceUrl' },
  { key: 'hoursPhotos', label: '영업시간·사진 올리기', evidence: 'photo' },
  { key: 'qr', label: 'QR 놓기', evidence: 'photo' },
  { key: 'friendEvent', label: '친구 이벤트 안내' },
  { key: 'nextStep', label: '다음 할 일 정하기', evidence: 'text' },
];

export const SCALE_KEYS = ['easy', 'kind', 'useful', 'time', 'again'] as const;

export const BEST_CHOICES = [
  '톡채널 개설',
  '첫 메시지 보내기',
  '카카오맵 등록',
  'QR 놓기',
  '단골 혜택 만들기',
] as const;

export const SURVEY: readonly SurveyQuestion[] = [
  { key: 'easy', label: '설명이 알아듣기 쉬웠나요?', kind: 'scale' },
  { key: 'kind', label: '트레이너가 친절했나요?', kind: 'scale' },
  { key: 'useful', label: '배운 내용이 장사에 쓸모 있나요?', kind: 'scale' },
  { key: 'time', label: '교육 시간과 길이가 알맞았나요?', kind: 'scale' },
  { key: 'again', label: '다른 상인에게도 권하고 싶나요?', kind: 'scale' },
  { key: 'helpful', label: '가게 운영에 도움이 되었나요?', kind: 'yesNo', role: 'helpful' },
  { key: 'best', label: '가장 도움이 된 것은 무엇인가요?', kind: 'choice', choices: BEST_CHOICES },
  { key: 'words', label: '하고 싶은 말씀을 적어 주세요.', kind: 'text' },
];

/** The survey as it was first typed; the coordinator mended a word before it was used. */
export const SURVEY_DRAFT: readonly SurveyQuestion[] = SURVEY.map((question) =>
  question.key === 'easy' ? { ...question, label: '설명이 알아듣기 쉬웟나요?' } : question,
);

export const GOOD_WORDS = [
  '단골손님이 톡으로 예약을 해요. 신기해요.',
  '천천히 알려 주셔서 따라 할 수 있었어요.',
  '손주가 하던 걸 이제 제가 해요.',
  '첫 메시지 보내고 그날 손님이 세 분 더 오셨어요.',
  '가게까지 와서 알려 주니 좋네요.',
  '지도에 우리 가게가 나와서 기뻐요.',
  '다음에는 사진 찍는 법도 알려 주세요.',
  'QR을 계산대에 두니 친구가 금방 늘어요.',
  '또 와 주세요.',
  '영업시간을 바꾸는 법을 알게 돼서 편해요.',
  '혼자서는 엄두가 안 났는데 고마워요.',
  '명절 전에 한 번 더 해 주세요.',
];

export const POOR_WORDS = [
  '글씨가 작아서 힘들었어요.',
  '장사하는 시간이라 조금 바빴어요.',
  '한 번 더 배워야 할 것 같아요.',
  '와이파이가 자꾸 끊겼어요.',
  '조금만 더 천천히 해 주세요.',
];

export const VISIT_NOTES = [
  '사장님이 직접 첫 메시지를 쓰심.',
  '사진은 다음에 새로 찍기로 함.',
  '따님이 함께 배움.',
  '점심때라 짧게 진행.',
  'QR은 계산대 옆에 둠.',
  '단골 쿠폰을 만들고 싶어 하심.',
  '휴대폰 용량이 부족해 정리부터 도움.',
  '영업시간이 요일마다 달라 자세히 적음.',
];

export const NEXT_STEPS = [
  '단골 쿠폰 만들기',
  '주말 메시지 한 번 보내기',
  '메뉴 사진 다섯 장 올리기',
  '쉬는 날 알림 보내기',
  '친구 50명 모으기',
];

export const FIRST_MESSAGES = [
  '오늘부터 톡으로 소식 전해요!',
  '친구 추가하면 덤을 드려요.',
  '오늘 들어온 물건 보여 드려요.',
];

export const NOTICES = [
  { title: '스마트 주문기 보급 지원 (예시)', opens: '2024-04-22', closesOn: '2024-06-28' },
  { title: '전통시장 간판 개선 지원 (예시)', opens: '2024-05-13', closesOn: '2024-07-31' },
  { title: '온라인 판로 첫걸음 지원 (예시)', opens: '2024-06-10', closesOn: '2024-08-30' },
  { title: '소상공인 전기요금 특별 지원 (예시)', opens: '2024-07-15', closesOn: '2024-10-31' },
  { title: '상점가 야간 조명 지원 (예시)', opens: '2024-08-19', closesOn: '2024-11-29' },
  { title: '설 명절 공동 판촉 지원 (예시)', opens: '2024-10-14', closesOn: '2025-01-10' },
] as const;
