import type { DesktopAct } from '#shared/contract/desktop.ts';
import type { Language } from '#shared/contract/messages.ts';

/** What the app says outside its page: in the menu, in the system's dialogs, in notifications. */
const ko = {
  product: '단골수첩',
  menu: {
    file: '파일',
    edit: '편집',
    view: '보기',
    go: '이동',
    window: '창',
    help: '도움말',
    update: '새 버전 확인하기…',
    about: '단골수첩 정보',
    services: '서비스',
    hide: '단골수첩 가리기',
    hideOthers: '다른 것 가리기',
    unhide: '모두 보기',
    quit: '단골수첩 끝내기',
    close: '창 닫기',
    cut: '오려두기',
    copy: '복사하기',
    paste: '붙여넣기',
    selectAll: '모두 고르기',
    zoomIn: '크게',
    zoomOut: '작게',
    resetZoom: '원래 크기',
    fullScreen: '전체 화면',
    minimize: '창 내리기',
    fill: '창 키우기',
    front: '모두 앞으로',
  },
  acts: {
    undo: '되돌리기',
    redo: '다시 하기',
    find: '찾기',
    open: '세션 파일 열기…',
    today: '오늘',
    stores: '점포',
    exchange: '파일 합치기',
    outbox: '보낼 것',
    figures: '숫자',
    settings: '설정…',
  } satisfies Record<DesktopAct, string>,
  open: { title: '합칠 파일 고르기', button: '고르기' },
  save: { title: '어디에 둘까요?', button: '여기에 두기' },
  kinds: { dangol: '단골수첩 파일', xlsx: 'Excel 파일', other: '파일' },
  gone: {
    message: '화면이 갑자기 닫혔어요',
    detail: '적은 것은 그대로 있고, 쓰던 글도 다시 나와요. 화면을 다시 열어 주세요.',
    again: '다시 열기',
    quit: '끝내기',
  },
  stuck: {
    message: '화면이 대답하지 않아요',
    detail: '적은 것은 그대로 있어요. 조금 더 기다리거나, 화면을 다시 열어 주세요.',
    wait: '기다리기',
    again: '다시 열기',
  },
  delivered: (places: readonly string[]) => ({
    title: places.length === 1 ? '보낸 파일이 도착했어요' : `보낸 파일 ${places.length}개가 도착했어요`,
    body: `${listOf(places)}. 누르면 ‘보낼 것’을 열어요.`,
  }),
};

const en: typeof ko = {
  product: 'Dangol Fieldbook',
  menu: {
    file: 'File',
    edit: 'Edit',
    view: 'View',
    go: 'Go',
    window: 'Window',
    help: 'Help',
    update: 'Look for a new version...',
    about: 'About Dangol Fieldbook',
    services: 'Services',
    hide: 'Hide Dangol Fieldbook',
    hideOthers: 'Hide others',
    unhide: 'Show all',
    quit: 'Quit Dangol Fieldbook',
    close: 'Close window',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    zoomIn: 'Larger',
    zoomOut: 'Smaller',
    resetZoom: 'Actual size',
    fullScreen: 'Full screen',
    minimize: 'Minimize',
    fill: 'Zoom',
    front: 'Bring all to front',
  },
  acts: {
    undo: 'Undo',
    redo: 'Redo',
    find: 'Find',
    open: 'Open session files...',
    today: 'Today',
    stores: 'Shops',
    exchange: 'Merge files',
    outbox: 'Outbox',
    figures: 'Figures',
    settings: 'Settings...',
  },
  open: { title: 'Choose files to merge', button: 'Choose' },
  save: { title: 'Where shall it go?', button: 'Put it here' },
  kinds: { dangol: 'Dangol file', xlsx: 'Excel file', other: 'File' },
  gone: {
    message: 'The screen closed unexpectedly',
    detail: 'What was recorded is still there, and so is the text you were writing. Open the screen again.',
    again: 'Open again',
    quit: 'Quit',
  },
  stuck: {
    message: 'The screen does not answer',
    detail: 'What was recorded is still there. Wait a little, or open the screen again.',
    wait: 'Wait',
    again: 'Open again',
  },
  delivered: (places) => ({
    title: places.length === 1 ? 'A file has arrived' : `${places.length} files have arrived`,
    body: `${listOf(places)}. Click to open the outbox.`,
  }),
};

export type Words = typeof ko;

/** Each place once, in the order of arrival. */
function listOf(places: readonly string[]): string {
  return [...new Set(places)].join(', ');
}

export interface Speech {
  readonly language: Language;
  readonly words: Words;
  speak(language: Language): void;
}

/** The language of the app outside its page: the system's, until the page has said its own. `onChange` hears of that. */
export function speechOf(locale: () => string, onChange: () => void): Speech {
  let told: Language | null = null;
  const languageNow = (): Language => told ?? (locale().startsWith('en') ? 'en' : 'ko');
  return {
    get language() {
      return languageNow();
    },
    get words() {
      return languageNow() === 'ko' ? ko : en;
    },
    speak(language) {
      const before = languageNow();
      told = language;
      if (language !== before) onChange();
    },
  };
}
