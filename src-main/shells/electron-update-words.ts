import type { Language } from '#shared/contract/messages.ts';

export interface UpdateWords {
  readonly close: string;
  readonly download: string;
  readonly later: string;
  readonly noFeed: string;
  readonly newest: string;
  readonly available: (version: string, megabytes: number) => string;
  readonly ready: string;
  readonly failed: string;
}

/** What a person reads while the program looks for a newer one. */
export const updateWords: Readonly<Record<Language, UpdateWords>> = {
  ko: {
    close: '닫기',
    download: '지금 받기',
    later: '나중에',
    noFeed: '새 버전을 알려 주는 주소가 없어요. 프로그램을 준 기관에 새 버전이 있는지 물어봐 주세요.',
    newest: '가장 새로운 버전을 쓰고 있어요.',
    available: (version, megabytes) =>
      `새 버전 ${version}이 나왔어요.${megabytes > 0 ? ` ${megabytes} MB를 내려받아요.` : ''} 와이파이가 있는 곳에서 받는 게 좋아요. 받는 동안에도 계속 기록할 수 있어요.`,
    ready: '새 버전을 받았어요. 지금 하던 일을 마치고 단골수첩을 닫으면 설치돼요. 기록은 그대로예요.',
    failed:
      '새 버전을 받지 못했어요. 기록과 지금 쓰는 프로그램은 그대로예요. 인터넷이 되는 곳에서 다시 해 보고, 또 안 되면 프로그램을 준 기관에 알려 주세요.',
  },
  en: {
    close: 'Close',
    download: 'Download now',
    later: 'Later',
    noFeed: 'This program knows no address to ask for a newer one. Ask whoever gave it to you.',
    newest: 'This is the newest version.',
    available: (version, megabytes) =>
      `Version ${version} is there.${megabytes > 0 ? ` ${megabytes} MB will be downloaded.` : ''} A Wi-Fi network is best. You can go on recording meanwhile.`,
    ready:
      'The new version is here. It is installed when you have finished and close the program. Your records stay as they are.',
    failed:
      'The new version could not be had. Your records and this program are as they were. Try again where there is a network, and tell whoever gave you the program if it fails again.',
  },
};
