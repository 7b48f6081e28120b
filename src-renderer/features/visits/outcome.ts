import { CircleSlash, DoorClosed, MapPinOff, Truck } from '@lucide/vue';
import type { CodeOf } from '#shared/model/model.ts';

export type Outcome = CodeOf<'visit', 'outcome'>;

/** How a visit ends when nobody was met; none of it is anybody's fault. `done` is what the finish button says. */
export const unmet = [
  { value: 'closed', icon: DoorClosed },
  { value: 'refused', icon: CircleSlash },
  { value: 'notFound', icon: MapPinOff },
  { value: 'moved', icon: Truck },
] as const;
