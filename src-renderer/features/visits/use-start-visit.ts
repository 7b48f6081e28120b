import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { useRouter } from 'vue-router';
import type { SameDayVisit, StopRow } from '#shared/contract/today.ts';
import { call } from '../../api.ts';
import { useToasts } from '../../stores/toasts.ts';
import { useSentence } from '../../use/sentence.ts';

export type Stop = Pick<StopRow, 'session' | 'store' | 'visit'>;

/** A shop that was visited on this day already, and what is to be decided about it. */
export interface Again {
  readonly stop: Stop;
  /** The earlier visits, the latest last. */
  readonly earlier: readonly SameDayVisit[];
}

export interface StartVisit {
  readonly busy: Readonly<Ref<boolean>>;
  readonly again: Readonly<ShallowRef<Again | null>>;
  /** Opens the visit that is under way at a shop, or begins one; asks first when there was one on that day. */
  go(stop: Stop, date: string): Promise<void>;
  begin(stop: Stop): Promise<void>;
  open(visit: string): Promise<void>;
  leave(): void;
}

export function useStartVisit(): StartVisit {
  const router = useRouter();
  const toasts = useToasts();
  const sentence = useSentence();
  const busy = ref(false);
  const again = shallowRef<Again | null>(null);

  /** One at a time: a second tap while the first is under way would begin a second visit. */
  async function once(work: () => Promise<unknown>): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    try {
      await work();
    } catch (why) {
      toasts.show({ tone: 'bad', text: sentence(why) });
    } finally {
      busy.value = false;
    }
  }

  async function start(stop: Stop): Promise<void> {
    const { id } = await call('visits.start', { session: stop.session, store: stop.store.id });
    await router.push(`/visits/${id}`);
  }

  return {
    busy,
    again,
    go: (stop, date) =>
      once(async () => {
        if (stop.visit) return router.push(`/visits/${stop.visit}`);
        const earlier = await call('visits.sameDay', { store: stop.store.id, date });
        if (earlier.length === 0) return start(stop);
        again.value = { stop, earlier };
        return undefined;
      }),
    begin: (stop) =>
      once(async () => {
        again.value = null;
        await start(stop);
      }),
    open: (visit) =>
      once(async () => {
        again.value = null;
        await router.push(`/visits/${visit}`);
      }),
    leave() {
      again.value = null;
    },
  };
}
