import { computed, ref, shallowRef } from 'vue';
import type { HandoverView } from '#shared/contract/handover.ts';
import { call } from '../../api.ts';
import { useStatus } from '../../stores/status.ts';
import { createDurableWriter } from '../../use/durable-writer.ts';
import { trackWriter } from '../../use/unsettled.ts';
import { firstStep, placeOf, stepAt, withAnswer, type Answers, type Step } from './handover.ts';

interface Word {
  readonly response: string;
  readonly answers: Answers;
  readonly at: string | null;
}

/**
 * The survey in a merchant's hands. The core keeps where it stands; each answer and each turned page goes there as it
 * is made, so that the program opens into the same page after a kill.
 */
export function useHandover() {
  const status = useStatus();
  const view = shallowRef<HandoverView | null>(null);
  const step = shallowRef<Step>({ kind: 'welcome' });
  const answers = shallowRef<Answers>({});
  const error = shallowRef<unknown>(null);
  const busy = ref(false);
  const questions = computed(() => view.value?.template?.questions ?? []);
  const response = computed(() => view.value?.current?.response ?? null);

  const writer = createDurableWriter<Word>({
    write: (word) => call('handover.answer', word),
    notify: (state, why) => (error.value = state === 'failed' ? why : null),
    pause: 300,
    atMost: 1000,
  });
  trackWriter(writer as Parameters<typeof trackWriter>[0]);

  /** Does one thing at a time; what goes wrong is shown and leaves everything as it was. */
  async function attempt(work: () => Promise<void>): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    try {
      await work();
    } catch (why) {
      error.value = why;
    } finally {
      busy.value = false;
    }
  }

  function show(next: HandoverView): void {
    view.value = next;
    error.value = null;
    const of = next.current;
    answers.value = { ...of?.answers };
    step.value = of
      ? stepAt(questions.value, answers.value, of.at)
      : firstStep(next.template?.consentText ?? null);
  }

  async function load(): Promise<void> {
    const found = await call('handover.get');
    if (found) show(found);
    else await status.load();
  }

  function write(): void {
    if (response.value === null) return;
    writer.set({
      response: response.value,
      answers: answers.value,
      at: placeOf(questions.value, step.value),
    });
  }

  function go(next: Step): void {
    step.value = next;
    write();
  }

  /** True when all that was given is on disk. */
  async function settle(): Promise<boolean> {
    await writer.flush();
    return writer.state !== 'failed';
  }

  /** Ends the response, and shows `next`: a closing page, or the first one. */
  async function close(end: () => Promise<unknown>, next: Step | null): Promise<void> {
    if (!(await settle())) return;
    await end();
    await load();
    if (next && response.value === null) step.value = next;
  }

  function stopped(next: Step | null): Promise<void> {
    return attempt(async () => {
      const of = response.value;
      if (of !== null) await close(() => call('handover.stop', { response: of }), next);
    });
  }

  void attempt(load);

  return {
    view,
    step,
    questions,
    answers,
    error,
    busy,
    response,
    retry: () => (writer.state === 'failed' ? writer.flush() : attempt(load)),
    settle,
    go,

    begin: (consented: boolean) =>
      attempt(async () => {
        show(await call('handover.begin', { consented }));
        write();
      }),

    /** Takes an answer; a tap is written at once, words while they are typed. */
    answer(key: string, value: number | boolean | string): void {
      answers.value = withAnswer(answers.value, key, value);
      write();
      if (typeof value !== 'string') void writer.flush();
    },

    submit: () =>
      attempt(async () => {
        const of = response.value;
        if (of === null) return;
        const last = { response: of, answers: answers.value };
        await close(() => call('handover.submit', last), { kind: 'closing', how: 'thanks' });
      }),

    /** The merchant said that they stop here. */
    stop: () => stopped({ kind: 'closing', how: 'stopped' }),

    /** Nobody answered: the next page is for the next merchant. */
    abandon: () => stopped(null),

    decline: () => void (step.value = { kind: 'closing', how: 'declined' }),

    restart: () => void (step.value = firstStep(view.value?.template?.consentText ?? null)),

    /** Gives the laptop back to the trainer; throws what the core says about the PIN. */
    async end(pin: string | undefined): Promise<void> {
      await settle();
      await call('handover.end', pin === undefined ? {} : { pin });
      await status.load();
    },
  };
}
