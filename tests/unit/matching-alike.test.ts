import { describe, expect, it } from 'vitest';
import { WORTH_ASKING } from '#shared/matching/weights.ts';
import {
  mangwon,
  type Given,
  compare,
  one,
  another,
  road,
  here,
  tenMetresOn,
} from '#tests/support/shop-pairs.ts';

describe('two shops that look alike', () => {
  it.each<[string, Given, Given]>([
    [
      'neighbours with one phone',
      { name: '하늘떡집', phone: '010-0000-0001', roadAddress: road, ...here },
      { name: '바다정육점', phone: '010-0000-0001', roadAddress: road, ...tenMetresOn },
    ],
    [
      'neighbours of one trade with the phone of the market',
      { name: '하늘떡집', phone: '02-335-3591', unit: '3', category: '떡' },
      { name: '바다떡집', phone: '02-335-3591', unit: '4', category: '떡' },
    ],
    [
      'shops with the channel of the market',
      { name: '하늘떡집', channelUrl: mangwon.channelUrl },
      { name: '바다떡집', channelUrl: mangwon.channelUrl },
    ],
    [
      'two branches in one market',
      { name: '하늘김밥 1호점', phone: '010-0000-0001', ownerName: '김단골', unit: '1' },
      { name: '하늘김밥 2호점', phone: '010-0000-0001', ownerName: '김단골', unit: '40' },
    ],
    ['two branches in two markets', { name: '하늘김밥 망원점' }, { name: '하늘김밥 인헌점', site: 'inheon' }],
    [
      'a chain that does not name its branches',
      { name: '하늘김밥', category: '분식' },
      { name: '하늘김밥', category: '분식', site: 'gunsan' },
    ],
    [
      'one name in two markets side by side',
      { name: '하늘김밥' },
      { name: '하늘김밥', site: 'besideMangwon', phone: '010-0000-0001', unit: '8', ownerName: '이단골' },
    ],
    [
      'one name in two districts',
      { name: '하늘떡집', site: 'nationwide', roadAddress: '서울 중구 을지로 1' },
      { name: '하늘떡집', site: 'nationwide', roadAddress: '부산 중구 을지로 1' },
    ],
    [
      'one name at two numbers of a street',
      { name: '하늘떡집', site: 'nationwide', roadAddress: '서울 중구 을지로 1' },
      { name: '하늘떡집', site: 'nationwide', roadAddress: '서울 중구 을지로 200' },
    ],
    [
      'one name on a nationwide list',
      { name: '하늘떡집', site: 'nationwide' },
      { name: '하늘떡집', site: 'nationwide' },
    ],
    [
      'father and son, side by side, with one phone',
      {
        name: '김씨정육점',
        ownerName: '김민수',
        phone: '02-123-4567',
        unit: '11',
        category: '축산',
        roadAddress: road,
      },
      {
        name: '김가축산',
        ownerName: '김철호',
        phone: '02-123-4567',
        unit: '12',
        category: '축산',
        roadAddress: road,
      },
    ],
    [
      'one merchant with two shops',
      {
        name: '하늘떡집',
        ownerName: '김단골',
        phone: '010-0000-0001',
        unit: '가 1',
        category: '떡',
        ...here,
      },
      {
        name: '바다옷가게',
        ownerName: '김단골',
        phone: '010-0000-0001',
        unit: '라 40',
        category: '의류',
        latitude: 37.5571,
        longitude: 126.9061,
      },
    ],
    [
      'who came after',
      { name: '하늘떡집', ownerName: '김단골', phone: '010-0000-0001', unit: '3', roadAddress: road },
      { name: '바다정육점', ownerName: '이단골', phone: '010-0000-0002', unit: '3', roadAddress: road },
    ],
    [
      'one trade at one address',
      { name: '하늘떡집', category: '떡', roadAddress: road },
      { name: '바다떡집', category: '떡', roadAddress: road },
    ],
    ['no name but the trade', { name: '분식집' }, { name: '분식' }],
    [
      'a common name with other phones and units',
      { name: '할매국밥', phone: '010-0000-0001', unit: '3' },
      { name: '할매국밥', phone: '010-0000-0002', unit: '40' },
    ],
    [
      'one name with two valid business numbers',
      { name: '하늘떡집', businessNumber: one },
      { name: '하늘떡집', businessNumber: another },
    ],
    [
      'one name with other units and owners',
      { name: '하늘떡집', unit: '3', ownerName: '김단골' },
      { name: '하늘떡집', unit: '40', ownerName: '박새봄' },
    ],
    ['nothing in common but the market', { name: '하늘떡집' }, { name: '바다정육점' }],
    ['nothing known', {}, {}],
    [
      'placeholders for a name',
      { name: '상호 없음', category: '기타' },
      { name: '상호없음', category: '기타' },
    ],
    [
      'placeholders for everything',
      {
        name: '하늘떡집',
        phone: '010-0000-0000',
        businessNumber: '000-00-00000',
        ownerName: '없음',
        unit: '-',
      },
      {
        name: '바다정육점',
        phone: '01000000000',
        businessNumber: '0000000000',
        ownerName: '없음',
        unit: '-',
      },
    ],
  ])('%s', (_what, a, b) => {
    expect(compare(a, b).score).toBeLessThan(WORTH_ASKING);
    expect(compare(b, a).score).toBe(compare(a, b).score);
  });
});
