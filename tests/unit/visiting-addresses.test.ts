import { describe, expect, test } from 'vitest';
import { addressKeyOf, addressState, tidyAddress } from '#shared/visiting/addresses.ts';

describe('an address while it is typed', () => {
  test.each([
    ['channelUrl', '', 'empty'],
    ['channelUrl', ' ', 'empty'],
    ['channelUrl', 'p', 'partial'],
    ['channelUrl', 'https://', 'partial'],
    ['channelUrl', 'pf.kakao.com/', 'partial'],
    ['channelUrl', 'PF.kakao.com/_', 'partial'],
    ['channelUrl', '_', 'partial'],
    ['channelUrl', 'pf.kakao.com/_a', 'right'],
    ['channelUrl', '_abCD', 'right'],
    ['channelUrl', 'https://pf.kakao.com/_abCD', 'right'],
    ['channelUrl', 'pf.kakao.com/_abCD/chat', 'right'],
    ['channelUrl', 'ｐｆ.kakao.com/_abCD', 'right'],
    ['channelUrl', 'pf.kakao.com/abcd', 'odd'],
    ['channelUrl', 'https://pf.kakao.com.evil.test/_a', 'odd'],
    ['channelUrl', 'https://evil.test/pf.kakao.com/_a', 'odd'],
    ['channelUrl', '가나다', 'odd'],
    ['mapPlaceUrl', 'place.map', 'partial'],
    ['mapPlaceUrl', 'http://place.map.kakao.com/', 'partial'],
    ['mapPlaceUrl', 'https://place.map.kakao.com/12345', 'right'],
    ['mapPlaceUrl', 'place.map.kakao.com/m/12345', 'right'],
    ['mapPlaceUrl', 'kko.to/abc', 'right'],
    ['mapPlaceUrl', 'map.kakao.com/?itemId=12345', 'right'],
    ['mapPlaceUrl', 'https://map.naver.com/1', 'odd'],
    ['mapPlaceUrl', 'place.map.kakao.com/x', 'odd'],
  ] as const)('%s "%s" is %s', (kind, text, state) => expect(addressState(kind, text)).toBe(state));
});

describe('an address when the field is left', () => {
  test.each([
    ['channelUrl', ' pf.kakao.com/_abCD ', 'https://pf.kakao.com/_abCD'],
    ['channelUrl', '_abCD', 'https://pf.kakao.com/_abCD'],
    ['channelUrl', 'http://PF.KAKAO.com/_abCD/?from=qr#top', 'https://pf.kakao.com/_abCD'],
    ['channelUrl', 'pf.kakao.com/_abCD/chat?x=1', 'https://pf.kakao.com/_abCD/chat'],
    ['channelUrl', 'pf.kakao.com/abcd?x=1', 'pf.kakao.com/abcd?x=1'],
    ['channelUrl', ' 사장님 채널 ', '사장님 채널'],
    ['mapPlaceUrl', 'place.map.kakao.com/12345?service=search', 'https://place.map.kakao.com/12345'],
    ['mapPlaceUrl', 'place.map.kakao.com/m/12345', 'https://place.map.kakao.com/12345'],
    ['mapPlaceUrl', 'map.kakao.com/?q=떡집&itemId=12345', 'https://place.map.kakao.com/12345'],
    ['mapPlaceUrl', 'KKO.to/aBc?x=1', 'https://kko.to/aBc'],
    ['mapPlaceUrl', 'map.kakao.com/link/map/1?a=2', 'https://map.kakao.com/link/map/1?a=2'],
    ['mapPlaceUrl', 'https://map.naver.com/1', 'https://map.naver.com/1'],
  ] as const)('%s "%s" becomes %s', (kind, text, tidied) => {
    expect(tidyAddress(kind, text)).toBe(tidied);
    // What is tidy stays as it is.
    expect(tidyAddress(kind, tidied)).toBe(tidied);
    expect(addressKeyOf(kind, tidied)).toBe(addressKeyOf(kind, text));
  });
});
