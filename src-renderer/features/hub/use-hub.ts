import { defineStore } from 'pinia';
import { ref, shallowRef, watch } from 'vue';
import { watchDebounced } from '@vueuse/core';
import type { HubSeal, HubStatus } from '#shared/contract/hub.ts';
import { call, onCoreEvent } from '../../api.ts';
import { useStatus } from '../../stores/status.ts';
import { apartFromPassword, nowhere, placeFrom, type HubPlace } from './hub-place.ts';
import type { Outcome } from './hub-outcome.ts';

const KEY = 'hub:place';

export type Direction = 'push' | 'pull' | 'both';
export type HubAct = 'look' | Direction | 'make' | 'name' | 'forget';

export interface Running {
  readonly act: HubAct;
  /** Of `both`, the one under way. */
  readonly step: 'push' | 'pull' | null;
  readonly done: number;
  /** 0 until the hub has answered. */
  readonly total: number;
}

/**
 * The team's hub as this window knows it. It outlives the screen: who goes on working while something is pushed comes back
 * to the same bar. Where the hub is stays on the disk; the password stays nowhere, and goes when the window is locked.
 */
export const useHub = defineStore('hub', () => {
  const status = useStatus();
  const place = shallowRef<HubPlace>(nowhere);
  const password = ref('');
  /** What the hub last said of itself; null before, and for another address. */
  const met = shallowRef<HubStatus | null>(null);
  const running = shallowRef<Running | null>(null);
  const stopping = ref(false);
  const outcome = shallowRef<Outcome | null>(null);
  const failed = shallowRef<{ readonly act: HubAct; readonly error: unknown } | null>(null);
  /** Whether what was kept has been looked for. */
  const ready = ref(false);

  void call('drafts.get', { key: KEY })
    .catch(() => null)
    .then((kept) => {
      if (place.value === nowhere) place.value = placeFrom(kept) ?? nowhere;
      ready.value = true;
    });
  // Not to know it next time is no reason to say anything now.
  watchDebounced(place, (now) => ready.value && void keep(now).catch(() => undefined), {
    debounce: 200,
    maxWait: 1000,
  });
  // What another hub said is nothing of this one.
  watch(place, () => ([met.value, outcome.value, failed.value] = [null, null, null]), { flush: 'sync' });
  watch(
    () => status.status?.locked,
    (locked) => locked && ([password.value, met.value] = ['', null]),
  );

  /** A password that was typed into the address moves to its own field. */
  function tidy(): void {
    const { url, password: typed } = apartFromPassword(place.value.url);
    if (url !== place.value.url) place.value = { ...place.value, url };
    if (typed !== '') password.value = typed;
  }

  function address(): { url: string; ca?: string; password?: string } {
    const { url, ca } = place.value;
    return {
      url,
      ...(ca && { ca: ca.pem }),
      ...(password.value !== '' && { password: password.value }),
    };
  }

  /** One thing at a time; null when it failed, or another one is under way. */
  async function act<T>(
    name: HubAct,
    work: (at: ReturnType<typeof address>) => Promise<T>,
  ): Promise<T | null> {
    if (running.value) return null;
    tidy();
    running.value = { act: name, step: null, done: 0, total: 0 };
    stopping.value = false;
    failed.value = null;
    const end = onCoreEvent((event) => {
      if (event.kind !== 'progress' || event.job !== 'hub' || !running.value) return;
      running.value = { ...running.value, done: event.done, total: event.total };
    });
    try {
      return await work(address());
    } catch (error) {
      failed.value = { act: name, error };
      return null;
    } finally {
      end();
      running.value = null;
    }
  }

  async function look(): Promise<void> {
    await act('look', async (at) => {
      met.value = await call('hub.status', at);
    });
  }

  /** What was pushed stays told when the pull after it fails. */
  async function exchange(direction: Direction): Promise<void> {
    outcome.value = null;
    await act(direction, async (at) => {
      let said: Outcome = { pushed: null, pulled: null, stopped: false };
      for (const step of direction === 'both' ? (['push', 'pull'] as const) : [direction]) {
        if (stopping.value) break;
        running.value = { act: direction, step, done: 0, total: 0 };
        if (step === 'push') said = { ...said, pushed: await call('hub.push', at) };
        else said = { ...said, pulled: await call('hub.pull', at) };
        const { pushed, pulled } = said;
        const isCut = direction === 'both' && stopping.value && pulled === null;
        outcome.value = { ...said, stopped: isCut || (pulled ?? pushed)!.stopped };
      }
      met.value = await call('hub.status', at).catch(() => met.value);
    });
  }

  /** After the parcel at hand. */
  async function stop(): Promise<void> {
    stopping.value = true;
    await call('hub.stop').catch(() => undefined);
  }

  function make(name: string, seal: HubSeal): Promise<'made' | 'migrated' | null> {
    return act('make', async (at) => {
      const { did } = await call('hub.init', { ...at, name, seal });
      met.value = await call('hub.status', at).catch(() => null);
      return did;
    });
  }

  async function coordinate(laptop: string, coordinates: boolean): Promise<boolean> {
    const said = await act('name', async (at) => {
      await call('hub.coordinate', { ...at, laptop, coordinates });
      met.value = await call('hub.status', at).catch(() => met.value);
      return true;
    });
    return said ?? false;
  }

  /** Its name, '' where none was known; null when it failed. */
  function forget(): Promise<string | null> {
    return act('forget', async () => {
      const { forgot } = await call('hub.forget');
      [place.value, password.value, met.value, outcome.value] = [nowhere, '', null, null];
      return forgot ?? '';
    });
  }

  return {
    ...{ place, password, met, running, stopping, outcome, failed, ready },
    ...{ tidy, look, exchange, stop, make, coordinate, forget },
  };
});

function keep({ url, ca }: HubPlace): Promise<null> {
  const kept = apartFromPassword(url).url;
  if (kept === '' && ca === null) return call('drafts.drop', { key: KEY });
  return call('drafts.put', { key: KEY, value: { url: kept, ca: ca && { ...ca } } });
}
