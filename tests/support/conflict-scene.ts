import type { Json } from '#shared/merge/canonical.ts';
import { recordId } from './exchange-builder.ts';
import { laptop, type TestLaptop } from './laptop.ts';
import { marketDay, type MarketDay } from './market-day.ts';

/** Texts that a spreadsheet would like to make something else of. */
export const TRICKY = ['=1+1', '00012', '@봄, "세일"', '_x0041_ 가', '  두 칸  \n둘째 줄'] as const;

/** Two laptops that disagree about many kinds of values; `here` has both sides. */
export interface ConflictScene {
  readonly here: TestLaptop;
  readonly there: TestLaptop;
  readonly day: MarketDay;
  /** What each field of the first shop is here and there. */
  readonly sides: Readonly<Record<string, readonly [here: Json, there: Json]>>;
}

export const LONG_HERE = '가나다라 '.repeat(40).trim();

export async function conflictScene(): Promise<ConflictScene> {
  const [here, there] = [laptop('망원 1호'), laptop('망원 2호')];
  const day = await marketDay(here);
  const sites = [recordId(90), recordId(91)] as const;
  for (const id of sites) {
    await here.call('records.write', {
      entity: 'site',
      id,
      set: { program: day.program, name: '망원시장' } as never,
    });
  }
  const before = { phone: '02-335-0000', unit: '가동 1호' };
  await here.call('records.write', { entity: 'store', id: day.shops[0]!, set: before as never });
  await there.take('day.dangol', await here.exported());
  const sides = {
    phone: ['02-335-1111', '02-335-2222'],
    name: [TRICKY[0], TRICKY[2]],
    category: [TRICKY[1], TRICKY[3]],
    unit: [TRICKY[4], null],
    note: [LONG_HERE, '다음 주에'],
    channelOpenedOn: ['2024-11-24', '2024-12-01'],
    firstOnline: [true, false],
    status: ['closed', 'moved'],
    latitude: [37.5563, 37.55631],
    site: sites,
  } as const satisfies Record<string, readonly [Json, Json]>;
  here.clock.now += 60_000;
  there.clock.now += 120_000;
  const shop = day.shops[0]!;
  for (const [field, [mine, theirs]] of Object.entries(sides)) {
    await here.call('records.write', { entity: 'store', id: shop, set: { [field]: mine } as never });
    await there.call('records.write', { entity: 'store', id: shop, set: { [field]: theirs } as never });
  }
  await here.call('records.delete', { entity: 'store', id: day.shops[1]! });
  await there.call('records.write', { entity: 'store', id: day.shops[1]!, set: { note: '꽃이 싱싱해요' } });
  await here.take('/받은 것/둘째.dangol', await there.exported());
  return { here, there, day, sides };
}
