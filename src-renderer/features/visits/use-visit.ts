import { computed, ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import type { StopRow } from '#shared/contract/today.ts';
import type { CheckRow, VisitView } from '#shared/contract/visits.ts';
import { call } from '../../api.ts';
import { useToasts } from '../../stores/toasts.ts';
import { useLabels } from '../../use/labels.ts';
import { useLive, type Live } from '../../use/live.ts';
import { useSentence } from '../../use/sentence.ts';
import type { Outcome } from './outcome.ts';

/** A visit on screen, what can be done with it as a whole, and the shop that comes after it. */
export interface OneVisit {
  readonly live: Live<VisitView>;
  /** The next shop of the session by the rule of Today; null when there is none, undefined until that is known. */
  readonly next: Readonly<Ref<StopRow | null | undefined>>;
  /** Resolves when `next` is known. */
  nextKnown(): Promise<void>;
  readonly busy: Readonly<Ref<boolean>>;
  /** Ends the visit; true when it is written. */
  end(outcome: Outcome): Promise<boolean>;
  reopen(): Promise<void>;
  /** Takes back a visit that was begun by mistake. */
  remove(): Promise<void>;
  marked(item: string, state: CheckRow['state']): void;
}

export function useVisit(id: string): OneVisit {
  const { t } = useI18n();
  const router = useRouter();
  const toasts = useToasts();
  const labels = useLabels();
  const sentence = useSentence();
  const busy = ref(false);
  const live = useLive(() => call('visits.get', { id }), {
    entities: [
      'visit',
      'check',
      'photo',
      'store',
      'friendReading',
      'session',
      'site',
      'checklistTemplate',
      'program',
    ],
  });
  const stop = useLive(
    async () => {
      const session = live.data.value?.session.id;
      // While the visit is open, the next shop is this one.
      return session && live.data.value?.outcome !== null ? call('today.next', { session }) : undefined;
    },
    { entities: ['visit', 'match'], on: () => [live.data.value?.session.id, live.data.value?.outcome] },
  );
  const next = computed(() => (live.data.value?.outcome === null ? undefined : stop.data.value));

  /** Says what went wrong; true when nothing did. */
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    busy.value = true;
    try {
      await work();
      return true;
    } catch (why) {
      toasts.show({ tone: 'bad', text: sentence(why) });
      return false;
    } finally {
      busy.value = false;
    }
  }

  async function write(outcome: Outcome | null): Promise<void> {
    await call('visits.update', { id, outcome });
    const endedAt = outcome === null ? null : new Date().toISOString();
    live.patch((visit) => ({ ...visit, outcome, endedAt }));
  }

  /** Undone from wherever the person went meanwhile: the visit is opened again, and so is its page. */
  async function undo(): Promise<void> {
    const done = await attempt(() => write(null));
    if (done && router.currentRoute.value.path !== `/visits/${id}`) await router.push(`/visits/${id}`);
  }

  return {
    live,
    next,
    nextKnown: () => stop.settled(),
    busy,
    async end(outcome) {
      const done = await attempt(() => write(outcome));
      const name = live.data.value?.store.name ?? '';
      if (done) {
        const text =
          outcome === 'done'
            ? t('visits.finished', { name })
            : t('visits.endedAs', { name, outcome: labels.codeLabel('visit', 'outcome', outcome) });
        toasts.show({
          tone: 'good',
          text,
          topic: 'visit',
          action: { label: t('common.undo'), run: () => void undo() },
        });
      }
      return done;
    },
    async reopen() {
      await attempt(() => write(null));
    },
    async remove() {
      const visit = live.data.value;
      if (!visit) return;
      const done = await attempt(() => call('records.delete', { entity: 'visit', id }));
      if (!done) return;
      const restore = (): Promise<boolean> =>
        attempt(async () => {
          await call('records.restore', { entity: 'visit', id });
          await router.push(`/visits/${id}`);
        });
      toasts.show({
        tone: 'good',
        topic: 'visit',
        text: t('visits.removed', { name: visit.store.name ?? '' }),
        action: { label: t('common.undo'), run: () => void restore() },
      });
      await router.push({ path: '/', query: { day: visit.date } });
    },
    marked(item, state) {
      live.patch((visit) => ({
        ...visit,
        checks: visit.checks.map((check) => (check.item.key === item ? { ...check, state } : check)),
      }));
    },
  };
}
