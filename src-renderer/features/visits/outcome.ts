import { Check, CircleSlash, DoorClosed, MapPinOff, Truck } from '@lucide/vue';
import type { CodeOf } from '#shared/model/model.ts';

export type Outcome = CodeOf<'visit', 'outcome'>;

/** How each outcome looks. Only `done` is good news; none of the others is anybody's fault. */
export const outcomeLooks = [
  { value: 'done', icon: Check, tone: 'good' },
  { value: 'closed', icon: DoorClosed, tone: 'wait' },
  { value: 'refused', icon: CircleSlash, tone: 'bad' },
  { value: 'notFound', icon: MapPinOff, tone: 'wait' },
  { value: 'moved', icon: Truck, tone: 'wait' },
] as const;
